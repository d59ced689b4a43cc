"""Bytes of the Kiel tracker's workbook to rows: the main sheet, with its header in the first row."""

import datetime

from django.utils import timezone

from cooperation.imports.tables import Row, Table, find_columns, unreadable
from cooperation.imports.workbooks import read_sheet

SHEET = "Bilateral Assistance, MAIN DATA"
COLUMNS = {
    "package": ("ID",),
    "donor": ("Countries", "Country"),
    "announced": ("Announcement Date",),
    "aid": ("Type of Aid General",),
    "aid_specific": ("Type of Aid Specific",),
    "currency": ("Original Currency",),
    "donation": ("Type of donation", "Type of donation (Allocation / Commitment)"),
    "value": ("Monetary Value as Given by Source",),
    "item": ("Items", "Item"),
    "item_type": ("Type of Item",),
    "item_subtype": ("Sub-type of item",),
    "units": ("No. of Units",),
    "delivered": ("No. of Units Delivered (in-kind military aid)", "No. of Units Delivered"),
    "official": ("Official Source",),
    "source": ("Source of Aid 1", "Source of Aid"),
    "source_2": ("Source of Aid 2",),
    "source_3": ("Source of Aid 3",),
    "source_4": ("Source of Aid 4",),
    "delivery_source": ("Source for Delivery",),
}
NEEDED = ("package", "donor", "announced", "aid", "donation", "item", "units", "source")


def read_packages(data, file, day=None):
    """Return the `Table` of the main sheet in a workbook; its day is `day`, or else that of its latest announcement.

    Raise BundleError, in words and with the row, if it is no such workbook. Columns that are missing, and that a claim
    can do without, are told in the notes.
    """
    lines = list(read_sheet(data, file, SHEET))
    if not lines:
        raise unreadable(file, 1, f"the sheet “{SHEET}” is empty.")
    number, header = lines[0]
    columns = find_columns(header, COLUMNS, NEEDED, file, number)
    rows = [
        Row(n, {name: cells[at] if at < len(cells) else None for name, at in columns.items()}) for n, cells in lines[1:]
    ]
    rows = [row for row in rows if any(cell not in (None, "") for cell in row.cells.values())]
    missing = [COLUMNS[name][0] for name in COLUMNS if name not in columns]
    notes = [f"columns that are missing, and were done without: {', '.join(missing)}"] if missing else []
    return Table(file, [_whole(row) for row in rows], day or _find_day(rows, file), notes)


def _whole(row):
    return Row(row.number, {name: row.cells.get(name) for name in COLUMNS})


def _find_day(rows, file):
    today = timezone.now().date()
    cells = (row.cells["announced"] for row in rows)
    days = [cell.date() if isinstance(cell, datetime.datetime) else cell for cell in cells if _is_day(cell)]
    if past := [day for day in days if day <= today]:
        return max(past)
    raise unreadable(file, 1, "no announcement has a day, so the file has none; give it with --day.")


def _is_day(cell):
    return isinstance(cell, datetime.date)  # which a datetime is, too
