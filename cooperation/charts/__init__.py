"""Numbers become the geometry of inline SVG: coordinates ready to be written, as text with a decimal point.

Pure: nothing here asks the database or knows a request. Whoever calls brings labels and addresses, the templates of
`templates/pictures/` write the elements and their words. Sizes are CSS pixels, shares are percent.
"""

from cooperation.charts.grids import Cell, Entry, Grid, Row, build_matrix, build_trend
from cooperation.charts.ledgers import Bar, Ledger, build_ledgers
from cooperation.charts.timelines import Lane, Mark, Moment, Span, Timeline, build_timeline

__all__ = [
    "Bar",
    "Cell",
    "Entry",
    "Grid",
    "Lane",
    "Ledger",
    "Mark",
    "Moment",
    "Row",
    "Span",
    "Timeline",
    "build_ledgers",
    "build_matrix",
    "build_timeline",
    "build_trend",
]
