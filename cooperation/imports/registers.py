"""Bytes of the SIPRI register's CSV export to rows: a preamble, a header, one row for each deal and year."""

import csv
import datetime
import io
import re

from cooperation.imports.tables import MAX_BYTES, MAX_ROWS, Row, Table, check_cell, find_columns, fold_name, unreadable

COLUMNS = {
    "deal": ("SIPRI AT Database ID",),
    "supplier": ("Supplier",),
    "recipient": ("Recipient",),
    "designation": ("Designation",),
    "description": ("Description",),
    "category": ("Armament category",),
    "order": ("Order date",),
    "order_estimate": ("Order date is estimate",),
    "number": ("Numbers delivered",),
    "number_estimate": ("Numbers delivered is estimate",),
    "year": ("Delivery year",),
    "year_estimate": ("Delivery year is estimate",),
    "status": ("Status",),
    "local": ("Local production",),
}
MOST_PREAMBLE = 60  # lines; there are eleven
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_GENERATED = re.compile(r"data generated\W*(.*)", re.IGNORECASE)
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b", re.ASCII)
_DAY_FIRST = re.compile(r"\b(\d{1,2})\W+([a-z]{3,9})\W+(\d{4})\b", re.ASCII | re.IGNORECASE)
_MONTH_FIRST = re.compile(r"\b([a-z]{3,9})\W+(\d{1,2})\W+(\d{4})\b", re.ASCII | re.IGNORECASE)


def read_register(data, file, day=None):
    """Return the `Table` of an export in `data`; its day is `day`, or else the one that its preamble states.

    Raise BundleError, in words and with the line, if it is no such export.
    """
    lines = list(_split(_decode(data, file), file))
    place = _find_header(lines, file)
    number, header = lines[place]
    _refuse_doubled(header, file, number)
    columns = find_columns(header, COLUMNS, COLUMNS, file, number)
    rows = [_read_row(number, cells, header, columns, file) for number, cells in lines[place + 1 :] if any(cells)]
    return Table(file, rows, day or _find_day(lines[:place], file))


def _decode(data, file):
    if not data.strip():
        raise unreadable(file, 1, "is empty.")
    if len(data) > MAX_BYTES:
        raise unreadable(file, 1, f"is larger than {MAX_BYTES // 1_000_000} MB.")
    if data.startswith(b"PK"):
        raise unreadable(file, 1, "is a workbook or an archive; export the register as CSV.")
    for number, line in enumerate(data.split(b"\n"), 1):
        if b"\0" in line:
            raise unreadable(file, number, "holds a NUL byte; this is no CSV text.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise unreadable(file, data[: error.start].count(b"\n") + 1, "is not UTF-8 text.") from error


def _split(content, file):
    """Yield (line, cells) for each row, with the line on which it begins."""
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    begins = 1
    try:
        for count, cells in enumerate(reader):
            if count > MAX_ROWS:
                raise unreadable(file, begins, f"has more than {MAX_ROWS:,} rows; export a part of it.")
            for cell in cells:
                check_cell(cell, file, begins)
            yield begins, [" ".join(cell.split()) for cell in cells]
            begins = reader.line_num + 1
    except csv.Error as error:
        raise unreadable(file, begins, f"is not CSV: {error}.") from error


def _find_header(lines, file):
    for place, (_, cells) in enumerate(lines[:MOST_PREAMBLE]):
        if cells and _is_header(cells):
            return place
    message = f"no line begins with “{COLUMNS['deal'][0]}”, as the header of an export does."
    raise unreadable(file, 1, message)


def _is_header(cells):
    return fold_name(cells[0]) == fold_name(COLUMNS["deal"][0])


def _refuse_doubled(header, file, number):
    names = [fold_name(name) for name in header if name]
    doubled = sorted({name for name in names if names.count(name) > 1})
    if doubled:
        raise unreadable(file, number, f"the header names “{doubled[0]}” twice.")


def _read_row(number, cells, header, columns, file):
    if _is_header(cells):
        raise unreadable(file, number, "is a second header; import one export at a time.")
    if len(cells) != len(header):
        deal = dict(enumerate(cells)).get(columns["deal"], "")
        return Row(number, {"deal": deal}, f"row {number} has {len(cells)} cells, but the header has {len(header)}")
    return Row(number, {name: cells[position] for name, position in columns.items()})


def _find_day(preamble, file):
    for number, cells in preamble:
        match = _GENERATED.search(", ".join(cells))
        if match:
            return _read_day(match[1], file, number)
    raise unreadable(file, 1, "the lines above the header do not say “Data generated: …”; give the day with --day.")


def _read_day(written, file, number):
    """Return the day in words such as “20 January 2025”, “Mon, Jan 20, 2025” or “2025-01-20”."""
    iso, day_first, month_first = (form.search(written) for form in (_ISO_DAY, _DAY_FIRST, _MONTH_FIRST))
    try:
        if iso:
            return datetime.date(*map(int, iso.groups()))
        if day_first:
            return datetime.date(int(day_first[3]), _month(day_first[2]), int(day_first[1]))
        if month_first:
            return datetime.date(int(month_first[3]), _month(month_first[1]), int(month_first[2]))
    except ValueError:
        pass  # the sentence below says it
    raise unreadable(file, number, f"“{written[:60]}” is no day that can be read; give it with --day.")


def _month(name):
    return MONTHS.index(name[:3].lower()) + 1
