"""Partnerships counted by their programs, and by what was told of them and of these programs."""

from array import array
from collections import defaultdict
from functools import cached_property, reduce
from operator import and_

from pyroaring import BitMap

from cooperation.choices import Rank
from cooperation.facets.bitmaps import SINCE, UNTIL
from cooperation.facets.developments import Developments
from cooperation.facets.programs import TOLD
from cooperation.facets.shared import Asked, Shared
from cooperation.facets.values import ALL, DAY
from cooperation.models import Partnership

DENSE = 30  # programs a partnership from which on to look at each partnership takes less time than at each program


class Statements:
    """What a filterset asks about developments by one of `TOLD`; nothing without, then they are all of the day."""

    def __init__(self, filterset, index, name=""):
        """Ask about the parameter `name`, which must be given."""
        self.filterset, self.index, self.name = filterset, index, name
        self.filters, self.day = filterset.filters, filterset.day

    def find_given(self):
        """Return the parameters that narrow, by name."""
        return {self.name: self.filterset.find_given()[self.name]} if self.name else {}

    def narrow(self, without):
        """Return the developments, where no bitmap tells which they are."""
        return self.filterset.find_turns(self.name)


class Partnerships(Shared):
    """Partnerships; a party belongs to one, or has a role in one of its programs."""

    facet = "partnership"

    def read_own(self):
        """Ask bitmaps what was told, and on which day the last of it."""
        given = self.filterset.find_given()
        told = [name for name in TOLD if name in given]
        by_day = [name for name in (SINCE, UNTIL) if name in given and self.filterset.day]
        rows = self.filterset.narrow((*self.find_led(), *told, *by_day))
        kept = [self.lead_told(name) for name in told]
        if by_day:
            first, last = (str(given.get(name, "")) for name in (SINCE, UNTIL))
            days = self.find_latest_days().items()
            kept.append(BitMap(key for key, day in days if first <= day and (day <= last or not last)))
        return reduce(and_, kept, BitMap(rows.values_list("pk", flat=True)))

    def lead_told(self, name):
        """Return those of which, or of whose programs, a counted development has what the parameter asks for."""
        told, by_partnership, _ = self.read_told(name)
        return BitMap(int(key) for key, own in by_partnership.items() if own.intersect(told))

    def find_latest_days(self):
        """Return {primary key: the day on which each was last heard of by the day asked about, as ISO 8601 writes it}.

        Those that were not yet are left out.
        """
        return self.index.keep_few(("latest days", *self.filterset.day.items()), self._read_latest_days)

    def _read_latest_days(self):
        told, by_partnership, days = self.read_told()
        waiting, latest = {int(key): own for key, own in by_partnership.items() if own.intersect(told)}, {}
        for day in sorted(days, reverse=True):
            on_day = days[day] & told
            found = [key for key, own in waiting.items() if own.intersect(on_day)] if on_day else ()
            for key in found:
                latest[key] = day
                del waiting[key]
            if not waiting:
                break
        return latest

    def read_told(self, name=""):
        """Return the counted developments that have what `name`, one of `TOLD`, asks for, and where to look for them.

        That is {partnership: its developments and those of its programs}, and {day: developments}.
        """
        asked = Statements(self.filterset, self.index, name)
        developments = Developments(asked, [self.facet, "rank", DAY])
        told = developments.find_matching() - developments.find("rank", Rank.DEPRECATED.value)
        return told, developments.bitmaps[self.facet], developments.bitmaps[DAY]

    def knows(self, name):
        """Say the same of parties."""
        return name == "party" or super().knows(name)

    def find_sharing(self, without):
        """Keep those of all parties chosen."""
        sharing = super().find_sharing(without)
        parties = [self.find_value("party", key, ()) for key in self.chosen]
        return reduce(and_, parties if sharing is None else [sharing, *parties]) if parties else sharing

    def find_counted(self, name, without):
        """Keep those of all parties chosen; the values of parties add up by AND, whatever else is asked."""
        if name == "party":
            return self.find_matching(without)
        return reduce(and_, (self.find_value("party", key, ()) for key in self.chosen), self.own)

    @property
    def chosen(self):
        """Return the parties chosen as bitmaps name them."""
        return [str(party.pk) for party in self.filterset.form.cleaned_data["party"]]

    def find_value(self, name, value, without):
        """Find those of a party, whatever else is asked about their programs."""
        return self.find_of_party(value) if name == "party" else super().find_value(name, value, without)

    def find_of_party(self, value):
        """Return those that have a party as a member, or with a role in a program of the day."""
        members, everything = self.index.keep("members", self._read_members), tuple(self.filterset.find_given())
        held = self.recall("party", value, self.programs.find("party", value), self.programs.find(ALL, ""), everything)
        return held | members.get(value, BitMap())

    @cached_property
    def programs(self):
        """Return the bitmaps of all programs of the day."""
        return self.subjects(Asked(self.filterset, tuple(self.filterset.find_given()), self.index), ["party"])

    def lead(self, subjects):
        """Return the partnerships of programs; each has one.

        Where there are many programs, most partnerships soon turn out to have one of them.
        """
        if len(subjects) > DENSE * len(self.index.find_bitmaps("programs", [self.facet])[self.facet]):
            return super().lead(subjects)
        leads = self.index.keep("partnership of programs", self._read_partnerships)
        return BitMap(map(leads.__getitem__, subjects))

    def _read_partnerships(self):
        """Return the partnership of each program, by primary key."""
        bitmaps = self.index.find_bitmaps("programs", [ALL, self.facet])
        programs = BitMap().union(*bitmaps[ALL].values(), *bitmaps[self.facet].values())
        leads = array("Q", bytes(8 * (1 + (programs.max() if programs else 0))))
        for key, bitmap in bitmaps[self.facet].items():
            for program in bitmap:
                leads[program] = int(key)
        return leads

    def _read_members(self):
        members = defaultdict(BitMap)
        for party, partnership in Partnership.parties.through.objects.values_list("party", "partnership"):
            members[str(party)].add(partnership)
        return members
