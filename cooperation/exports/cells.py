"""Cells of CSV and XLSX: what each type looks like, and texts that no spreadsheet may run.

A spreadsheet that opens a CSV file takes a cell for a formula if it begins with `=`, `+`, `-`, `@`, a tab or a carriage
return, some also after blanks or quotes or in full width. Such a cell is written with an apostrophe in front, as OWASP
advises. Nothing is taken away or replaced, and whoever reads the file gets the text back by a rule without exceptions:
a cell that begins with an apostrophe, and of which the rest is such a cell again, has one apostrophe too many. XLSX
needs no sign: there a cell of type text is never a formula.
"""

import datetime
import re
from decimal import Decimal

from cooperation.exports.columns.column import CODE, ID, SEPARATOR

RISK = re.compile(r"[\s\"'\ufeff]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
SIGN = "'"
LINE_ENDS = re.compile("\r\n|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")  # readers disagree on whether a row ends there
UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")  # no place in XML, nor in a text file
MOST_CHARACTERS = 32_767  # in a cell of a spreadsheet
CUT = " […]"
SAFE = (CODE, ID)  # of our own making: small letters, digits and hyphens
EXACT_DIGITS = Decimal(10**15)  # a spreadsheet keeps fifteen digits of a number
FIRST_YEAR = 1901  # spreadsheets disagree about days before


def write_cell(value, type_):
    """Return a value as CSV writes it."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value if type_ in SAFE else defuse(value)
    if isinstance(value, list | tuple):
        return SEPARATOR.join(value) if type_ in SAFE else defuse(SEPARATOR.join(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return write_number(value) if isinstance(value, Decimal) else write_time(value)


def write_time(value):
    """Return a moment or a day in ISO 8601; any other value as it writes itself."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return str(value)


def write_number(number):
    """Return a decimal number without the zeros that its column adds."""
    return f"{number:f}".rstrip("0").rstrip(".") if number % 1 else f"{number:.0f}"


def defuse(text):
    """Return `text` so that no spreadsheet runs it; `arm` undoes it."""
    text = clean(text)
    return SIGN + text if RISK.match(text) else text


def arm(cell):
    """Return the text of a cell that `defuse` wrote."""
    return cell[1:] if cell.startswith(SIGN) and RISK.match(cell, 1) else cell


def clean(text):
    """Return `text` with plain line ends, and with � for signs that no file can hold."""
    if text.isprintable():
        return text
    return UNWRITABLE.sub("\ufffd", LINE_ENDS.sub("\n", text))


def build_cell(value):
    """Return a value as XLSX takes it: a number, a day, a moment, a truth, or a text within the bounds of a cell."""
    if isinstance(value, list | tuple):
        value = SEPARATOR.join(value)
    if isinstance(value, str):
        text = clean(value)
        return text if len(text) <= MOST_CHARACTERS else text[: MOST_CHARACTERS - len(CUT)] + CUT
    if isinstance(value, Decimal):
        return _build_number(value)
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).replace(tzinfo=None, microsecond=0)
    if isinstance(value, datetime.date):
        return value if value.year >= FIRST_YEAR else value.isoformat()
    return value


def _build_number(number):
    if abs(number) >= EXACT_DIGITS:
        return write_number(number)
    return float(number) if number % 1 else int(number)
