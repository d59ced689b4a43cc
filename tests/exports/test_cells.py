"""No cell runs in a spreadsheet, and none loses what it said."""

import datetime
import string
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperation.exports.cells import MOST_CHARACTERS, arm, build_cell, clean, defuse, write_cell
from cooperation.exports.columns.column import ID, NUMBER, TEXT
from tests.exports.reading import RISK

RISKS = [
    "=1+1",
    "+33 1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1",
    "＋1",
    "－1",
    "＠A",
    ' "=1',
    "'=1",
    " =1",
    "\ufeff=1",
]


@pytest.mark.parametrize("text", RISKS)
def test_risky_text_gets_an_apostrophe_and_is_read_back(text):
    assert defuse(text) == f"'{text}"
    assert arm(defuse(text)) == text


@pytest.mark.parametrize("text", ["Caesar", "6 = 6", "l'eau", "'quoted'", "(=1)", "Київ – Париж", "1-2", "…", "a\nb"])
def test_plain_text_stays_as_it_is(text):
    assert defuse(text) == text
    assert arm(text) == text


@given(st.text(alphabet=st.sampled_from(string.printable + "='＝\ufeff\u2028\x85\0é")))
def test_any_text_is_harmless_and_comes_back(text):
    cell = defuse(text)
    assert cell.startswith("'") or not RISK.match(cell)
    assert arm(cell) == clean(text)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [("a\0b\x1bc\ufffe", "a�b�c�"), ("a\u2028b\x85c\x0bd\r\ne", "a\nb\nc\nd\ne"), ("a\tb\nc", "a\tb\nc")],
)
def test_signs_that_no_file_can_hold_are_replaced(text, cleaned):
    assert clean(text) == cleaned


@pytest.mark.parametrize(
    ("value", "type_", "cell"),
    [
        (None, NUMBER, ""),
        (0, NUMBER, "0"),
        (Decimal("0.00"), NUMBER, "0"),
        (Decimal("6.00"), NUMBER, "6"),
        (Decimal("1.50"), NUMBER, "1.5"),
        (Decimal("90000000.00"), NUMBER, "90000000"),
        (False, TEXT, "false"),
        (datetime.date(2026, 2, 9), TEXT, "2026-02-09"),
        (datetime.datetime(2026, 2, 9, 8, 30, 0, 5, tzinfo=datetime.UTC), TEXT, "2026-02-09T08:30:00Z"),
        (["a", "b"], ID, "a; b"),
        (["=a", "b"], TEXT, "'=a; b"),
        ((), TEXT, ""),
    ],
)
def test_value_as_csv_writes_it(value, type_, cell):
    assert write_cell(value, type_) == cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (Decimal("6.00"), 6),
        (Decimal("1.50"), 1.5),
        (Decimal("12345678901234567.00"), "12345678901234567"),
        (datetime.date(2026, 2, 9), datetime.date(2026, 2, 9)),
        (datetime.date(1850, 1, 1), "1850-01-01"),
        (datetime.datetime(2026, 2, 9, 8, tzinfo=datetime.UTC), datetime.datetime(2026, 2, 9, 8)),
        (["a", "b"], "a; b"),
        ("=1+1", "=1+1"),
        ("a\x1b", "a�"),
    ],
)
def test_value_as_xlsx_takes_it(value, cell):
    assert build_cell(value) == cell


def test_text_beyond_a_cell_is_cut_and_says_so():
    cell = build_cell("x" * 40_000)
    assert (len(cell), cell[-4:]) == (MOST_CHARACTERS, " […]")
