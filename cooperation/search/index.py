"""Which documents and words must be stored, and their renewal; the ledger calls this and nobody else writes them."""

from dataclasses import dataclass
from itertools import islice

from pyroaring import BitMap

from cooperation.models import (
    Article,
    Development,
    Instrument,
    Official,
    Partnership,
    Party,
    Program,
    Publisher,
    SearchDocument,
    System,
)
from cooperation.models.keys import batches
from cooperation.rows import put_rows
from cooperation.search import engines, vocabulary
from cooperation.search.documents import LISTED, Document, find_documents
from cooperation.search.nouns import NAMES

BATCH = 2_000  # records whose words are compared at a time
WORDS = 100_000  # whose counts are renewed at a time; it bounds the memory
ROWS = 500  # in one statement
# Each model after those whose names stand in its documents, with the models whose documents have its own names.
FOLLOWERS = {
    Publisher: [(Article, "publisher")],
    Party: [(Partnership, "parties"), (Program, "roles_held__party")],
    Official: [],
    System: [(Program, "systems"), (Development, "program__systems")],
    Instrument: [(Program, "instruments")],
    Partnership: [(Program, "partnership"), (Development, "partnership"), (Development, "program__partnership")],
    Program: [(Development, "program")],
    Article: [],  # whoever touches an article touches the developments that it reports
    Development: [],
}


@dataclass(frozen=True)
class WrongDocument:
    """A record whose stored words are not `document`, None if it must have none."""

    noun: str
    record: int
    document: Document | None

    def __str__(self):
        return f"{self.noun} {self.record}: its words are not those that are stored"


@dataclass(frozen=True)
class WrongWord:
    """A word that is not stored with these numbers of records, or without its trigrams; (0, 0) if it must not be."""

    word: str
    counts: tuple

    def __str__(self):
        return f"{self.word}: it stands in {self.counts[1]} records"


@dataclass(frozen=True)
class WrongTable:
    """A noun whose documents are not those that the full-text search has."""

    noun: str

    def __str__(self):
        return f"{self.noun}: the full-text search has other words than the documents"


def renew(keys):
    """Renew what the index says of records, `{model: primary keys}`, and of those that have their names.

    Only rows that change are written.
    """
    waiting, changes = {model: BitMap(keys.get(model, ())) for model in FOLLOWERS}, vocabulary.Count()
    for model, followers in FOLLOWERS.items():
        renamed = _renew_model(model, waiting[model], changes)
        for follower, lookup in followers:
            for batch in batches(renamed, BATCH):
                waiting[follower].update(
                    follower.objects.filter(**{f"{lookup}__in": batch}).values_list("pk", flat=True)
                )
    vocabulary.recount(changes)


def find_differences():
    """Yield all differences between what is stored and what must be, noun by noun."""
    must_be = vocabulary.Count()
    for model, noun in NAMES.items():
        keys = set(LISTED[model]().values_list("pk", flat=True))
        stored_keys = set(SearchDocument.objects.filter(noun=noun).values_list("record", flat=True))
        for batch in batches(keys | stored_keys, BATCH):
            built = find_documents(model, batch)
            yield from _compare(noun, batch, built)[0]
            for document in built.values():
                must_be.add(document)
        if not engines.is_whole(noun):
            yield WrongTable(noun)
    yield from (WrongWord(word, counts) for word, counts in vocabulary.find_wrong(must_be))


def write(differences):
    """Store what must be, and return the number of differences."""
    waiting, count = iter(differences), 0
    while batch := list(islice(waiting, ROWS)):
        kinds = (WrongDocument, WrongTable, WrongWord)
        documents, tables, words = ([wrong for wrong in batch if isinstance(wrong, kind)] for kind in kinds)
        for noun in {wrong.noun for wrong in documents}:
            _write_documents(noun, [wrong for wrong in documents if wrong.noun == noun])
        for wrong in tables:
            engines.rebuild(wrong.noun)
        _write_words({wrong.word: wrong.counts for wrong in words})
        count += len(batch)
    return count


def _renew_model(model, keys, changes):
    """Renew the records of one model, note words in `changes`, and return the keys of those whose names changed."""
    noun, renamed = NAMES[model], set()
    for batch in batches(keys, BATCH):
        wrong, stored = _compare(noun, batch, find_documents(model, batch))
        _write_documents(noun, wrong)
        for document in filter(None, (w.document for w in wrong)):
            changes.add(document)
        for former in filter(None, (stored.get(w.record) for w in wrong)):
            changes.add(former, sign=-1)
        renamed |= {w.record for w in wrong if _name_lines(w.document) != _name_lines(stored.get(w.record))}
        if len(changes) > WORDS:
            vocabulary.recount(changes)
            changes.clear()
    return renamed


def _name_lines(document):
    return document.names if document else None


def _compare(noun, batch, built):
    """Return what is wrong in the stored documents of the keys in `batch`, and these documents."""
    rows = SearchDocument.objects.filter(noun=noun, record__in=batch).values_list("record", "names", "words")
    stored = {record: Document(names, words) for record, names, words in rows}
    return [WrongDocument(noun, pk, built.get(pk)) for pk in batch if stored.get(pk) != built.get(pk)], stored


def _write_documents(noun, wrong):
    gone = [w.record for w in wrong if w.document is None]
    if gone:
        SearchDocument.objects.filter(noun=noun, record__in=gone).delete()
    rows = [(noun, w.record, *w.document) for w in wrong if w.document]
    put_rows(SearchDocument, ("noun", "record"), ("names", "words"), rows)


def _write_words(wrong):
    vocabulary.remove(wrong)
    kept = {word: counts for word, counts in wrong.items() if counts[1]}
    vocabulary.store(kept, new=kept.keys())
