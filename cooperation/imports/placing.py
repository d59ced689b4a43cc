"""Which program a deal belongs to: the one that the mapping names, its own, one that is there, or a new draft."""

from collections import defaultdict
from dataclasses import dataclass

from cooperation.bundles.identity import fit_id
from cooperation.choices import State
from cooperation.imports.claims import Deal
from cooperation.imports.stored import fetch, find_partnerships, find_programs
from cooperation.imports.tables import NotOurs, Refused
from cooperation.models import Partnership, Program


@dataclass(frozen=True)
class Placed:
    """A deal with the ids of its partnership and program; `is_own` if that program was made for it."""

    deal: Deal
    partnership: str
    program: str
    is_own: bool


class Places:
    """The stored partnerships and programs among which the deals of one file find their places."""

    def __init__(self, deals, resolver, source):
        """Read what the deals can belong to; `source` is a key of external ids."""
        self.resolver, self.source = resolver, source
        self.partnerships = find_partnerships()
        new = {self._new_partnership(deal) for deal in deals if self._pair(deal) not in self.partnerships}
        self.taken = fetch(Partnership, new)
        named = {deal.label: resolver.mapping.find("programs", deal.label) for deal in deals}
        ids = [value for entry in named.values() if entry for value in entry.values]
        self.stored = fetch(Program, [*ids, *(deal.key for deal in deals)], "partnership")
        self.programs = defaultdict(list)
        for program in find_programs(
            map(self.partnerships.get, {self._pair(d) for d in deals} & set(self.partnerships))
        ):
            systems = tuple(system.slug for system in program.systems.all())
            self.programs[program.partnership.slug, program.mode, systems].append(program)

    def place(self, deal):
        """Return the `Placed` deal; raise Refused or NotOurs, in words, if it has no one place."""
        program = self._find_named(deal) or self._find_own(deal)
        if program:
            return Placed(deal, program.partnership.slug, program.slug, program.slug == deal.key)
        partnership = self._find_partnership(deal)
        fitting = self._find_fitting(deal, partnership)
        if len(fitting) > 1:
            self.resolver.note("programs", deal.label, deal.rows[0], fitting)
            raise Refused(f"can belong to {' or '.join(fitting)}; say which under `programs`")
        return Placed(deal, partnership, fitting[0] if fitting else deal.key, not fitting)

    def _find_named(self, deal):
        named = self.resolver.program(deal.label)
        if named and (named not in self.stored or self.stored[named].state == State.WITHDRAWN):
            raise Refused(f"the mapping names the program “{named}”, but there is none here")
        return self.stored[named] if named else None

    def _find_own(self, deal):
        own = self.stored.get(deal.key)
        if own and own.state == State.WITHDRAWN:
            raise Refused(f"its program “{own.slug}” is withdrawn")
        return own

    def _find_partnership(self, deal):
        if self._pair(deal) in self.partnerships:
            return self.partnerships[self._pair(deal)]
        new = self._new_partnership(deal)
        if new in self.taken:
            raise Refused(f"its partnership would be “{new}”, which is withdrawn or has other parties")
        return new

    def _find_fitting(self, deal, partnership):
        """Return the ids of the programs of the same partnership, mode, system and roles, but no other deal's own."""
        if not deal.system:
            return []
        alike = self.programs.get((partnership, deal.mode, (deal.system,)), ())
        fitting = [program for program in alike if _has_roles(program, deal)]
        same = [p.slug for p in fitting if p.external_ids.get(self.source) == deal.outside[self.source]]
        return same or [p.slug for p in fitting if self.source not in p.external_ids]

    @staticmethod
    def _pair(deal):
        return frozenset(deal.parties)

    @staticmethod
    def _new_partnership(deal):
        return fit_id("-".join(sorted(deal.parties)))


def _has_roles(program, deal):
    held = {(held.role, held.party.slug) for held in program.roles_held.all()}
    return held.issuperset(deal.roles)


def place_deals(deals, resolver, outcomes, source):
    """Return the deals that have a place; the rows of the others get their outcome."""
    places, placed = Places(deals, resolver, source), []
    for deal in deals:
        try:
            placed.append(places.place(deal))
        except (Refused, NotOurs) as error:
            note = outcomes.leave_out if isinstance(error, NotOurs) else outcomes.refuse
            for number in deal.rows:
                note(number, str(error))
    _state_once(placed)
    return placed


def _state_once(placed):
    """Keep of claims with the same key, such as the value of a package on each of its rows, the first alone."""
    seen = set()
    for place in placed:
        place.deal.claims = [claim for claim in place.deal.claims if claim.key not in seen]
        seen.update(claim.key for claim in place.deal.claims)
