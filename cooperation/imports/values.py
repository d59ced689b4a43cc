"""What single cells say: whole numbers, years, and the many forms of “no number” and of dates in the Kiel sheet.

Nothing is guessed: what cannot be read is refused in words. Three ways of the Kiel sheet to give no number stay apart:
`.` or an empty cell says nothing at all; “undisclosed” says that it is kept back, our qualifier `undisclosed`; “Not
given” says that the source leaves it out, our qualifier `unknown`.
"""

import datetime
import re
from decimal import Decimal

from django.core.exceptions import ValidationError

from cooperation import dates
from cooperation.choices import Qualifier
from cooperation.imports.tables import Refused, fold_name

NO_VALUE = {"", "."}
WITHOUT_NUMBER = {"undisclosed": Qualifier.UNDISCLOSED.value, "not given": Qualifier.UNKNOWN.value}
ERROR_TEXTS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")

_WHOLE = re.compile(r"\d{1,12}", re.ASCII)
_NUMBER = re.compile(r"\d{1,14}(\.\d{1,2})?", re.ASCII)
_YEAR = re.compile(r"(19|20)\d{2}", re.ASCII)
_US_DAY = r"(\d{1,2})/(\d{1,2})/(\d{4})"
_DATES = (
    (re.compile(rf"from {_US_DAY} (?:until|to) {_US_DAY}"), lambda p: f"{_day(*p[:3])}/{_day(*p[3:])}"),
    (re.compile(rf"(?:until|up to) {_US_DAY}"), lambda p: f"../{_day(*p)}"),
    (re.compile(rf"(?:from|since) {_US_DAY}"), lambda p: f"{_day(*p)}/.."),
    (re.compile(_US_DAY), lambda p: _day(*p)),
    (re.compile(r"unclear,? (\d{1,2})/(?:20)?(\d{2})"), lambda p: f"20{p[1]}-{int(p[0]):02}?"),
    (re.compile(r"(\d{1,2})/(20\d{2})"), lambda p: f"{p[1]}-{int(p[0]):02}"),
    (re.compile(r"unclear,? (20\d{2})"), lambda p: f"{p[0]}?"),
    (re.compile(r"(20\d{2}-\d{2}-\d{2})(?:[ t]00:00:00)?"), lambda p: p[0]),
    (re.compile(r"(20\d{2})"), lambda p: p[0]),
)


def read_whole(cell, column):
    """Return the whole number in a cell; raise Refused for anything else, such as a number with a comma."""
    if not _WHOLE.fullmatch(cell):
        raise Refused(f"{column} “{cell[:40]}” is no plain whole number")
    return int(cell)


def read_year(cell, column):
    """Return the year in a cell as text; raise Refused for anything else."""
    if not _YEAR.fullmatch(cell):
        raise Refused(f"{column} “{cell[:40]}” is no year")
    return cell


def read_yes(cell, column):
    """Return whether a cell says Yes; an empty one says No. Raise Refused for anything else."""
    if fold_name(cell) not in ("yes", "no", ""):
        raise Refused(f"{column} “{cell[:40]}” is neither Yes nor No")
    return fold_name(cell) == "yes"


def read_text(cell, column):
    """Return the text of a cell on one line, empty for no value; raise Refused for the error of a formula."""
    written = "" if cell is None else " ".join(str(cell).split())
    if written.upper() in ERROR_TEXTS:
        raise Refused(f"the stored value of {column} is the error {written}")
    return "" if written in NO_VALUE else written


def read_figure(cell, column):
    """Return `{value: …}`, `{qualifier: …}` for a number that is kept back or not given, or None for no value.

    Raise Refused for anything else, such as a negative number or one with a comma.
    """
    written = read_text(_plain_number(cell), column)
    if not written:
        return None
    if fold_name(written) in WITHOUT_NUMBER:
        return {"qualifier": WITHOUT_NUMBER[fold_name(written)]}
    if not _NUMBER.fullmatch(written):
        raise Refused(f"{column} “{written[:40]}” is no plain number")
    return {"value": _shortest(Decimal(written))}


def read_date(cell, column):
    """Return the EDTF date of a cell: a day of the calendar, or a text in one of the forms of the Kiel sheet.

    Raise Refused if it is none, or no date that there is.
    """
    if isinstance(cell, datetime.datetime | datetime.date):
        return cell.isoformat()[:10]
    written = read_text(cell, column)
    if not written or fold_name(written) in WITHOUT_NUMBER:
        raise Refused(f"{column} is “{written}”: a claim needs its day" if written else f"{column} is empty")
    for form, write in _DATES:
        if match := form.fullmatch(written.casefold()):
            return _check(write(match.groups()), column, written)
    raise Refused(f"{column} “{written[:60]}” is no date that can be read")


def _day(month, day, year):
    return f"{year}-{int(month):02}-{int(day):02}"


def _check(date, column, written):
    try:
        dates.parse_bounds(date)
    except ValidationError as error:
        raise Refused(f"{column} “{written[:60]}” is no date that there is") from error
    return date


def _plain_number(cell):
    """Return a number of the workbook as it is written out, without the noise of a binary fraction."""
    if isinstance(cell, bool):
        return str(cell)
    return format(Decimal(repr(cell)), "f") if isinstance(cell, float) and cell == cell and abs(cell) < 1e15 else cell


def _shortest(number):
    return int(number) if number == number.to_integral_value() else number
