"""Honest sums over several programs: units and currencies apart, and what is missing from them named."""

from collections import defaultdict
from dataclasses import dataclass

from cooperation.choices import WITHOUT_NUMBER, Qualifier, Step
from cooperation.claims.figures import Kind, Span, claims_of, measure_order
from cooperation.claims.steps import Total, add_up, build_steps, counting
from cooperation.models import Development, Program

MOST_FIGURES = 500


@dataclass(frozen=True)
class Part:
    """What one program brings to a sum."""

    program: Program
    total: Total


@dataclass(frozen=True)
class WithoutNumber:
    """Claims that say why they name no number; `programs` are those of which the sum has no number at all."""

    qualifier: Qualifier
    claims: tuple
    programs: tuple


@dataclass(frozen=True)
class Sum(Span):
    """A step's totals of several programs, added up; all three numbers are None if no program has one.

    `parts` has every program that says anything on it, by the program's id; `without_number` is in the order of the
    qualifiers; `counted_in` are the claims left out because another development contains them.
    """

    step: Step
    parts: tuple
    without_number: tuple
    counted_in: tuple

    @property
    def has_number(self):
        """Whether any program names a number."""
        return self.best is not None

    @property
    def numbered(self):
        """Return the parts that the sum is made of."""
        return [part for part in self.parts if part.total.has_number]


@dataclass(frozen=True)
class SumRow:
    """The sums of all steps, in step order, in one unit or currency; empty where claims without number name none."""

    kind: Kind
    measure: str
    steps: tuple


@dataclass(frozen=True)
class Sums:
    """What several programs add up to; `whole` are claims about a partnership as a whole, which no sum counts."""

    quantities: tuple
    amounts: tuple
    whole: tuple

    @property
    def tables(self):
        """Return the rows of quantities and of amounts, without what is empty."""
        return [rows for rows in (self.quantities, self.amounts) if rows]

    @property
    def counted_in(self):
        """Return all claims left out because another development contains them."""
        return [claim for rows in self.tables for row in rows for total in row.steps for claim in total.counted_in]


def sum_partnership(partnership, day):
    """Return the `Sums` of what counts on the `day` (keywords of `counted`) in a partnership, read in four queries.

    None if there are more figures than can be added up while somebody waits.
    """
    counted = Development.objects.counted(**day).of_partnerships([partnership]).measured()
    if counted.order_by()[: MOST_FIGURES + 1].count() > MOST_FIGURES:
        return None
    return sum_totals(counted.with_names().with_citations(day.get("known_on")).order_by("effective_day", "slug"))


def sum_totals(developments):
    """Return the `Sums` of the programs that `developments` are about, each by the step rule of its own.

    A figure about a partnership as a whole may or may not contain its programs: it is left out and named.
    """
    told = [d for d in developments if d.program_id]
    whole = [d for d in developments if not d.program_id]
    return Sums(
        *(_sum_kind(told, kind) for kind in Kind),
        tuple(claim for kind in Kind for claim in counting(claims_of(whole, kind))),
    )


def _sum_kind(developments, kind):
    claims = defaultdict(lambda: defaultdict(list))
    for claim in counting(claims_of(developments, kind)):
        claims[claim.measure][claim.development.program_id].append(claim)
    return tuple(_sum_row(kind, measure, claims[measure]) for measure in sorted(claims, key=measure_order))


def _sum_row(kind, measure, claims):
    """Sum `{program's key: claims}` of one unit or currency."""
    found = [(group[0].development.program, build_steps(group)) for group in claims.values()]
    found.sort(key=lambda pair: pair[0].slug)
    parts = [[Part(program, steps[n]) for program, steps in found] for n in range(len(Step))]
    return SumRow(kind, measure, tuple(_sum_step(*pair) for pair in zip(Step, parts, strict=True)))


def _sum_step(step, parts):
    said = tuple(part for part in parts if not part.total.is_silent)
    numbers = add_up(part.total for part in said if part.total.has_number)
    contained = tuple(claim for part in parts for claim in part.total.counted_in)
    return Sum(*numbers, step, said, tuple(_find_unnumbered(said)), contained)


def _find_unnumbered(parts):
    for qualifier in WITHOUT_NUMBER:
        silent = [part for part in parts if qualifier in part.total.without_number]
        if silent:
            claims = tuple(claim for part in silent for claim in part.total.without_number[qualifier])
            yield WithoutNumber(qualifier, claims, tuple(p.program for p in silent if not p.total.has_number))
