"""The words of a record by which it is found, made from what everybody may read of it today.

A program is found by the names of all that it names as well; a development, whose summary stands for a name, by its
quotes and the names of its subject. So Mamba finds the programs of SAMP/T. What is hidden has no words; what is public
names nothing hidden. Rows are read as plain values: a load makes the words of very many.
"""

from collections import defaultdict
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from cooperation import text
from cooperation.choices import TextKind
from cooperation.models import (
    Article,
    Citation,
    Development,
    Instrument,
    Official,
    Partnership,
    Party,
    Program,
    ProgramRole,
    Publisher,
    System,
)
from cooperation.models.records import AliasedRecord
from cooperation.search.nouns import NOUNS

MAX_WORD = 40  # letters of a word that count, in a document as in a query
MOST_BYTES = 500_000  # of the words of a document, names first; a tsvector takes a megabyte
IN_NAME, FIRST = "/", "^"  # stand before the words of names, and before their first words, to look for these alone
LISTED = {noun.model: noun.find_listed for noun in NOUNS}


class Document(NamedTuple):
    """The words of a record: of its names, one name a line, and all by which it is looked for, sorted.

    The latter have those of names a second time, with `IN_NAME` before, and their first ones a third, with `FIRST`.
    """

    names: str
    words: str

    def count_words(self):
        """Return {word: whether it is one of a name}."""
        marked = self.words.split()
        named = {word[1:] for word in marked if word.startswith(IN_NAME)}
        return {word: word in named for word in marked if word[0] not in (IN_NAME, FIRST)}


def split_words(written):
    """Return the folded words of a text, cut to the length that counts."""
    return [word[:MAX_WORD] for word in text.words(written)]


@lru_cache(maxsize=20_000)  # the same few names stand in thousands of documents
def join_words(name):
    """Return the folded words of a name with one blank between them."""
    return " ".join(split_words(name))


def names_of(record):
    """Return the names of a record in all languages, and its aliases."""
    return [record.name, *record.names.values(), *getattr(record, "aliases", [])]


def find_documents(model, keys):
    """Return {primary key: Document} of those of `keys` that the list of `model` shows today."""
    rows = LISTED[model]().filter(pk__in=keys).order_by()
    return {pk: _build(names, others) for pk, names, others in _READERS.get(model, _read_named)(rows)}


def _build(names, others):
    """Put a document together from names and from texts of folded words."""
    lines, words = dict.fromkeys(filter(None, map(join_words, names))), {}
    for line in lines:
        named = line.split()
        words |= dict.fromkeys([FIRST + named[0], *named, *(IN_NAME + word for word in named)])
    for other in others:
        words |= dict.fromkeys(other.split())
    return Document("\n".join(lines), " ".join(sorted(_bound(words))))


def _bound(words):
    """Return the first of `words` that are no more than `MOST_BYTES` together."""
    if sum(map(len, words)) * 4 < MOST_BYTES:  # however many bytes a letter takes
        return words
    sizes = accumulate(len(word.encode()) + 1 for word in words)
    return [word for word, size in zip(words, sizes, strict=True) if size <= MOST_BYTES]


def _read_names(model, keys):
    """Return {primary key: names} of records."""
    columns = ["names", "aliases"] if issubclass(model, AliasedRecord) else ["names"]
    rows = model.objects.filter(pk__in=keys).order_by().values_list("pk", "name", *columns)
    return {pk: [name, *names.values(), *(a for some in aliases for a in some)] for pk, name, names, *aliases in rows}


def _find_words(model, keys):
    """Return {primary key: the folded words of all names} of records."""
    return {pk: " ".join(map(join_words, names)) for pk, names in _read_names(model, keys).items()}


def _find_linked(links, name, model, keys, of="program"):
    """Return {primary key: folded words} of the records of `model` that rows of `links` name for each of `keys`."""
    pairs = list(links.objects.filter(**{f"{of}__in": keys}).order_by().values_list(of, name))
    words, linked = _find_words(model, {record for _, record in pairs}), defaultdict(list)
    for pk, record in pairs:
        linked[pk].append(words[record])
    return linked


def _read_named(rows):
    names = _read_names(rows.model, rows.values("pk"))
    for pk, slug, *office in rows.values_list("pk", "slug", *(["position"] if rows.model is Official else [])):
        yield pk, names[pk], [*split_words(slug), *map(join_words, office)]


def _read_partnerships(rows):
    parties = _find_linked(Partnership.parties.through, "party", Party, rows.values("pk"), of="partnership")
    for pk, names, others in _read_named(rows):
        yield pk, names, [*others, *parties[pk]]


def _read_programs(rows):
    keys, above = rows.values("pk"), dict(rows.values_list("pk", "partnership"))
    partnerships = _find_words(Partnership, set(above.values()))
    parties = _find_linked(ProgramRole, "party", Party, keys)
    systems = _find_linked(Program.systems.through, "system", System, keys)
    instruments = _find_linked(Program.instruments.through, "instrument", Instrument, keys)
    for pk, names, others in _read_named(rows):
        yield pk, names, [*others, partnerships[above[pk]], *parties[pk], *systems[pk], *instruments[pk]]


def _read_articles(rows):
    columns = rows.values_list("pk", "title", "slug", "publisher", "text_kind", "text")
    publishers = _find_words(Publisher, {row[3] for row in columns})
    for pk, title, slug, publisher, text_kind, words in columns:
        is_open = text_kind != TextKind.FULL
        yield pk, [title], [*split_words(slug), publishers[publisher], *(split_words(words) if is_open else ())]


def _read_developments(rows):
    told = list(rows.values_list("pk", "slug", "summary", "program", "partnership"))
    about, quotes = _find_subjects({row[3] for row in told} - {None}), defaultdict(list)
    public = Citation.objects.filter(development__in=[row[0] for row in told], article__public=True)
    for development, quote in public.order_by().values_list("development", "quote"):
        quotes[development] += split_words(quote)
    partnerships = _find_words(Partnership, {row[4] for row in told} - {None})
    for pk, slug, summary, program, partnership in told:
        subject = about[program] if program else [partnerships[partnership]]
        yield pk, [summary], [*split_words(slug), *quotes[pk], *subject]


def _find_subjects(programs):
    """Return {primary key: folded words} of programs, their partnerships and systems."""
    above = dict(Program.objects.filter(pk__in=programs).values_list("pk", "partnership"))
    partnerships, own = _find_words(Partnership, set(above.values())), _find_words(Program, programs)
    systems = _find_linked(Program.systems.through, "system", System, programs)
    return {pk: [own[pk], partnerships[partnership], *systems[pk]] for pk, partnership in above.items()}


_READERS = {
    Partnership: _read_partnerships,
    Program: _read_programs,
    Article: _read_articles,
    Development: _read_developments,
}
