"""Quantities, amounts and days in words."""

import datetime
from decimal import Decimal

import pytest
from django.utils import translation

from cooperation.templatetags.figures import (
    amount_entry,
    amount_words,
    date_words,
    day_words,
    quantity_entry,
    quantity_words,
)


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (None, ""),
        ({"value": Decimal(6), "qualifier": "up-to", "unit": "aircraft"}, "up to 6 aircraft"),
        ({"value": Decimal(1), "qualifier": "exact", "unit": "battery"}, "1 battery"),
        ({"value": Decimal(1500), "qualifier": "at-least", "unit": "battery"}, "at least 1,500 batteries"),
        ({"value": Decimal("2.50"), "qualifier": "about", "unit": "radar set"}, "about 2.5 radar sets"),
        ({"min": Decimal(2), "max": Decimal(4), "qualifier": "between", "unit": "launch"}, "between 2 and 4 launches"),
        ({"value": Decimal(2), "qualifier": "exact", "unit": "missile", "basis": "additional"}, "2 more missiles"),
        ({"value": Decimal(50), "qualifier": "exact", "unit": "bomb", "per": "month"}, "50 bombs per month"),
        ({"qualifier": "several", "unit": "missile"}, "several missiles"),
        ({"qualifier": "undisclosed", "unit": "missile"}, "number (missile): not disclosed"),
        ({"qualifier": "classified"}, "number: classified"),
        ({"qualifier": "unknown"}, "number: not known"),
    ],
)
def test_quantity_in_words(quantity, words):
    assert quantity_words(quantity) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (None, ""),
        ({"value": Decimal("90000000.00"), "qualifier": "about", "currency": "EUR"}, "about EUR 90 million"),
        ({"value": Decimal(150_000_000_000), "qualifier": "up-to", "currency": "EUR"}, "up to EUR 150 billion"),
        ({"value": Decimal(3_800_000_000), "qualifier": "exact", "currency": "EUR"}, "EUR 3.8 billion"),
        ({"value": Decimal(16_216_720_524), "qualifier": "exact", "currency": "EUR"}, "EUR 16,216,720,524"),
        ({"value": Decimal("1500000.00"), "qualifier": "exact", "currency": "EUR"}, "EUR 1.5 million"),
        ({"value": Decimal("1250.00"), "qualifier": "exact", "currency": "EUR"}, "EUR 1,250"),
        ({"qualifier": "undisclosed", "currency": "USD"}, "amount (USD): not disclosed"),
    ],
)
def test_amount_in_words(amount, words):
    assert amount_words(amount) == words


def test_heading_is_not_repeated_where_a_number_is_missing():
    assert quantity_entry({"qualifier": "undisclosed", "unit": "missile"}) == "not disclosed (missile)"
    assert amount_entry({"qualifier": "classified"}) == "classified"
    assert quantity_entry({"qualifier": "several", "unit": "missile"}) == "several missiles"
    assert amount_entry({"value": Decimal(5), "qualifier": "exact", "currency": "EUR"}) == "EUR 5"
    assert quantity_entry(None) == amount_entry(None) == ""


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", ""),
        ("2026-02-09", '<time datetime="2026-02-09">9 February 2026</time>'),
        ("2026-02", '<time datetime="2026-02">February 2026</time>'),
        ("2025~", '<time datetime="2025" title="2025~">about 2025</time>'),
        ("2025?", '<time datetime="2025" title="2025?">2025 (uncertain)</time>'),
        ("2025%", '<time datetime="2025" title="2025%">about 2025 (uncertain)</time>'),
        ("2026-21", '<time datetime="2026" title="2026-21">spring 2026</time>'),
        ("2026-24~", '<time datetime="2026" title="2026-24~">about winter 2026</time>'),
        ("2026-02-21", '<time datetime="2026-02-21">21 February 2026</time>'),
        ("2027-XX", '<time datetime="2027" title="2027-XX">2027, month not known</time>'),
        ("2027-XX-XX", '<time datetime="2027" title="2027-XX-XX">2027, month and day not known</time>'),
        ("2027-02-XX", '<time datetime="2027-02" title="2027-02-XX">February 2027, day not known</time>'),
        ("2027-XX-05", '<span class="as-written">2027-XX-05</span>'),
        ("202X", '<span class="as-written">202X</span>'),
        ("../2022-12-31", 'until <time datetime="2022-12-31">31 December 2022</time>'),
        ("2024-01/..", 'since <time datetime="2024-01">January 2024</time>'),
        ("2025/2026-02", '<time datetime="2025">2025</time> to <time datetime="2026-02">February 2026</time>'),
    ],
)
def test_date_in_words(written, words):
    assert date_words(written) == words


@pytest.mark.parametrize(
    ("language", "words"), [("fr", "février 2026"), ("uk", "лютий 2026")], ids=["French", "Ukrainian"]
)
def test_month_is_written_small_in_the_middle_of_a_sentence(language, words):
    with translation.override(language):
        assert date_words("2026-02") == f'<time datetime="2026-02">{words}</time>'


def test_day_in_words():
    assert day_words(datetime.date(2026, 2, 9)) == '<time datetime="2026-02-09">9 February 2026</time>'
    assert day_words(None) == ""
