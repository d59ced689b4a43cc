"""What one figure says: its step, range and number as stated; and claims, the figures of developments in time order."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from cooperation.choices import Basis, Qualifier, Rank, Stage, Step
from cooperation.models import Development

ABOUT = Decimal("0.1")  # “about 50” reaches from 45 to 55


class Kind(StrEnum):
    """What a figure counts; the value names the attribute of a development that holds it."""

    QUANTITY = "quantity"
    AMOUNT = "amount"


MEASURES = {Kind.QUANTITY: "unit", Kind.AMOUNT: "currency"}


@dataclass(frozen=True)
class Span:
    """A number that is not sharp: `highest` is None where nothing bounds it, `best` where no number can be named."""

    lowest: Decimal | None
    best: Decimal | None
    highest: Decimal | None


@dataclass(frozen=True, eq=False)
class Claim:
    """A figure that a development states on a ledger step; a development with quantity and amount makes two."""

    development: Development
    step: Step
    kind: Kind
    figure: dict

    @property
    def measure(self):
        """Return the unit or currency; empty where a claim without number names none."""
        return self.figure.get(MEASURES[self.kind], "")

    @property
    def qualifier(self):
        """Return how exactly it is stated."""
        return Qualifier(self.figure["qualifier"])

    @property
    def has_number(self):
        """Whether it names a number."""
        return range_of(self.figure) is not None

    @property
    def is_additional(self):
        """Whether it comes on top of what was before; amounts never do, they have no basis."""
        return self.figure.get("basis") == Basis.ADDITIONAL

    @property
    def is_rate(self):
        """Whether it says so many a month or year: shown, never summed."""
        return "per" in self.figure

    @property
    def is_preferred(self):
        """Whether the editors prefer it."""
        return self.development.rank == Rank.PREFERRED

    @property
    def is_deprecated(self):
        """Whether the editors no longer count it."""
        return self.development.rank == Rank.DEPRECATED

    @property
    def moment(self):
        """Return what “later” means between claims: the effective day, then the day first reported.

        Place in the stage list and id order claims of one moment, but make none of them later than another.
        """
        return self.development.effective_day, self.development.reported_on


def claims_of(developments, kind):
    """Return the claims of one `kind` that `developments` make, in time order; those outside the ledger make none."""
    told = sorted((d for d in developments if step_of(d)), key=order_of)
    figures = ((development, getattr(development, kind)) for development in told)
    return [Claim(development, step_of(development), kind, figure) for development, figure in figures if figure]


def by_measure(claims):
    """Return `{unit or currency: claims}`, each list in the order given, by name."""
    ordered = sorted(claims, key=lambda claim: measure_order(claim.measure))
    return {measure: list(group) for measure, group in groupby(ordered, key=lambda claim: claim.measure)}


def measure_order(measure):
    """Return the sort key of units and currencies: by name, what names none comes last."""
    return not measure, measure


def step_of(development):
    """Return the ledger step that a development's figure belongs to, None where its stage has none."""
    return Stage(development.stage).step if development.stage else None


def order_of(development):
    """Return the sort key of the stage rule: effective day, day first reported, place in the stage list, id."""
    return development.effective_day, development.reported_on, Stage(development.stage).position, development.slug


def range_of(figure):
    """Return (lowest, highest) that a quantity or amount allows; highest is None where nothing bounds it.

    None if it has no number.
    """
    if not figure or ("value" not in figure and "min" not in figure):
        return None
    if "min" in figure:
        return figure["min"], figure["max"]
    value = figure["value"]
    spans = {
        Qualifier.UP_TO: (Decimal(0), value),
        Qualifier.AT_LEAST: (value, None),
        Qualifier.ABOUT: (value * (1 - ABOUT), value * (1 + ABOUT)),
    }
    return spans.get(figure["qualifier"], (value, value))


def best_of(figure):
    """Return the number of a figure as stated, and the middle of what lies “between”; the figure must have one."""
    return figure["value"] if "value" in figure else (figure["min"] + figure["max"]) / Decimal(2)


def lies_inside(inner, outer):
    """Whether the range `inner` lies inside the range `outer`."""
    has_room = outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])
    return inner[0] >= outer[0] and has_room
