"""The renewal of the bitmaps of programs, developments and articles; the ledger calls this and nobody else writes them.

What they must contain is worked out by `values`.
"""

import secrets
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from django.db.models import Max, Q
from pyroaring import BitMap

from cooperation.facets.values import (
    find_article_values,
    find_development_values,
    find_program_values,
    list_articles,
    list_developments,
    list_programs,
)
from cooperation.models import Article, Citation, Development, Edition, FacetBitmap, FacetChange, Partnership
from cooperation.rows import put_rows

BATCH = 5_000  # below the number of parameters that SQLite and PostgreSQL take in one statement
KEPT = 100  # editions of which is known what changed with them
STAMP_BITS = 63  # of a number that databases take
STRETCH = 50_000  # primary keys whose records are looked through at a time; it bounds the memory


class Indexed(NamedTuple):
    """How the bitmaps of a noun are made: the records that are listed, and the values of some of them."""

    list_all: object
    find_values: object


NOUNS = {
    "programs": Indexed(list_programs, find_program_values),
    "developments": Indexed(list_developments, find_development_values),
    "articles": Indexed(list_articles, find_article_values),
}


@dataclass(frozen=True)
class Difference:
    """A facet value whose stored records, None if they cannot be read, are not those that it must have."""

    noun: str
    facet: str
    value: str
    stored: BitMap | None
    records: BitMap

    def __str__(self):
        name = f"{self.noun} {self.facet} {self.value}".strip()
        if self.stored is None:
            return f"{name}: cannot be read"
        missing, extra = len(self.records - self.stored), len(self.stored - self.records)
        return f"{name}: {missing} {self.noun} are missing, {extra} do not belong there"


def read_bitmap(stored):
    """Return the BitMap of a row; raise ValueError if it is damaged."""
    if not stored:
        raise ValueError("An empty text is no bitmap.")
    return BitMap.deserialize(stored)


def reindex(programs, records):
    """Renew the bitmaps that have, or must have, one of `programs`, or a development or article that can have changed.

    `programs` are primary keys; `records`, {model: primary keys}, are all that can have changed. Bitmaps of others are
    not written. What can have changed is noted for those who keep what they have read.
    """
    programs = BitMap(programs)
    _renew("programs", programs)
    developments = BitMap(records.get(Development, ()))
    for batch in _batches(programs):
        developments.update(_find_developments(program__in=batch))
    for batch in _batches(records.get(Partnership, ())):
        developments.update(_find_developments(partnership__in=batch))
    _renew("developments", developments)
    articles = BitMap(records.get(Article, ()))
    for batch in _batches(developments):
        articles.update(Citation.objects.filter(development__in=batch).order_by().values_list("article", flat=True))
    _renew("articles", articles)
    _note_change(programs, developments)


def find_differences():
    """Return all differences between what is stored and what must be."""
    return [difference for noun in NOUNS for difference in _find_differences(noun)]


def write(differences):
    """Store what must be; a value without records has no row."""
    for gone in differences:
        if not gone.records:
            FacetBitmap.objects.filter(noun=gone.noun, facet=gone.facet, value=gone.value).delete()
    stamp = secrets.randbits(STAMP_BITS)
    rows = [(d.noun, d.facet, d.value, stamp, _serialize(d.records)) for d in differences if d.records]
    put_rows(FacetBitmap, ("noun", "facet", "value"), ("stamp", "records"), rows)


def _note_change(programs, developments):
    """Store what can have changed with the edition that has just begun, and forget what is too old."""
    edition = Edition.objects.get()
    noted = FacetChange.objects.create(
        edition=edition.key,
        former=edition.former,
        programs=programs.serialize(),
        developments=developments.serialize(),
    )
    FacetChange.objects.filter(pk__lte=noted.pk - KEPT).delete()


def _renew(noun, changed):
    found, differences = defaultdict(BitMap), []
    for batch in _batches(changed):
        _merge(found, NOUNS[noun].find_values(NOUNS[noun].list_all().filter(pk__in=batch)))
    for facet, value, blob in _find_stored(noun) if changed else ():
        stored = read_bitmap(blob)
        if (facet, value) not in found and stored.isdisjoint(changed):
            continue
        renewed = (stored - changed) | found.pop((facet, value), BitMap())
        if renewed != stored:
            differences.append(Difference(noun, facet, value, stored, renewed))
    write([*differences, *_find_missing(noun, found)])


def _find_differences(noun):
    found, differences = _find_all(noun), []
    for facet, value, blob in _find_stored(noun):
        stored, records = _read_damaged(blob), found.pop((facet, value), BitMap())
        if stored != records:
            differences.append(Difference(noun, facet, value, stored, records))
    return [*differences, *_find_missing(noun, found)]


def _find_all(noun):
    rows, found = NOUNS[noun].list_all(), defaultdict(BitMap)
    last = rows.aggregate(last=Max("pk"))["last"] or 0
    for start in range(0, last + 1, STRETCH):
        _merge(found, NOUNS[noun].find_values(rows.filter(Q(pk__gte=start) & Q(pk__lt=start + STRETCH))))
    return found


def _merge(found, more):
    for key, bitmap in more.items():
        found[key] |= bitmap


def _find_developments(**condition):
    return Development.objects.filter(**condition).order_by().values_list("pk", flat=True)


def _find_stored(noun):
    rows = FacetBitmap.objects.filter(noun=noun).order_by("facet", "value")
    return rows.values_list("facet", "value", "records")


def _find_missing(noun, found):
    return [Difference(noun, facet, value, BitMap(), records) for (facet, value), records in sorted(found.items())]


def _read_damaged(blob):
    try:
        return read_bitmap(blob)
    except ValueError:
        return None


def _serialize(records):
    records.run_optimize()
    return records.serialize()


def _batches(keys):
    waiting = iter(keys)
    while batch := list(islice(waiting, BATCH)):
        yield batch
