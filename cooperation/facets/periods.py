"""How many programs a filterset leaves at the end of each of a few periods, by phase: the same list on earlier days."""

import datetime
from bisect import bisect_left
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate
from operator import or_

from django.db.models import Min
from pyroaring import BitMap

from cooperation.facets.bitmaps import UNTIL, WORDS
from cooperation.facets.days import carry_stages
from cooperation.facets.programs import LASTING, OF_A_DAY
from cooperation.facets.values import ALL, group_phases
from cooperation.models import Development

MOST = 12
STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 12_000)  # months of a period; the last ones for any two days
FEW = 5_000  # keys that fit into one statement


@dataclass(frozen=True)
class Period:
    """The last day of a period, how many programs there were, and of how many phases: {phase: count}.

    `is_last` marks the period that ends with the day asked about.
    """

    end: datetime.date
    total: int
    phases: dict
    is_last: bool


def count_periods(filterset, counted, last):
    """Return the `Period`s from the first development of the programs left up to the day `last`, at most `MOST`.

    `counted` is what `count` returned for the valid filterset of programs; `last` is the day that it is asked about. A
    number is what the same list gives with `as_of` the end of the period (the last one without), and one phase.
    """
    first = _find_first_day(filterset.day, counted.matching)
    if first is None:
        return []
    ends, programs = find_ends(first, last), counted.counter
    # All lists that begin in the same period ask for the same days.
    stages_at = carry_stages(programs.index, ends, filterset.day)
    days = zip(ends, stages_at, _find_others(filterset, programs, ends), strict=True)
    return [_count(programs, end, stages, others, end == ends[-1]) for end, stages, others in days]


def find_ends(first, last):
    """Return the last days of the months, quarters, years, … from the day `first` on, and the day `last` as the end."""
    span = (last.year - first.year) * 12 + last.month - first.month
    step = next(step for step in STEPS if span // step + 2 <= MOST)
    month = (first.year * 12 + first.month - 1) // step * step
    ends = []
    while (end := _find_month_end(month + step - 1)) < last:
        ends.append(end)
        month += step
    return [*ends, last]


def _find_month_end(month):
    """Return the last day of a month counted from that of year 0; the last day that there is beyond the calendar."""
    year, number = divmod(month + 1, 12)
    return datetime.date(year, number + 1, 1) - datetime.timedelta(1) if year <= datetime.MAXYEAR else datetime.date.max


def _find_first_day(day, programs):
    told = _narrow_to(Development.objects.counted(**day), programs)
    return told.order_by().aggregate(first=Min("effective_day"))["first"]


def _count(programs, end, stages, others, is_last):
    matching = programs.match_stages(stages, others)
    phases = {phase: reached.intersection_cardinality(matching) for phase, reached in group_phases(stages)}
    return Period(end, len(matching), phases, is_last)


def _find_others(filterset, programs, ends):
    """Return for each end what the parameters of the day, and those without a bitmap, leave; None if none is asked."""
    asked = [name for name in OF_A_DAY if name in filterset.find_given()]
    if not asked:
        return [None] * len(ends)
    rest = _find_rest(filterset, programs)
    # But for `until`, what holds on an earlier day holds still.
    still = programs.find_kept(asked) if UNTIL not in asked else None
    turned = {name: _find_turned(filterset.find_turns(name), ends, still) for name in asked}
    return [
        reduce(lambda left, name: left - turned[name][n] if name == UNTIL else left & turned[name][n], asked, rest)
        for n in range(len(ends))
    ]


def _find_rest(filterset, programs):
    """Return what the parameters leave that have no bitmap and ask about no day; all programs if there are none."""
    without = (*LASTING, WORDS, *OF_A_DAY)
    if not filterset.find_given(without):
        return programs.kept[ALL]
    return BitMap(filterset.narrow(without).values_list("pk", flat=True))


def _find_turned(turns, ends, still):
    """Return for each end the programs with one of the developments `turns` by then; only `still` matter if given."""
    rows = turns.exclude(program=None) if still is None else _narrow_to(turns, still)
    begun = [BitMap() for _ in ends]
    for program, first in rows.order_by().values_list("program").annotate(first=Min("effective_day")):
        begun[min(bisect_left(ends, first), len(ends) - 1)].add(program)
    return list(accumulate(begun, or_))


def _narrow_to(developments, programs):
    """Return `developments` of programs; of those in `programs` alone if they are few enough to be named."""
    named = {"program__in": list(programs)} if len(programs) <= FEW else {"program__isnull": False}
    return developments.filter(**named)
