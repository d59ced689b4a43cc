"""Claims that contradict each other; nothing is averaged."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from cooperation.choices import Rank, Step
from cooperation.claims.figures import lies_inside, range_of, step_of
from cooperation.claims.origins import origin_of
from cooperation.models import Development


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
