"""Programs counted from the stored bitmaps: OR inside a parameter, AND between parameters and between parties.

Bitmaps say what programs are today. A past day changes none but stage and phase, and which programs there are at all:
names, parties and systems are today's. Words have a bitmap from the index of words, by way of their filter; what has
none comes as primary keys from the filterset.
"""

from functools import reduce
from operator import and_

from django.db.models import Q
from pyroaring import BitMap

from cooperation.facets.days import find_stages
from cooperation.facets.index import ALL, group_phases, read_bitmap
from cooperation.facets.names import name_values
from cooperation.models import FacetBitmap

INDEXED = ("party", "partnership", "system", "mode", "stage", "phase", "category", "instrument")
WORDS = "q"
OTHERS = "others"


class Programs:
    """The programs of a bound, valid filterset, and the values of its `facets`."""

    def __init__(self, filterset, facets=()):
        """Read the bitmaps in one query; a day takes another one, and so does what has no bitmap, if it is given."""
        self.filters, self.facets = filterset.filters, facets
        given = filterset.find_given()
        chosen = {name: [_build_value(value) for value in given[name]] for name in INDEXED if name in given}
        self.chosen, self.bitmaps = chosen, _read_bitmaps(chosen, facets)
        if filterset.day:
            self._go_back(filterset.day)
        self.kept = {ALL: self._find(ALL, "")}
        for name, values in chosen.items():
            bitmaps = [self._find(name, value) for value in values]
            self.kept[name] = reduce(and_, bitmaps) if name == "party" else BitMap().union(*bitmaps)
        words = self.filters[WORDS].prepare(given[WORDS]) if WORDS in given else None
        if words is not None:
            self.kept[WORDS] = words
        if given.keys() - chosen.keys() - {WORDS}:
            self.kept[OTHERS] = BitMap(filterset.narrow((*INDEXED, WORDS)).values_list("pk", flat=True))

    def find_matching(self, without=""):
        """Return the programs that all parameters but `without` leave."""
        return reduce(and_, (bitmap for name, bitmap in self.kept.items() if name != without))

    def match_stages(self, stages, others=None):
        """Return the programs that all parameters leave on an earlier day on which the `stages` were these.

        `stages` are as `find_stages` returns them; `others` has what the parameters without a bitmap leave that day, if
        it is not what they leave on the filterset's own.
        """
        kept = {**self.kept, "then": BitMap().union(*stages.values())}
        for name, reached in (("stage", stages), ("phase", dict(group_phases(stages)))):
            if name in self.chosen:
                kept[name] = BitMap().union(*(reached.get(value, BitMap()) for value in self.chosen[name]))
        if others is not None:
            kept[OTHERS] = others
        return reduce(and_, kept.values())

    def count(self):
        """Return the number of programs."""
        return len(self.find_matching())

    def count_values(self):
        """Return {facet: {value: (label, count)}}, no label where values are codes; one query for all names."""
        counts = {name: self._count_facet(name) for name in self.facets}
        models = {name: self.filters[name].of for name in counts if hasattr(self.filters[name], "of")}
        codes = {name: {value: ("", n) for value, n in counts[name].items()} for name in counts if name not in models}
        named = codes | name_values(counts, models)
        return {name: named[name] for name in counts}

    def _count_facet(self, name):
        """Return {value: count}: the facet's own parameter is left out, but chosen parties stay."""
        matching = self.find_matching(without="" if name == "party" else name)
        counts = {value: bitmap.intersection_cardinality(matching) for value, bitmap in self.bitmaps[name].items()}
        return {value: count for value, count in counts.items() if count}

    def _find(self, facet, value):
        return self.bitmaps[facet].get(value, BitMap())

    def _go_back(self, day):
        """Put the stages of `day` in the place of today's; what is hidden today stays so."""
        stages = find_stages(day)
        self.bitmaps[ALL] = {"": BitMap().union(*stages.values()) & self._find(ALL, "")}
        stages.pop("", None)
        self.bitmaps["stage"], self.bitmaps["phase"] = stages, dict(group_phases(stages))


def _build_value(value):
    """Return a chosen value as bitmaps are named: a code, or the primary key of a record."""
    return str(getattr(value, "pk", value))


def _read_bitmaps(chosen, facets):
    """Return {facet: {value: BitMap}}: all of each facet, else those of the values chosen."""
    wanted = Q(facet__in=[ALL, *facets])
    for name, values in chosen.items():
        if name not in facets:
            wanted |= Q(facet=name, value__in=values)
    bitmaps = {name: {} for name in (ALL, *INDEXED, *facets)}
    for facet, value, blob in FacetBitmap.objects.filter(wanted).values_list("facet", "value", "programs"):
        bitmaps[facet][value] = read_bitmap(blob)
    return bitmaps
