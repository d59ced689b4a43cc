"""Records counted from the stored bitmaps: OR inside a parameter, AND between parameters and between parties.

Words have a bitmap from the full-text search, by way of their filter; what has none comes as primary keys from the
filterset.
"""

import datetime
from functools import reduce
from operator import and_

from django.utils.translation import get_language
from pyroaring import BitMap

from cooperation.choices import Stage
from cooperation.facets.values import ALL, DAY

ADDING_UP = ("party",)  # facets whose values are all wanted; they keep what is chosen while they are counted
WORDS = "q"
SINCE, UNTIL = "since", "until"
OTHERS = "others"


class Bitmaps:
    """The records of a bound, valid filterset, and the values of its `facets`.

    `noun` is that of the bitmaps; `orders` are the facets by which the rows can be ordered.
    """

    noun = ""
    orders = ()

    def __init__(self, filterset, facets=()):
        """Find what each parameter keeps; what has no bitmap takes a query, if it is given."""
        self.filters, self.facets, self.day = filterset.filters, facets, filterset.day
        given, asked = filterset.find_given(), self.find_indexed()
        self.chosen = {name: [build_value(v) for v in given[name]] for name in asked if name in given}
        by_day = [name for name in (SINCE, UNTIL) if DAY in asked and name in given]
        self.index = filterset.index
        self.bitmaps = dict(self.read((ALL, *self.chosen, *facets, *([DAY] if by_day else []))))
        if self.day:
            self.go_back()
        self.kept = {ALL: self.find(ALL, "")}
        for name, values in self.chosen.items():
            self.kept[name] = combine(name, [self.find(name, value) for value in values])
        if SINCE in by_day:
            self.kept[SINCE] = self.unite_days(DAY, first=given[SINCE])
        if UNTIL in by_day:
            self.kept[UNTIL] = self.unite_days(DAY, last=given[UNTIL])
        words = self.filters[WORDS].prepare(given[WORDS]) if WORDS in given else None
        if words is not None:
            self.kept[WORDS] = words
        if rest := given.keys() - self.chosen.keys() - {WORDS, *by_day}:
            self.kept |= self.find_others(filterset, rest)

    def find_others(self, filterset, names):
        """Return, by name, what the given parameters `names` leave, which have no bitmap."""
        rows = filterset.narrow(filterset.find_given().keys() - names)
        return {OTHERS: BitMap(rows.values_list("pk", flat=True))}

    def find_indexed(self):
        """Return the parameters whose values have bitmaps on the day; `DAY` among them if days have."""
        raise NotImplementedError(f"{type(self).__name__} must say what has bitmaps.")

    def go_back(self):
        """Put what was so on the day in the place of what is so today."""
        raise NotImplementedError(f"{type(self).__name__} must say what another day changes.")

    def read(self, facets):
        """Return {facet: {value: BitMap}}."""
        return self.index.find_bitmaps(self.noun, facets)

    def find(self, facet, value):
        """Return the records that have a value; an empty bitmap if none has."""
        return self.bitmaps[facet].get(value, BitMap())

    def find_stored(self, facet, value):
        """Return the records that have a value of any facet, also one that is not counted."""
        bitmaps = self.bitmaps[facet] if facet in self.bitmaps else self.read([facet])[facet]
        return bitmaps.get(value, BitMap())

    def unite_days(self, facet, first=datetime.date.min, last=datetime.date.max):
        """Return the records that have one of the days from `first` to `last` in a facet of days."""
        days = self.read([facet])[facet]
        return BitMap().union(*(days[day] for day in days if str(first) <= day <= str(last)))

    def find_matching(self, without=""):
        """Return the records that all parameters but `without` leave."""
        return reduce(and_, (bitmap for name, bitmap in self.kept.items() if name != without))

    def list_groups(self, order, descends):
        """Return bitmaps of rows that share a value, one after the other in an order; None if it has no bitmaps."""
        facet = {"updated": DAY}.get(order, order)
        if facet not in self.orders:
            return None
        bitmaps = self.bitmaps.get(facet) or self.read([facet])[facet]
        if facet == DAY:
            days = self.index.keep((self.noun, "days in order"), lambda: sorted(bitmaps))
            return (bitmaps[day] for day in (reversed(days) if descends else days))
        nowhere = self.find(ALL, "").difference(*bitmaps.values())
        groups = [nowhere, *(bitmaps[stage] for stage in Stage.values if stage in bitmaps)]
        return reversed(groups) if descends else groups

    def count_values(self):
        """Return {facet: {value: (label, count)}}, no label where values are codes; records stand by name."""
        models = {name: self.filters[name].of for name in self.facets if hasattr(self.filters[name], "of")}
        names = self.index.find_names(models.values())
        return {name: self._count_facet(name, names.get(models.get(name))) for name in self.facets}

    def _count_facet(self, name, names):
        """Count the values: the facet's own parameter is left out, but chosen parties stay."""
        matching, bitmaps = self.find_matching(without="" if name in ADDING_UP else name), self.bitmaps[name]
        if names is None:
            listed = [(value, "", bitmap) for value, bitmap in bitmaps.items()]
        else:
            listed = self.index.keep((self.noun, name, get_language()), lambda: _list_named(names, bitmaps))
        # Today nothing else has a bitmap than what is listed: with nothing chosen, its size is the count.
        is_all = matching is self.kept[ALL] and not self.day
        count = len if is_all else matching.intersection_cardinality
        return {value: (label, number) for value, label, bitmap in listed if (number := count(bitmap))}


def _list_named(names, bitmaps):
    """Return (value as it stands in an address, name, bitmap) of the records that have one, by name."""
    return [(value, label, bitmaps[key]) for key, (value, label) in names.items() if key in bitmaps]


def combine(facet, bitmaps):
    """Return the records that have all values of a facet whose values add up, or one of those of another facet."""
    return reduce(and_, bitmaps) if facet in ADDING_UP else BitMap().union(*bitmaps)


def build_value(value):
    """Return a chosen value as bitmaps are named: a code, or the primary key of a record."""
    return str(getattr(value, "pk", value))
