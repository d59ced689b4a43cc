"""What figures say beside each other: the ledger steps of a program, and the claims that contradict each other.

All functions are pure: they take developments with speakers and citations at hand (`with_names`, `with_citations`).
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from cooperation.choices import Qualifier, Rank, Stage, Step
from cooperation.models import Development

ABOUT = Decimal("0.1")  # “about 50” reaches from 45 to 55


@dataclass(frozen=True)
class Contradiction:
    """Two claims on the same program, step and unit by different speakers, neither of which lies inside the other."""

    step: Step
    unit: str
    first: Development
    second: Development

    @property
    def claims(self):
        """Return both claims, the earlier one first."""
        return self.first, self.second


def step_of(development):
    """Return the ledger step that a development's figure belongs to, None where its stage has none."""
    return Stage(development.stage).step if development.stage else None


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


def lies_inside(inner, outer):
    """Whether the range `inner` lies inside the range `outer`."""
    has_room = outer[1] is None or (inner[1] is not None and inner[1] <= outer[1])
    return inner[0] >= outer[0] and has_room


def origin_of(development):
    """Return who said it: a speaker, or the first article that reports it where none is named."""
    if development.said_by:
        return development.said_by.slug
    citations = development.public_citations
    return f"article {citations[0].article.slug}" if citations else ""


def find_contradictions(developments):
    """Return the contradictions among the `developments` of one program, the earliest claim first.

    Of each speaker, the latest figure on a step, unit and basis stands: a later one is an update. Rates are left out,
    and so is what is deprecated.
    """
    claims = defaultdict(dict)
    for development in sorted(developments, key=lambda d: (d.effective_day, d.reported_on, d.slug)):
        quantity, step = development.quantity, step_of(development)
        if step and development.rank != Rank.DEPRECATED and range_of(quantity) and "per" not in quantity:
            claims[step, quantity["unit"], development.quantity_basis][origin_of(development)] = development
    return [
        Contradiction(step, unit, first, second)
        for (step, unit, _), standing in claims.items()
        for first, second in combinations(standing.values(), 2)
        if is_contradiction(first, second)
    ]


def is_contradiction(first, second):
    """Whether neither quantity's range lies inside the other's."""
    ranges = range_of(first.quantity), range_of(second.quantity)
    return not lies_inside(*ranges) and not lies_inside(*reversed(ranges))
