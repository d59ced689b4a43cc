"""How bitmaps are stored: a row for each value, and behind these rows what editions since the last fold changed.

A writer appends a few small rows: which records of a noun it looked at anew, and which values these have now. Bitmaps
of a million records are not written again for one of them. A reader takes rows and changes in one statement, so that
no fold can come between. To apply changes that a row already has, in their order and to the last, changes nothing: so
the newest ones outlast a fold, for processes that carry on what they have read.
"""

from collections import defaultdict
from typing import NamedTuple

from django.db.models import BigIntegerField, CharField, Value
from pyroaring import BitMap

from cooperation.models import FacetBitmap, FacetChange
from cooperation.rows import insert_rows, put_rows

RENEWED = "renewed"  # in the place of a facet: the records that were looked at anew; they leave all values by that
MOST = 10_000  # changes, before they are folded into the rows
LEFT = 5_000  # of these stay; a development comes with some 150
NOTHING = BitMap()
COLUMNS = ("facet", "value", "records")


class Stored(NamedTuple):
    """The bitmaps of one facet, {value: BitMap}, as they are with the change `last`: its primary key and edition.

    `last` is None if there was no change.
    """

    last: tuple | None
    bitmaps: dict


class Changes:
    """What changes of a noun do: the records `gone` leave all values, then `come`, {facet: {value: BitMap}}."""

    def __init__(self, rows):
        """Sum up `rows`, (facet, value, stored bitmap), the newest first."""
        self.gone, self.come = BitMap(), defaultdict(lambda: defaultdict(BitMap))
        for facet, value, stored in rows:
            records = read_bitmap(stored)
            if facet == RENEWED:
                self.gone |= records
            else:
                self.come[facet][value] |= records - self.gone  # these were looked at again later

    def apply(self, facet, bitmaps):
        """Return {value: BitMap} of a facet after the changes; a bitmap that stays as it is stays the same object."""
        left = [value for value, records in bitmaps.items() if not records.isdisjoint(self.gone)]
        applied = dict(bitmaps)
        for value in {*left, *self.come[facet]}:
            before = bitmaps.get(value, NOTHING)
            after = self.renew(facet, value, before)
            applied[value] = before if after == before else after
        return {value: records for value, records in applied.items() if records}

    def renew(self, facet, value, records):
        """Return the BitMap of a value after the changes, from what it was."""
        return (records - self.gone) | self.come[facet][value]


def read_bitmap(stored):
    """Return the BitMap of a row; raise ValueError if it is damaged."""
    if not stored:
        raise ValueError("An empty text is no bitmap.")
    return BitMap.deserialize(stored)


def serialize(records):
    """Return what is stored of a BitMap."""
    records.run_optimize()
    return records.serialize()


def read_stored(noun, facets, known):
    """Return {facet: Stored} of a noun.

    `known`, {facet: Stored}, is carried on if the change that it was read with is still there: one query. Other facets
    are read whole: one more.
    """
    read = _carry_on(noun, {name: known[name] for name in facets if name in known and known[name].last})
    missing = [name for name in facets if name not in read]
    return read | _read_whole(noun, missing) if missing else read


def read_all(noun):
    """Return [((facet, value), row, now)] of a noun, sorted: the BitMap of the row, and the same with all changes.

    Both are None where the row cannot be read.
    """
    rows = FacetBitmap.objects.filter(noun=noun).values_list(*COLUMNS)
    rows = {(facet, value): _read_damaged(records) for facet, value, records in rows}
    changes = Changes(FacetChange.objects.filter(noun=noun).order_by("-pk").values_list(*COLUMNS))
    names = {*rows, *((facet, value) for facet, come in changes.come.items() for value in come)}
    return [
        (name, row, None if row is None else changes.renew(*name, row))
        for name, row in ((name, rows.get(name, NOTHING)) for name in sorted(names))
    ]


def append(edition, noun, renewed, values):
    """Store that the records `renewed` of a noun were looked at anew, and have `values`, {(facet, value): BitMap}."""
    rows = [(edition, noun, RENEWED, "", serialize(renewed))]
    rows += [(edition, noun, *name, serialize(records)) for name, records in values.items()]
    insert_rows(FacetChange, [FacetChange._meta.get_field(name) for name in ("edition", "noun", *COLUMNS)], rows)


def write(noun, values):
    """Have the rows of a noun say `values`, {(facet, value): BitMap}; a value without records has no row."""
    for facet, value in (name for name, records in values.items() if not records):
        FacetBitmap.objects.filter(noun=noun, facet=facet, value=value).delete()
    rows = [(noun, *name, serialize(records)) for name, records in values.items() if records]
    put_rows(FacetBitmap, ("noun", "facet", "value"), ("records",), rows)


def is_any_stored():
    """Return whether there is anything to read."""
    return FacetBitmap.objects.exists() or FacetChange.objects.exists()


def fold_many():
    """Fold when more than `MOST` changes wait, and leave some of them."""
    if FacetChange.objects.count() > MOST:
        fold(left=LEFT)


def fold(left=0):
    """Put all changes into the rows, and keep those of the newest editions, `left` changes at most.

    A row that cannot be read stays as it is, for `rebuild_facets` to mend.
    """
    for noun in set(FacetChange.objects.order_by().values_list("noun", flat=True).distinct()):
        write(noun, {name: now for name, row, now in read_all(noun) if now != row})
    newest = FacetChange.objects.order_by("-pk")
    for edition in newest.values_list("edition", flat=True)[left : left + 1]:  # the newest that cannot stay whole
        last = newest.filter(edition=edition).values_list("pk", flat=True)[0]
        FacetChange.objects.filter(pk__lte=last).delete()


def _carry_on(noun, known):
    """Return those of `known`, {facet: Stored}, whose last change is still there, with what changed since."""
    if not known:
        return {}
    first = min(stored.last[0] for stored in known.values())
    rows = FacetChange.objects.filter(noun=noun, facet__in=[RENEWED, *known], pk__gte=first).order_by("-pk")
    rows = list(rows.values_list("pk", "edition", *COLUMNS))
    there = {row[:2] for row in rows} & {stored.last for stored in known.values()}
    since = {last: Changes(row[2:] for row in rows if row[0] > last[0]) for last in there}
    return {
        facet: Stored(rows[0][:2], since[stored.last].apply(facet, stored.bitmaps))
        for facet, stored in known.items()
        if stored.last in since
    }


def _read_whole(noun, facets):
    """Return {facet: Stored} of rows and changes."""
    rows = FacetBitmap.objects.filter(noun=noun, facet__in=facets)
    rows = rows.values_list(Value(0, BigIntegerField()), Value("", CharField()), *COLUMNS)
    changes = FacetChange.objects.filter(noun=noun, facet__in=[RENEWED, *facets]).values_list("pk", "edition", *COLUMNS)
    bitmaps, later = {facet: {} for facet in facets}, []
    for pk, edition, facet, value, stored in rows.union(changes, all=True):
        if pk:
            later.append((pk, edition, facet, value, stored))
        else:
            bitmaps[facet][value] = read_bitmap(stored)
    later.sort(reverse=True)
    last, summed = later[0][:2] if later else None, Changes(row[2:] for row in later)
    return {facet: Stored(last, summed.apply(facet, bitmaps[facet])) for facet in facets}


def _read_damaged(records):
    try:
        return read_bitmap(records)
    except ValueError:
        return None
