"""Rows counted by what they share: systems, parties and instruments by programs, officials and publishers by
developments (partnerships and articles have modules of their own).

One program or development must answer all that is asked about it. So the bitmaps of programs or developments are
intersected as in their own lists, and what is left is led on to the rows.
"""

from pyroaring import BitMap

from cooperation.choices import Rank, Role
from cooperation.facets.bitmaps import build_value
from cooperation.facets.developments import Developments
from cooperation.facets.programs import Programs
from cooperation.facets.tables import Tables, find_left_out
from cooperation.facets.values import HELD
from cooperation.models.keys import as_rows

ROLE = "role"


class Asked:
    """What a filterset asks about the programs or developments of its rows, as a filterset of these would say it."""

    def __init__(self, filterset, without, index):
        """Leave out the parameters `without`."""
        self.filterset, self.index = filterset, index
        self.filters, self.day = filterset.filters, filterset.day
        self.given = {n: value for n, value in filterset.find_given(without).items() if filterset.is_shared(n)}

    def find_given(self):
        """Return the parameters that narrow, by name."""
        return self.given

    def find_turns(self, name):
        """Return the developments of the day with which a parameter begins to hold."""
        return self.filterset.find_turns(name)

    def narrow(self, without):
        """Return the programs or developments that all parameters but `without` leave."""
        chosen = {n: self.filters[n].prepare(value) for n, value in self.given.items() if n not in without}
        return self.filterset.find_shared_rows(chosen)


class Shared(Tables):
    """The rows of a bound, valid filterset, and the values of its `facets`.

    `subjects` is how what the rows share is counted, `facet` the one of its facets whose values are the rows, `along`
    are others that are read with it.
    """

    subjects = Programs
    facet = ""
    along = ()

    def __init__(self, filterset, facets=()):
        """Find the rows that their own parameters leave; one query."""
        super().__init__(filterset, facets)
        self.index, self.found, self.found_before = filterset.index, {}, {}
        self.led = [name for name in facets if self.knows(name)]
        self.own = self.read_own()

    def read_own(self):
        """Return the rows that the parameters leave which no bitmap answers."""
        return BitMap(self.filterset.narrow(self.find_led()).values_list("pk", flat=True))

    def knows(self, name):
        """Say whether bitmaps tell which rows have the values of a facet."""
        return self.filterset.is_shared(name)

    def find_led(self):
        """Return the given parameters that bitmaps answer."""
        return [name for name in self.filterset.find_given() if self.knows(name)]

    def find_matching(self, without=()):
        """Return the rows that all parameters but `without` leave."""
        sharing = self.find_sharing(without)
        return self.own if sharing is None else self.own & sharing

    def find_sharing(self, without):
        """Return the rows that the parameters leave which bitmaps answer; None if there are none of these."""
        is_asked = Asked(self.filterset, without, self.index).given
        return self.lead(self.match(without)[0]) if is_asked else None

    def count_values(self):
        """Return {facet: {value: (label, count)}} as `Tables` does."""
        filters = self.filterset.filters
        models = {name: filters[name].of for name in self.led if hasattr(filters[name], "of")}
        names = self.index.find_names(models.values())
        rest = Tables(self.filterset, [name for name in self.facets if name not in self.led], self._find_rows)
        counted = {name: self._count_facet(name, names.get(models.get(name))) for name in self.led}
        counted |= rest.count_values()
        return {name: counted[name] for name in self.facets}

    def match(self, without):
        """Return what the rows share that all parameters but `without` leave, and the bitmaps of its values."""
        if without not in self.found:
            subjects = self.subjects(Asked(self.filterset, without, self.index), [*self.led, self.facet, *self.along])
            self.found[without] = subjects.find_matching(), subjects.bitmaps
        return self.found[without]

    def find_value(self, name, value, without):
        """Return the rows with one of what `match` finds that has the value."""
        matching, bitmaps = self.match(without)
        return self.recall(name, value, bitmaps[name][value], matching, without)

    def recall(self, name, value, bitmap, matching, without):
        """Return the rows that have one of `matching` with a value, whose `bitmap` is given, and keep them."""
        found = self.read_found(without)
        kept = found.get((name, value))
        if kept is None or kept[0] is not bitmap:  # of a value that did not change, another edition has the same
            kept = found[name, value] = bitmap, self.lead(matching & bitmap)
        return kept[1]

    def read_found(self, without):
        """Return {(facet, value): (bitmap, rows)} as found before: always if nothing shared is asked, else of late."""
        if without not in self.found_before:
            given = Asked(self.filterset, without, self.index).given
            asked = [(name, *sorted(map(build_value, values))) for name, values in sorted(given.items())]
            asked += self.filterset.day.items()
            name = ("rows of values", self.filterset.noun)
            self.found_before[without] = (
                self.index.keep_few((*name, *asked), dict) if asked else self.index.carry(name, dict, self.leave_found)
            )
        return self.found_before[without]

    def leave_found(self, found, changed):
        """Return what was found and cannot have changed."""
        subjects = getattr(changed, self.subjects.noun)
        return {key: (bitmap, rows) for key, (bitmap, rows) in found.items() if bitmap.isdisjoint(subjects)}

    def lead(self, subjects):
        """Return the rows that have one of `subjects`."""
        bitmaps = self.index.find_bitmaps(self.subjects.noun, [self.facet])[self.facet]
        return BitMap(int(key) for key, bitmap in bitmaps.items() if subjects.intersect(bitmap))

    def _count_facet(self, name, names):
        """Count the values: the facet's own parameter is left out; records stand by name."""
        without = find_left_out(self.filterset, name)
        rows = self.find_counted(name, without)
        values = self.match(without)[1][name]
        counts = {value: self.find_value(name, value, without).intersection_cardinality(rows) for value in values}
        if names is None:
            return {value: ("", count) for value, count in counts.items() if count}
        return {slug: (label, counts[key]) for key, (slug, label) in names.items() if counts.get(key)}

    def find_counted(self, name, without):
        """Return the rows among which the values of a facet are counted; what is shared answers the rest with it."""
        return self.own

    def _find_rows(self, without):
        sharing = self.find_sharing(without)
        if sharing is None:
            return self.filterset.narrow(without)
        return self.filterset.narrow((*without, *self.find_led())).filter(pk__in=as_rows(sharing))


class Told(Shared):
    """Rows of developments; only those that count matter."""

    subjects = Developments
    along = ("rank",)

    def match(self, without):
        """Leave out what is deprecated."""
        matching, bitmaps = super().match(without)
        return matching - bitmaps["rank"].get(Rank.DEPRECATED.value, BitMap()), bitmaps


class Officials(Told):
    """Officials, by the developments that they said."""

    facet = "official"


class Publishers(Told):
    """Publishers, by the developments that their public articles report."""

    facet = "publisher"


class Instruments(Shared):
    """Instruments, by the programs that they pay for."""

    facet = "instrument"


class Systems(Shared):
    """Systems; a program about one is one of all above it."""

    facet = "system"


class Parties(Shared):
    """Parties, by the programs in which they have a role or are members; by roles alone where these are asked about."""

    facet = "party"

    def match(self, without):
        """Leave roles to `lead_held`: it is not the program that has them."""
        return super().match(tuple(dict.fromkeys((*without, ROLE))))

    def find_sharing(self, without):
        """Ask those who have the roles chosen."""
        roles = self.find_roles(without)
        return self.lead_held(self.match(without)[0], roles) if roles else super().find_sharing(without)

    def find_value(self, name, value, without):
        """Ask those who have the role that is counted, or the roles chosen."""
        roles = [value] if name == ROLE else self.find_roles(without)
        if not roles:
            return super().find_value(name, value, without)
        matching, bitmaps = self.match(without)
        return self.lead_held(matching if name == ROLE else matching & bitmaps[name][value], roles)

    def find_roles(self, without):
        """Return the roles chosen."""
        return [] if ROLE in without else self.filterset.find_given().get(ROLE, [])

    def lead_held(self, programs, roles):
        """Return the parties that have one of the roles in one of the programs."""
        held = self.index.keep("parties by role", self._read_held)
        return BitMap(party for role in roles for party, own in held[role] if programs.intersect(own))

    def _read_held(self):
        """Return {role: [(party, its programs)]}."""
        held = {role: [] for role in Role.values}
        for value, programs in self.index.find_bitmaps("programs", [HELD])[HELD].items():
            party, role = value.split()
            held[role].append((int(party), programs))
        return held
