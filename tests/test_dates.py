"""EDTF dates to strict bounds."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from cooperation import dates


def day(text):
    return datetime.date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("written", "earliest", "latest"),
    [
        ("2026-02-09", "2026-02-09", "2026-02-09"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025~", "2025-01-01", "2025-12-31"),
        ("2025-02%", "2025-02-01", "2025-02-28"),
        ("2025-XX", "2025-01-01", "2025-12-31"),
        ("202X", "2020-01-01", "2029-12-31"),
        ("2025-21", "2025-03-01", "2025-05-31"),
        ("2025/2026-02", "2025-01-01", "2026-02-28"),
        ("../2022-12-31", None, "2022-12-31"),
        ("2024-01/..", "2024-01-01", None),
    ],
)
def test_bounds_of_edtf_are_strict(written, earliest, latest):
    assert dates.parse_bounds(written) == (day(earliest), day(latest))


@pytest.mark.parametrize(
    "written",
    [
        "2025-02/",
        "/2025",
        "../..",
        "..",
        "2025-13-40",
        "2025-02-29",
        "0000-01-01",
        "2025-21-03",
        "soon",
        "",
        "Y12000",
        "２０２５",
        "2026-02-09T10:00:00Z",
        "2025-1",
    ],
)
def test_bounds_of_what_is_no_date_are_refused_in_words(written):
    with pytest.raises(ValidationError) as refusal:
        dates.parse_bounds(written)
    assert refusal.value.messages == [f"“{written}” is not a date that can be read; {dates.ALLOWED}."]


def test_bounds_of_an_interval_that_runs_backwards_are_refused():
    with pytest.raises(ValidationError, match="ends before it begins"):
        dates.parse_bounds("2026/2025")


def test_day_takes_only_whole_days():
    assert dates.parse_day("2024-02-29") == datetime.date(2024, 2, 29)
    for written in ("2025-02-29", "2025-02", "20250209", "2025-2-9"):
        with pytest.raises(ValidationError, match="is not a day"):
            dates.parse_day(written)
