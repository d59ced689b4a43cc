"""How bitmaps are stored: a row for each value, and behind these rows what editions since the last fold changed.

A writer appends a few small rows: which records of a noun it looked at anew, and which values these have now. Bitmaps
of a million records are not written again for one of them. A reader takes rows and changes in one statement, so that
no fold can come between. To apply changes that a row already has, in their order and to the last, changes nothing: so
the newest ones outlast a fold, for processes that carry on what they have read.
"""

from collections import defaultdict
from operator import itemgetter
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
    """The bitmaps of one facet, {value: BitMap}, as they are with the edition of the change `last`.

    `last` is the primary key and the edition of the change that says what was looked at anew, None if there was none.
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
        for value in {*left, *self.come.get(facet, ())}:
            before = bitmaps.get(value, NOTHING)
            after = self.renew(facet, value, before)
            applied[value] = before if after == before else after
        return {value: records for value, records in applied.items() if records}

    def apply_all(self, rows):
        """Return {(facet, value): BitMap} after the changes, from `rows`, the same before; None stays None."""
        names = {*rows, *((facet, value) for facet, come in self.come.items() for value in come)}
        found = {name: rows.get(name, NOTHING) for name in names}
        return {name: None if row is None else self.renew(*name, row) for name, row in found.items()}

    def renew(self, facet, value, records):
        """Return the BitMap of a value after the changes, from what it was; the same object if nothing concerns it."""
        left, come = records, self.come.get(facet, {}).get(value)
        if not records.isdisjoint(self.gone):
            left = records - self.gone
        return left | come if come else left


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
    """Return [((facet, value), BitMap)] of a noun with all changes, sorted; None where it cannot be read.

    If one of the changes cannot be read, no value is known.
    """
    rows = _read_rows(noun)
    try:
        return sorted(_read_changes(noun).apply_all(rows).items(), key=itemgetter(0))
    except ValueError:
        changed = FacetChange.objects.filter(noun=noun).exclude(facet=RENEWED)
        return [(name, None) for name in sorted({*rows, *changed.values_list("facet", "value")})]


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


def has_changes():
    """Return whether there is a change that may not be in the rows."""
    return FacetChange.objects.exists()


def is_any_stored():
    """Return whether there is anything to read."""
    return FacetBitmap.objects.exists() or has_changes()


def fold_many(nouns):
    """Fold when more than `MOST` changes wait, and leave some; where one cannot be read all stay, as for readers."""
    if FacetChange.objects.count() <= MOST:
        return
    try:
        for noun in nouns:
            fold(noun)
    except ValueError:
        return  # each page that needs it says so, and `rebuild_facets` mends it
    forget(left=LEFT)


def fold(noun):
    """Put all changes of a noun into its rows; raise ValueError if one of them cannot be read.

    A row that cannot be read stays as it is, for `rebuild_facets` to mend.
    """
    rows = _read_rows(noun)
    applied = _read_changes(noun).apply_all(rows)
    write(noun, {name: records for name, records in applied.items() if records != rows.get(name, NOTHING)})


def forget(left=0):
    """Delete what was folded, but for the newest editions: `left` changes at most, none of an edition in part."""
    newest = FacetChange.objects.order_by("-pk")
    for edition in newest.values_list("edition", flat=True)[left : left + 1]:  # the newest that cannot stay whole
        last = newest.filter(edition=edition).values_list("pk", flat=True)[0]
        FacetChange.objects.filter(pk__lte=last).delete()


def _read_rows(noun):
    """Return {(facet, value): BitMap} of the rows alone, None for one that cannot be read."""
    rows = FacetBitmap.objects.filter(noun=noun).values_list(*COLUMNS)
    return {(facet, value): _read_damaged(records) for facet, value, records in rows}


def _read_changes(noun):
    return Changes(FacetChange.objects.filter(noun=noun).order_by("-pk").values_list(*COLUMNS))


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
        facet: Stored(_find_last(rows), since[stored.last].apply(facet, stored.bitmaps))
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
    summed = Changes(row[2:] for row in later)
    return {facet: Stored(_find_last(later), summed.apply(facet, bitmaps[facet])) for facet in facets}


def _find_last(rows):
    """Return the newest change that says what was looked at anew, None without one; of each edition all read it.

    What its edition says behind it may be applied again.
    """
    return next(((pk, edition) for pk, edition, facet, *_ in rows if facet == RENEWED), None)


def _read_damaged(records):
    try:
        return read_bitmap(records)
    except ValueError:
        return None
