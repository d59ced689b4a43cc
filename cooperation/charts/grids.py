"""Counts by two values: a matrix, whose cells are the darker the more they hold, and a trend, which draws bars."""

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from cooperation.charts.drawing import find_sign, measure, shorten, write

LEVELS = 4
GAP = 2
PAD = 8
SIGN_ROOM = 22
SLANT = 0.71  # the height of a word that is turned by 45 degrees, as part of its length
LINE = 16
NUMBER_ROOM = 20  # above a bar, for its number


@dataclass(frozen=True)
class Entry:
    """What a row or column stands for: a value, its words, the words as drawn (`lines`), and a colour token."""

    value: str
    label: str
    colour: str = ""
    lines: tuple = ()


@dataclass(frozen=True)
class Shape:
    """How the cells of a grid look."""

    width: int
    height: int
    has_bars: bool = False


@dataclass(frozen=True)
class Head:
    """The words of a row or column and where they stand; a `sign` is a path before them, at `sign_y`."""

    label: str
    lines: tuple
    x: str
    y: str
    colour: str
    sign: str
    sign_y: str
    is_turned: bool


@dataclass(frozen=True)
class Cell:
    """A count with the address of what it counts, empty for 0; `level` runs from 0 to `LEVELS`."""

    row: str
    column: str
    count: int
    address: str
    x: str
    y: str
    width: str
    height: str
    middle: str
    number_y: str
    level: int
    bar_y: str
    bar_height: str


@dataclass(frozen=True)
class Row:
    """A row: its words and a cell for each column."""

    head: Head
    cells: tuple


@dataclass(frozen=True)
class Grid:
    """A drawn grid."""

    width: str
    height: str
    columns: tuple
    rows: tuple


def build_matrix(rows, columns, counts, find_address):
    """Return the `Grid` of `counts`, {(row's value, column's value): count}; `rows` and `columns` are entries.

    `find_address` takes the two values of a cell that is not empty.
    """
    return _build_grid(rows, columns, counts, find_address, Shape(52, 30))


def build_trend(rows, columns, counts, find_address):
    """Return the same with a bar in each cell of a row that has a colour, all bars on one scale."""
    return _build_grid(rows, columns, counts, find_address, Shape(52, 58, has_bars=True))


class _Layout(NamedTuple):
    """Where cells begin, how they look and what the largest of them counts."""

    left: float
    top: float
    shape: Shape
    largest: int

    def find_x(self, place):
        return self.left + place * self.shape.width

    def find_y(self, number):
        return self.top + number * self.shape.height


def _build_grid(rows, columns, counts, find_address, shape):
    left = max((measure(shorten(row.label)) for row in rows), default=0) + PAD
    left += SIGN_ROOM if any(row.colour for row in rows) else 0
    drawn = [row.value for row in rows if row.colour or not shape.has_bars]
    largest = max((n for (row, _), n in counts.items() if row in drawn), default=0)
    layout = _Layout(left, max(map(_find_head_height, columns), default=0) + PAD, shape, largest)
    width = layout.find_x(len(columns)) + max(map(_find_overhang, columns), default=0) + GAP
    return Grid(
        write(ceil(width)),
        write(ceil(layout.find_y(len(rows)) + GAP)),
        tuple(_build_column_head(column, place, layout) for place, column in enumerate(columns)),
        tuple(_build_row(row, number, columns, counts, find_address, layout) for number, row in enumerate(rows)),
    )


def _build_row(row, number, columns, counts, find_address, layout):
    cells = []
    for place, column in enumerate(columns):
        count = counts.get((row.value, column.value), 0)
        address = find_address(row.value, column.value) if count else ""
        cells.append(_build_cell(row, column, count, address, (layout.find_x(place), layout.find_y(number)), layout))
    return Row(_build_row_head(row, number, layout), tuple(cells))


def _build_cell(row, column, count, address, corner, layout):
    (x, y), shape = corner, layout.shape
    has_bar = shape.has_bars and bool(row.colour)
    share = count / layout.largest if layout.largest else 0
    bar = (shape.height - NUMBER_ROOM - GAP) * share if has_bar else 0
    number_y = y + shape.height - GAP - bar - 5 if shape.has_bars else y + shape.height / 2 + 5
    return Cell(
        row=row.label,
        column=column.label,
        count=count,
        address=address,
        x=write(x + GAP / 2),
        y=write(y + GAP / 2),
        width=write(shape.width - GAP),
        height=write(shape.height - GAP),
        middle=write(x + shape.width / 2),
        number_y=write(number_y),
        level=0 if shape.has_bars else ceil(LEVELS * share),
        bar_y=write(y + shape.height - GAP - bar),
        bar_height=write(bar) if bar else "",
    )


def _build_row_head(row, number, layout):
    middle = layout.find_y(number) + layout.shape.height / 2
    x = SIGN_ROOM if row.colour else 0
    sign = find_sign(row.colour)
    return Head(row.label, (shorten(row.label),), write(x), write(middle + 5), row.colour, sign, write(middle), False)


def _build_column_head(column, place, layout):
    middle = layout.find_x(place) + layout.shape.width / 2
    if column.lines:
        y = layout.top - PAD - (len(column.lines) - 1) * LINE
        return Head(column.label, column.lines, write(middle), write(y), "", "", "", False)
    return Head(column.label, (shorten(column.label),), write(middle), write(layout.top - PAD), "", "", "", True)


def _find_head_height(column):
    """Return how high the words of a column stand: in lines, or in one that is turned."""
    return len(column.lines) * LINE if column.lines else measure(shorten(column.label)) * SLANT + LINE


def _find_overhang(column):
    """Return how far the words of the last column may reach beyond it."""
    return 0 if column.lines else measure(shorten(column.label)) * SLANT
