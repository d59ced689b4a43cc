"""How the totals of a program grew: the same sums with an earlier end."""

import datetime
from dataclasses import dataclass
from itertools import groupby

from cooperation.claims.figures import Kind, by_measure, claims_of
from cooperation.claims.steps import build_steps, build_total, counting


@dataclass(frozen=True)
class Change:
    """The totals of all steps, in step order, after a day on which one of them changed."""

    day: datetime.date
    steps: tuple


@dataclass(frozen=True)
class History:
    """The changes in one unit, the oldest first."""

    unit: str
    changes: tuple


def build_history(developments):
    """Return the `History` of each unit of one program, by unit; a claim without a number is a change as well."""
    claims = by_measure(counting(claims_of(developments, Kind.QUANTITY)))
    histories = [History(unit, tuple(_find_changes(found))) for unit, found in claims.items()]
    return [history for history in histories if history.changes]


def _find_changes(claims):
    steps = build_steps([])
    for day, told in groupby(claims, key=lambda claim: claim.development.effective_day):  # claims come in time order
        before, spoken = steps, {claim.step for claim in told}
        known = [claim for claim in claims if claim.development.effective_day <= day]
        steps = tuple(_retotal(total, known) if total.step in spoken else total for total in steps)
        if _figures_of(steps) != _figures_of(before):
            yield Change(day, steps)


def _retotal(total, known):
    return build_total(total.step, [claim for claim in known if claim.step == total.step])


def _figures_of(steps):
    """Return what a reader sees of totals."""
    return [
        (total.lowest, total.best, total.highest, {q: len(claims) for q, claims in total.without_number.items()})
        for total in steps
    ]
