"""What the index of words must contain, and its renewal; the ledger calls this and nobody else writes it."""

from collections import defaultdict
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
    SearchWord,
    System,
)
from cooperation.models.keys import batches
from cooperation.rows import put_rows
from cooperation.search.documents import LISTED, Document, find_documents
from cooperation.search.nouns import NAMES

BATCH = 2_000  # records whose words are compared at a time
WORDS = 50_000  # whose records are renewed at a time; it bounds the memory
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
        return f"{self.noun} {self.record}: its words are not those of the index"


@dataclass(frozen=True)
class WrongWord:
    """A word whose stored records are not those that it must have."""

    noun: str
    word: str
    part: int
    stored: BitMap
    records: BitMap

    def __str__(self):
        missing, extra = len(self.records - self.stored), len(self.stored - self.records)
        return f"{self.noun} {self.word}: {missing} records are missing, {extra} do not belong there"


def renew(keys):
    """Renew what the index says of records, `{model: primary keys}`, and of those that have their names.

    Only rows that change are written.
    """
    waiting = {model: BitMap(keys.get(model, ())) for model in FOLLOWERS}
    for model, followers in FOLLOWERS.items():
        renamed = _renew_model(model, waiting[model])
        for follower, lookup in followers:
            for batch in batches(renamed, BATCH):
                waiting[follower].update(
                    follower.objects.filter(**{f"{lookup}__in": batch}).values_list("pk", flat=True)
                )


def find_differences():
    """Yield all differences between what is stored and what must be, noun by noun."""
    for model, noun in NAMES.items():
        must_be = defaultdict(BitMap)
        keys = set(LISTED[model]().values_list("pk", flat=True))
        stored_keys = set(SearchDocument.objects.filter(noun=noun).values_list("record", flat=True))
        for batch in batches(keys | stored_keys, BATCH):
            built = find_documents(model, batch)
            yield from _compare(noun, batch, built)[0]
            _note(must_be, built)
        yield from _find_wrong_words(noun, must_be)


def write(differences):
    """Store what must be, and return the number of differences."""
    waiting, count = iter(differences), 0
    while batch := list(islice(waiting, ROWS)):
        for noun in {wrong.noun for wrong in batch}:
            _write_documents(noun, [w for w in batch if w.noun == noun and isinstance(w, WrongDocument)])
            _write_words(noun, [w for w in batch if w.noun == noun and isinstance(w, WrongWord)])
        count += len(batch)
    return count


def _renew_model(model, keys):
    """Renew the records of one model and return the keys of those whose names changed."""
    noun, renamed = NAMES[model], set()
    gone, come = defaultdict(BitMap), defaultdict(BitMap)
    for batch in batches(keys, BATCH):
        wrong, stored = _compare(noun, batch, find_documents(model, batch))
        _note(gone, {w.record: stored[w.record] for w in wrong if w.record in stored})
        _note(come, {w.record: w.document for w in wrong if w.document})
        _write_documents(noun, wrong)
        renamed |= {w.record for w in wrong if _name_lines(w.document) != _name_lines(stored.get(w.record))}
        if len(gone) + len(come) > WORDS:
            _renew_words(noun, gone, come)
    _renew_words(noun, gone, come)
    return renamed


def _renew_words(noun, gone, come):
    """Take records out of words and put them into others, {(word, part): BitMap} each, and empty both."""
    for names in batches(gone.keys() | come.keys(), BATCH):
        stored = _read_words(noun, {word for word, _ in names})
        _write_words(noun, _find_renewed(noun, names, stored, gone, come))
    gone.clear()
    come.clear()


def _name_lines(document):
    return document.names if document else None


def _find_renewed(noun, names, stored, gone, come):
    empty = BitMap()
    for name in names:
        before = stored.get(name, empty)
        after = (before - gone.get(name, empty)) | come.get(name, empty)
        if before != after:
            yield WrongWord(noun, *name, before, after)


def _compare(noun, batch, built):
    """Return what is wrong in the stored documents of the keys in `batch`, and these documents."""
    rows = SearchDocument.objects.filter(noun=noun, record__in=batch).values_list("record", "names", "words")
    stored = {record: Document(names, words) for record, names, words in rows}
    return [WrongDocument(noun, pk, built.get(pk)) for pk in batch if stored.get(pk) != built.get(pk)], stored


def _note(found, documents):
    """Add to {(word, part): BitMap} the words of `documents`."""
    for record, document in documents.items():
        for name in document.find_parts().items():
            found[name].add(record)


def _find_wrong_words(noun, must_be):
    # Read to the end before the first difference: whoever writes them meanwhile changes these rows.
    for word, part, blob in list(SearchWord.objects.filter(noun=noun).values_list("word", "part", "records")):
        has, must = BitMap.deserialize(blob), must_be.pop((word, part), BitMap())
        if has != must:
            yield WrongWord(noun, word, part, has, must)
    for (word, part), records in sorted(must_be.items(), key=lambda item: item[0]):
        yield WrongWord(noun, word, part, BitMap(), records)


def _read_words(noun, words):
    rows = SearchWord.objects.filter(noun=noun, word__in=words).values_list("word", "part", "records")
    return {(word, part): BitMap.deserialize(blob) for word, part, blob in rows}


def _write_documents(noun, wrong):
    gone = [w.record for w in wrong if w.document is None]
    if gone:
        SearchDocument.objects.filter(noun=noun, record__in=gone).delete()
    rows = [(noun, w.record, *w.document) for w in wrong if w.document]
    put_rows(SearchDocument, ("noun", "record"), ("names", "words"), rows)


def _write_words(noun, wrong):
    kept = []
    for w in wrong:
        if w.records:
            kept.append((noun, w.word, w.part, _serialize(w.records)))
        else:
            SearchWord.objects.filter(noun=noun, word=w.word, part=w.part).delete()
    put_rows(SearchWord, ("noun", "word", "part"), ("records",), kept)


def _serialize(records):
    records.run_optimize()
    return records.serialize()
