"""What a filterset counted, and what is left of it: pages of records ask for parts of a list without asking tables."""

from dataclasses import dataclass, field, replace

from pyroaring import BitMap

from cooperation.choices import Phase, Rank, Role
from cooperation.facets.bitmaps import Bitmaps, combine
from cooperation.facets.values import DAY, FIGURE, FIRST, HELD, name_held


@dataclass(slots=True)  # not frozen: a page makes a thousand of them
class FacetValue:
    """One value: as it stands in an address, its label in the active language, and how many rows it gives."""

    value: str
    label: str
    count: int
    is_selected: bool
    colour: str = ""


@dataclass(frozen=True)
class Facet:
    """A parameter with the values that give rows, and with those that are selected."""

    name: str
    label: str
    values: list[FacetValue]


@dataclass(frozen=True)
class Counted:
    """How many rows a filterset leaves, its facets in the order in which it declares them, and which rows they are.

    `matching` has the primary keys of the rows, None for nouns that no bitmap tells of; `counter` is where they come
    from. What the methods return keeps the facets, which are still those of the whole.
    """

    total: int
    facets: list[Facet]
    matching: BitMap | None = None
    counter: Bitmaps | None = field(default=None, compare=False, repr=False)

    def keep(self, keys):
        """Return what is among `keys`, a bitmap."""
        matching = self.matching & keys
        return replace(self, total=len(matching), matching=matching)

    def leave_out(self, keys):
        """Return what is not among the primary keys `keys`."""
        return self.keep(self.matching - BitMap(keys))

    def of_phase(self, phase):
        """Return the programs or developments in a phase on the day; in none, if `phase` is None."""
        if phase is None:
            return self.leave_out(BitMap().union(*(self.counter.find_stored("phase", p.value) for p in Phase)))
        return self.keep(self.counter.find_stored("phase", phase.value))

    def of_mode(self, mode):
        """Return the programs or developments of a mode."""
        return self.keep(self.counter.find_stored("mode", mode.value))

    def of_role(self, party, role):
        """Return the programs in which a party has a role."""
        return self.keep(self.counter.find_stored(HELD, name_held(party.pk, role.value)))

    def sharing(self, facet, records):
        """Return the rows that have `records`, primary keys: of parties all, of others one of them."""
        return self.keep(combine(facet, [self.counter.find_stored(facet, str(pk)) for pk in records]))

    def counting(self):
        """Return the developments that count."""
        return self.leave_out(self.counter.find_stored("rank", Rank.DEPRECATED.value))

    def stating(self, figure):
        """Return the developments that count and state a `values.QUANTITY` or an `AMOUNT`."""
        return self.keep(self.counter.find_stored(FIGURE, figure))

    def first_told_by(self, publisher):
        """Return the developments that count and that a publisher reported on the day of the first report."""
        return self.keep(self.counter.find_stored(FIRST, str(publisher.pk)))

    def reporting(self, developments):
        """Return the articles that report one of `developments`, a `Counted`."""
        return self.keep(self.counter.lead(developments.matching))

    def count_years(self):
        """Return (year, number) pairs of the articles, the last year first."""
        days, counts = self.counter.read([DAY])[DAY], {}
        for day, bitmap in days.items():
            year = int(day[:4])
            counts[year] = counts.get(year, 0) + bitmap.intersection_cardinality(self.matching)
        return sorted(((year, number) for year, number in counts.items() if number), reverse=True)

    def keep_cards(self, kind, keys, make):
        """Return what `make(keys)`, {primary key: card}, says of rows, kept as long as no public record changes."""
        return self.counter.index.keep_cards(kind, keys, make)

    def count_by(self, facet, records):
        """Return {primary key: number of rows} for `records`, primary keys, that are values of a facet."""
        return {pk: self.keep(self.counter.find_stored(facet, str(pk))).total for pk in records}

    def count_held(self, parties):
        """Return {primary key: number of programs in which a party has a role} for `parties`, primary keys."""
        held = {pk: [self.counter.find_stored(HELD, name_held(pk, role)) for role in Role.values] for pk in parties}
        return {pk: self.keep(BitMap().union(*bitmaps)).total for pk, bitmaps in held.items()}
