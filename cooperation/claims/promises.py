"""The promise ledger of one program: what was asked, promised, contracted, delivered, is in service, and is open."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from cooperation.choices import Rank, Step
from cooperation.claims.figures import Kind, Span, by_measure, claims_of, measure_order, step_of
from cooperation.claims.overdue import DONE, find_overdue, pick_larger
from cooperation.claims.steps import build_steps, counting

GIVEN = (Step.PROMISED, Step.CONTRACTED)  # where somebody has given their word


@dataclass(frozen=True)
class Promise:
    """What a program has come to in one unit.

    `unit` is empty for claims without number that name none, and for promises without a quantity whose day has passed.
    `steps` holds the `Total` of every step, in step order. `open` is None if no number is promised, and its `best` is
    None if deliveries are known without a number alone. `since` is the day of the program's first promise, in whatever
    unit, and `age` counts the days from it; both are None without a promise.
    """

    unit: str
    steps: tuple
    open: Span | None
    since: datetime.date | None
    age: int | None
    overdue: tuple

    @property
    def given(self):
        """Return the total that is promised, or contracted if that is more; None without a number."""
        return pick_given(self.steps)

    @property
    def is_open(self):
        """Whether something is still to be delivered, as far as is known."""
        return self.open is not None and self.open.best != 0


def build_promises(developments, today):
    """Return the `Promise` of each unit of one program, by unit, as `developments` have it on the day `today`.

    Best is the number as stated, and for “between” the middle. Claims outside the ledger's steps, deprecated ones and
    rates never count. A unit of which only rates are known has no entry.
    """
    claims = by_measure(counting(claims_of(developments, Kind.QUANTITY)))
    overdue = find_overdue(developments, today)
    since = find_first_promise(developments)
    units = sorted({*claims, *(late.unit for late in overdue)}, key=measure_order)
    return [
        _build_promise(unit, claims.get(unit, []), since, today, [late for late in overdue if late.unit == unit])
        for unit in units
    ]


def find_first_promise(developments):
    """Return the effective day of the first promise, of the first contract if none is promised, else None."""
    standing = [d for d in developments if d.rank != Rank.DEPRECATED]
    firsts = (min((d.effective_day for d in standing if step_of(d) == step), default=None) for step in GIVEN)
    return next((day for day in firsts if day), None)


def find_open(steps):
    """Return what is promised less what is delivered, never below 0; None if no number is promised.

    Where something is delivered without a number, nobody knows how much is open: anything up to the whole.
    """
    given, done = pick_given(steps), pick_larger(total for total in steps if total.step in DONE)
    if given is None:
        return None
    if done is None:
        is_known = not any(total.without_number for total in steps if total.step in DONE)
        return Span(given.lowest, given.best, given.highest) if is_known else Span(Decimal(0), None, given.highest)
    lowest = Decimal(0) if done.highest is None else given.lowest - done.highest
    highest = None if given.highest is None else max(Decimal(0), given.highest - done.lowest)
    return Span(max(Decimal(0), lowest), max(Decimal(0), given.best - done.best), highest)


def pick_given(steps):
    """Return the total that is promised, or contracted if that is more; None if neither has a number."""
    return pick_larger(total for total in steps if total.step in GIVEN)


def _build_promise(unit, claims, since, today, overdue):
    steps = build_steps(claims)
    age = (today - since).days if since else None
    return Promise(unit, steps, find_open(steps), since, age, tuple(overdue))
