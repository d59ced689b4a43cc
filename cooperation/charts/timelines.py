"""A timeline: a lane for each program, a sign where its stage moved, and between two signs how long it lasted."""

import datetime
from dataclasses import dataclass

from cooperation.charts.drawing import TARGET, find_sign, write

WIDTH = 720
EDGE = 14  # half a sign, so that none is cut off
LANE = 58
NAME_Y = 17
LINE_Y = 40
AXIS = 26
SIGN = 9  # room on either side of the middle of a sign, in which no line is drawn
MOST_MARKS = 24  # of a lane; more would not fit beside each other
MOST_TICKS = 6
STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 12_000)  # months between two ticks


@dataclass(frozen=True)
class Moment:
    """A move of a program: its day, the label and colour token of the stage, and the address of the development."""

    day: datetime.date
    label: str
    colour: str
    address: str


@dataclass(frozen=True)
class Mark:
    """A move as drawn: at `x` is its sign, at `true_x` its day; they differ where signs would cover each other."""

    moment: Moment
    sign: str
    x: str
    true_x: str
    target_x: str


@dataclass(frozen=True)
class Span:
    """How long a stage lasted."""

    colour: str
    start: str
    end: str


@dataclass(frozen=True)
class Lane:
    """A program: its name and address, and its moves; `left_out` earlier ones are not drawn."""

    label: str
    address: str
    y: str
    name_y: str
    line_y: str
    target_y: str
    marks: tuple
    spans: tuple
    left_out: int


@dataclass(frozen=True)
class Timeline:
    """A drawn timeline; a tick is a pair of a first of a month and its place. `has_more` is as it was given."""

    width: str
    height: str
    axis_y: str
    ticks: tuple
    lanes: tuple
    first: datetime.date
    last: datetime.date
    has_more: bool


def build_timeline(stories, last, has_more=False):
    """Return the `Timeline` up to the day `last`; None without any move. `has_more` says that there are more programs.

    `stories` are (label, address, moments) triples in the order of the lanes, moments in the order of their days.
    """
    told = [(label, address, moments[-MOST_MARKS:], len(moments[:-MOST_MARKS])) for label, address, moments in stories]
    days = [moment.day for _, _, moments, _ in told for moment in moments]
    if not days:
        return None
    first, last = min(days), max(*days, last)
    scale = _Scale(first, last)
    lanes = tuple(_build_lane(number, *lane, scale) for number, lane in enumerate(told))
    axis_y = len(lanes) * LANE
    return Timeline(write(WIDTH), write(axis_y + AXIS), write(axis_y), scale.find_ticks(), lanes, first, last, has_more)


class _Scale:
    """Places days between two edges."""

    def __init__(self, first, last):
        self.first, self.last = first, last
        self.days = max(1, (last - first).days)

    def place(self, day):
        """Return the place of a day in pixels."""
        return EDGE + (WIDTH - 2 * EDGE) * (day - self.first).days / self.days

    def find_ticks(self):
        """Return (first of a month, its place) pairs, few enough for their words."""
        start, end = (day.year * 12 + day.month - 1 for day in (self.first, self.last))
        step = next(step for step in STEPS if (end - start) // step <= MOST_TICKS)
        months = range((start // step + 1) * step, end + 1, step)
        days = [datetime.date(month // 12, month % 12 + 1, 1) for month in months]
        return tuple((day, write(self.place(day))) for day in days if self.place(day) < WIDTH - 2 * TARGET)


def _build_lane(number, label, address, moments, left_out, scale):
    y, days = number * LANE, [moment.day for moment in moments]
    places = _spread([scale.place(day) for day in days])
    marks = tuple(
        Mark(moment, find_sign(moment.colour), write(x), write(scale.place(moment.day)), write(x - TARGET / 2))
        for moment, x in zip(moments, places, strict=True)
    )
    starts = [place + SIGN for place in places]
    ends = [*(place - SIGN for place in places[1:]), scale.place(scale.last)][: len(moments)]
    spans = tuple(
        Span(moment.colour, write(start), write(end))
        for moment, start, end in zip(moments, starts, ends, strict=True)
        if end > start
    )
    lines = (y, y + NAME_Y, y + LINE_Y, y + LINE_Y - TARGET / 2)
    return Lane(label, address, *map(write, lines), marks, spans, left_out)


def _spread(places):
    """Return rising `places` moved as little as it takes to keep signs from covering each other or leaving the lane."""
    spread, least = [], EDGE
    for place in places:
        spread.append(max(place, least))
        least = spread[-1] + TARGET
    most = WIDTH - EDGE
    for number in range(len(spread) - 1, -1, -1):
        spread[number] = min(spread[number], most)
        most = spread[number] - TARGET
    return spread
