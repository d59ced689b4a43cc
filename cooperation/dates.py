"""EDTF dates: notation kept as written, strict earliest and latest day beside it.

Levels 0 and 1 of the Extended Date/Time Format (https://www.loc.gov/standards/datetime/) without times of day, years
outside 1 to 9999 and intervals with an empty end: `2026-02-09`, `2026-02`, `2025~`, `2025-XX`, `../2022-12-31`.
"""

import calendar
import datetime
import re
from functools import lru_cache
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from edtf import parse_edtf
from edtf.parser.edtf_exceptions import EDTFParseException

ALLOWED = gettext_lazy(
    "use a day, month, year or interval such as 2026-02-09, 2026-02, 2025~, 2026-21, 2025/2026-02 or ../2022-12-31"
)
OPEN = ".."
DAY_FORMATS = {"uk": "j E Y"}  # in Ukrainian a month within a day has another form than alone
LOWER_CASE = {"uk"}  # Django writes a month alone with a capital letter, which only headings have in Ukrainian

_PART = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(-(0[1-9]|1[0-2]|2[1-4]|XX)(-(0[1-9]|[12]\d|3[01]|XX))?)?[?~%]?", re.ASCII)
_MONTH_OR_YEAR = re.compile(r"(?P<year>\d{4})(-(?P<month>0[1-9]|1[0-2]))?[?~%]?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SEASONS = ("21", "22", "23", "24")


class Bounds(NamedTuple):
    """The first and the last day that a date allows; None where it has no bound."""

    earliest: datetime.date | None
    latest: datetime.date | None


def parse_bounds(written):
    """Return the strict `Bounds` of an EDTF string; raise ValidationError in words if it is not one.

    Strict means: a sign of doubt (`~`, `?`, `%`) does not widen the span.
    """
    start, slash, end = written.partition("/")
    first = _parse_part(start, written)
    last = _parse_part(end, written) if slash else first
    bounds = Bounds(first.earliest, last.latest)
    if bounds == (None, None):
        raise _refusal(written)
    if None not in bounds and bounds.earliest > bounds.latest:
        raise ValidationError(_("“%(date)s” ends before it begins."), code="date", params={"date": written})
    return bounds


def digits(written):
    """Return the digits of an EDTF string, as they go into the id of a development."""
    return re.sub(r"\D", "", written)


def parse_day(written):
    """Return the day of a `YYYY-MM-DD` string; raise ValidationError in words if it is not one."""
    if not _DAY.fullmatch(written):
        raise _no_day(written)
    try:
        return datetime.date.fromisoformat(written)
    except ValueError as error:
        raise _no_day(written) from error


def spell_day(day):
    """Return a day, or the day of a moment, written out in the reader's language."""
    # Not the moment itself: two that are equal may stand for two days, each in its own time zone.
    return _spell(datetime.date(day.year, day.month, day.day), get_language())


@lru_cache(maxsize=10_000)  # a list says the same few days again and again
def _spell(day, language):
    return date_format(day, DAY_FORMATS.get(language, "j F Y"))


def spell_month(day):
    """Return the month of a day, written out in the reader's language as in the middle of a sentence."""
    words = date_format(day, "F Y")
    return words.lower() if get_language() in LOWER_CASE else words


@lru_cache(maxsize=10_000)  # the grammar takes 14 ms a date; plain days, months and years go past it
def _parse_part(part, written):
    if part == OPEN and "/" in written:
        return Bounds(None, None)
    if not _PART.fullmatch(part) or (part[5:7] in _SEASONS and len(part) > 8):
        raise _refusal(written)
    try:
        if _DAY.fullmatch(part):
            return Bounds(*[datetime.date.fromisoformat(part)] * 2)
        if plain := _MONTH_OR_YEAR.fullmatch(part):
            return _span_of(int(plain["year"]), plain["month"])
        parsed = parse_edtf(part)
        return Bounds(*(datetime.date(*day[:3]) for day in (parsed.lower_strict(), parsed.upper_strict())))
    except (EDTFParseException, ValueError) as error:  # ValueError: 29 February of a common year, year 0
        raise _refusal(written) from error


def _span_of(year, month):
    """Return the bounds of a month, of the year if `month` is None."""
    first, last = (int(month), int(month)) if month else (1, 12)
    return Bounds(datetime.date(year, first, 1), datetime.date(year, last, calendar.monthrange(year, last)[1]))


def _refusal(written):
    message = _("“%(date)s” is not a date that can be read; %(allowed)s.")
    return ValidationError(message, code="date", params={"date": written, "allowed": ALLOWED})


def _no_day(written):
    message = _("“%(date)s” is not a day; write it as 2026-02-09.")
    return ValidationError(message, code="date", params={"date": written})
