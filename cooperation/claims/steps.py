"""The step rule: what the claims of one program on one ledger step and one unit or currency add up to."""

from dataclasses import dataclass, field
from enum import StrEnum

from cooperation.choices import Step
from cooperation.claims.figures import Claim, Span, best_of, range_of
from cooperation.claims.origins import group_repeats


class Reason(StrEnum):
    """Why a claim does not add to its step's total."""

    COUNTED_IN = "counted-in"  # another development already contains it, in whatever program
    OUTRANKED = "outranked"  # a preferred claim is as late or later
    REPEAT = "repeat"  # the same figure of the same origin, once more
    REPLACED = "replaced"  # the latest figure so far is later, and contains it


@dataclass(frozen=True)
class Skipped:
    """A claim that does not add to the total, and why."""

    claim: Claim
    reason: Reason


@dataclass(frozen=True)
class Total(Span):
    """What a step has come to: the span, the claims that add up to it, and all others.

    Without a numbered claim all three numbers are None. `without_number` holds claims by qualifier, never as 0. Each
    claim that counts (not deprecated, no rate) stands in exactly one of `claims`, `without_number` and `skipped`.
    """

    step: Step
    claims: tuple = ()
    without_number: dict = field(default_factory=dict)
    skipped: tuple = ()

    @property
    def has_number(self):
        """Whether any claim names a number; 0 is one."""
        return bool(self.claims)

    @property
    def is_silent(self):
        """Whether no claim counts on this step, not even one without a number."""
        return not self.claims and not self.without_number

    @property
    def counted_in(self):
        """Return the claims that another development already contains."""
        return [skipped.claim for skipped in self.skipped if skipped.reason == Reason.COUNTED_IN]


def counting(claims):
    """Return the claims that take part in totals: neither deprecated nor rates."""
    return [claim for claim in claims if not claim.is_deprecated and not claim.is_rate]


def build_steps(claims):
    """Return the `Total` of every ledger step, in step order, for counting claims of one program and measure."""
    return tuple(build_total(step, [claim for claim in claims if claim.step == step]) for step in Step)


def build_total(step, claims):
    """Return the `Total` of counting claims of one program, step and measure, which come in time order.

    It is the latest figure so far plus later additional ones. What another development contains is left out first;
    then what is outranked; then repeats.
    """
    left, skipped = claims, []
    for reason, find in SIEVES:
        found = find(left)
        skipped += [Skipped(claim, reason) for claim in left if claim in found]
        left = [claim for claim in left if claim not in found]
    numbered = [claim for claim in left if claim.has_number]
    return Total(*add_up(span_of(claim.figure) for claim in numbered), step, *_sort_left(left), tuple(skipped))


def span_of(figure):
    """Return the `Span` of a figure that has a number."""
    lowest, highest = range_of(figure)
    return Span(lowest, best_of(figure), highest)


def add_up(spans):
    """Return (lowest, best, highest) of the sum of spans; three times None if there are none."""
    spans = list(spans)
    if not spans:
        return None, None, None
    has_end = all(span.highest is not None for span in spans)
    highest = sum(span.highest for span in spans) if has_end else None
    return sum(span.lowest for span in spans), sum(span.best for span in spans), highest


def _sort_left(left):
    """Return what adds up, and what has no number by qualifier in the order of first mention."""
    without = {}
    for claim in left:
        if not claim.has_number:
            without[claim.qualifier] = (*without.get(claim.qualifier, ()), claim)
    return tuple(claim for claim in left if claim.has_number), without


def _find_contained(claims):
    return {claim for claim in claims if claim.development.counted_in_id}


def _find_outranked(claims):
    """Find normal claims that a preferred one of the same basis beats: those that are not later than it."""
    latest = {claim.is_additional: claim.moment for claim in claims if claim.is_preferred}  # in time order: last wins
    return {
        claim
        for claim in claims
        if not claim.is_preferred and claim.is_additional in latest and claim.moment <= latest[claim.is_additional]
    }


def _find_repeats(claims):
    return {claim for _, *repeats in group_repeats(claims) for claim in repeats}


def _find_replaced(claims):
    """Find numbers that the latest figure so far contains; an additional one of the same moment is not later."""
    so_far = [claim for claim in claims if claim.has_number and not claim.is_additional]
    if not so_far:
        return set()
    latest = so_far[-1]
    return {
        claim
        for claim in claims
        if claim.has_number and claim is not latest and not (claim.is_additional and claim.moment > latest.moment)
    }


SIEVES = (
    (Reason.COUNTED_IN, _find_contained),
    (Reason.OUTRANKED, _find_outranked),
    (Reason.REPEAT, _find_repeats),
    (Reason.REPLACED, _find_replaced),
)
