"""The renewal of the bitmaps of programs, developments and articles; the ledger calls this and nobody else writes them.

What they must contain is worked out by `values`.
"""

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from django.db.models import Max, Q
from pyroaring import BitMap

from cooperation.facets import stored
from cooperation.facets.values import (
    find_article_values,
    find_development_values,
    find_program_values,
    list_articles,
    list_developments,
    list_programs,
)
from cooperation.models import Article, Citation, Development, Edition, Partnership
from cooperation.models.keys import batches

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


def reindex(programs, records):
    """Renew the values of `programs`, and of developments and articles that can have changed, in the latest edition.

    `programs` are primary keys; `records`, {model: primary keys}, are all that can have changed.
    """
    programs = BitMap(programs)
    developments = BitMap(records.get(Development, ()))
    for batch in batches(programs):
        developments.update(_find_developments(program__in=batch))
    for batch in batches(records.get(Partnership, ())):
        developments.update(_find_developments(partnership__in=batch))
    articles = BitMap(records.get(Article, ()))
    for batch in batches(developments):
        articles.update(Citation.objects.filter(development__in=batch).order_by().values_list("article", flat=True))
    edition = Edition.objects.get().key
    for noun, changed in zip(NOUNS, (programs, developments, articles), strict=True):
        stored.append(edition, noun, changed, _find_values(noun, changed))
    stored.fold_many(NOUNS)
    _leave_a_place(edition)


def find_differences():
    """Return all differences between what is stored and what must be."""
    return [difference for noun in NOUNS for difference in _find_differences(noun)]


def mend():
    """Store what must be, and return the differences there were; an edition begins before."""
    differences = find_differences()
    for noun in NOUNS:
        with suppress(ValueError):  # where a change cannot be read, every value of the noun is a difference
            stored.fold(noun)
        stored.write(noun, {(d.facet, d.value): d.records for d in differences if d.noun == noun})
    stored.forget()
    _leave_a_place(Edition.objects.get().key)
    return differences


def _leave_a_place(edition):
    """See to it that those who read an edition can carry on from it, also when its changes are all in the rows."""
    if not stored.has_changes():
        for noun in NOUNS:
            stored.append(edition, noun, BitMap(), {})


def _find_values(noun, changed):
    found = defaultdict(BitMap)
    for batch in batches(changed):
        _merge(found, NOUNS[noun].find_values(NOUNS[noun].list_all().filter(pk__in=batch)))
    return found


def _find_differences(noun):
    must_be = _find_all(noun)
    for (facet, value), now in stored.read_all(noun):
        records = must_be.pop((facet, value), BitMap())
        if now != records:
            yield Difference(noun, facet, value, now, records)
    for (facet, value), records in sorted(must_be.items(), key=itemgetter(0)):
        yield Difference(noun, facet, value, BitMap(), records)


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
