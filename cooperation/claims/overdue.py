"""Promises whose day has passed: one rule for the program's page and for what staff look after."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from cooperation.choices import Basis, Rank, Step
from cooperation.claims.figures import Kind, by_measure, claims_of, order_of, range_of, step_of
from cooperation.claims.steps import build_total, counting
from cooperation.models import Development

DONE = (Step.DELIVERED, Step.IN_SERVICE)


@dataclass(frozen=True)
class Overdue:
    """A development whose promised day has passed unkept.

    `unit` is that of its quantity, empty without one; `needed` what had to be delivered by then, None where no number
    was promised; `delivered` the best number of what is, None where none is known.
    """

    development: Development
    days: int
    unit: str
    needed: Decimal | None
    delivered: Decimal | None


def find_overdue(developments, today):
    """Return what is `Overdue` on the day `today` among the `developments` of one program, in time order.

    A promise of a number is kept once the delivered total of its unit (best; in service, if that is more) reaches the
    least that it said; “2 more” come on top of what was delivered by its day. Without a number on either side it is
    kept once anything is delivered on its day or after. A promise that another development contains has its own day.
    """
    standing = sorted((d for d in developments if d.stage and d.rank != Rank.DEPRECATED), key=order_of)
    claims = by_measure(counting(claims_of(standing, Kind.QUANTITY)))
    last_arrival = max((d.effective_day for d in standing if step_of(d) in DONE), default=datetime.date.min)
    due = (d for d in standing if d.due_latest and d.due_latest < today and step_of(d) not in DONE)
    found = (_measure(promise, claims, today) for promise in due)
    return [overdue for overdue in found if not _is_kept(overdue, last_arrival)]


def pick_larger(totals):
    """Return the total with the larger best number, the first of equals; None if none has a number."""
    return max((total for total in totals if total.has_number), key=lambda total: total.best, default=None)


def _measure(promise, claims, today):
    """Return what was needed and delivered of a promise whose day has passed, whether or not it was kept."""
    unit = (promise.quantity or {}).get("unit", "")
    told = claims.get(unit, [])
    days = (today - promise.due_latest).days
    return Overdue(promise, days, unit, _find_needed(promise, told), _find_delivered(told))


def _is_kept(overdue, last_arrival):
    if overdue.needed is None or overdue.delivered is None:
        return last_arrival >= overdue.development.effective_day
    return overdue.delivered >= overdue.needed


def _find_needed(promise, claims):
    """Return the least number to be delivered; None if the promise names none, or could mean 0 as “up to 6” does."""
    quantity = promise.quantity
    span = range_of(quantity)
    if not span or "per" in quantity or not span[0]:
        return None
    if quantity.get("basis") != Basis.ADDITIONAL:
        return span[0]
    before = [claim for claim in claims if claim.development.effective_day <= promise.effective_day]
    return span[0] + (_find_delivered(before) or 0)


def _find_delivered(claims):
    total = pick_larger(build_total(step, [claim for claim in claims if claim.step == step]) for step in DONE)
    return total.best if total else None
