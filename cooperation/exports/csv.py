"""Rows as CSV (RFC 4180, UTF-8 without a byte order mark, rows end with CR LF): a heading, then nothing but rows."""

import csv
import io

from cooperation.exports.cells import write_cell


def stream_csv(selection):
    """Yield the file piece by piece; the first piece has the heading and the first rows."""
    columns = selection.table.columns
    heading = [[column.name for column in columns]]
    for block in selection.stream_blocks():
        written = [_write_values(values, column.type) for values, column in zip(block, columns, strict=True)]
        yield _write([*heading, *zip(*written, strict=True)])
        heading = []
    if heading:
        yield _write(heading)


def _write_values(values, type_):
    """Return the cells of a column: most values come again and again, and each is written once."""
    cells = {value: write_cell(value, type_) for value in set(values)}
    return [cells[value] for value in values]


def _write(rows):
    page = io.StringIO(newline="")
    csv.writer(page).writerows(rows)
    return page.getvalue().encode()
