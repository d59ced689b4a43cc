"""How many programs a filterset leaves at the end of each of a few periods, by phase: the same list on earlier days."""

import datetime
from dataclasses import dataclass

from django.db.models import Min
from pyroaring import BitMap

from cooperation.choices import Phase
from cooperation.facets.days import find_stages_at
from cooperation.facets.index import group_phases
from cooperation.facets.programs import INDEXED, WORDS
from cooperation.models import Development

MOST = 12
STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 12_000)  # months of a period; the last ones for any two days
FEW = 5_000  # keys that fit into one statement
OF_A_DAY = ("since", "until", "official", "publisher")  # parameters without a bitmap that ask about the day


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
    ends = find_ends(first, last) if first else []
    stages = find_stages_at(ends, filterset.day) if ends else ()
    return [
        _count(filterset, counted.programs, end, then, end == ends[-1]) for end, then in zip(ends, stages, strict=True)
    ]


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
    told = Development.objects.counted(**day).exclude(program=None)
    if len(programs) <= FEW:
        told = told.filter(program__in=list(programs))
    return told.order_by().aggregate(first=Min("effective_day"))["first"]


def _count(filterset, programs, end, stages, is_last):
    matching = programs.match_stages(stages, None if is_last else _find_others(filterset, end))
    phases = {phase: reached.intersection_cardinality(matching) for phase, reached in group_phases(stages)}
    return Period(end, len(matching), {phase: phases[phase] for phase in Phase.values}, is_last)


def _find_others(filterset, end):
    """Return what the parameters that ask about a day and have no bitmap leave at the `end`; None if none is given."""
    if not filterset.find_given().keys() & set(OF_A_DAY):
        return None
    rows = filterset.asked_on(end).narrow((*INDEXED, WORDS))
    return BitMap(rows.values_list("pk", flat=True))
