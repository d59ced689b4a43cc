"""Spans, totals and what is missing, in words."""

import datetime
from decimal import Decimal

import pytest

from cooperation.choices import Step
from cooperation.claims import Kind, Span, build_promises, build_total, claims_of, sum_totals
from cooperation.templatetags import claims
from tests.claims.making import make, money, number


def span(*numbers):
    return Span(*(None if n is None else Decimal(n) for n in numbers))


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((6, 6, 6), "6 aircraft"),
        ((0, 0, 0), "0 aircraft"),
        ((5, 6, 7), "5 to 7, best 6 aircraft"),
        ((6, 6, None), "at least 6 aircraft"),
        ((8, 9, None), "at least 8, best 9 aircraft"),
        ((0, 6, 6), "up to 6 aircraft"),
        ((1350, 1500, 1650), "1,350 to 1,650, best 1,500 aircraft"),
        ((0, None, 6), "not known, at most 6 aircraft"),
        ((0, None, None), "not known"),
        ((None, None, None), ""),
    ],
)
def test_span_of_units_in_words(numbers, words):
    assert claims.span_words(span(*numbers), "aircraft") == words


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((90, 90, 90), "EUR 90"),
        ((5_000_000, 6_000_000, 7_000_000), "EUR 5 million to EUR 7 million, best EUR 6 million"),
        ((80, 90, None), "at least EUR 80, best EUR 90"),
    ],
)
def test_span_of_money_names_its_currency_each_time(numbers, words):
    assert claims.span_words(span(*numbers), "EUR", Kind.AMOUNT) == words


def total(*developments):
    return build_total(Step.PROMISED, claims_of(developments, Kind.QUANTITY))


def test_number_of_one_claim_links_to_its_words():
    found = total(make("six", "pledged", "2025-01-01", (6, "aircraft")))
    assert claims.step_words(found, "aircraft") == '<a href="#six">6 aircraft</a>'
    assert claims.step_words(found, "aircraft", "/programs/jets/") == '<a href="/programs/jets/#six">6 aircraft</a>'


def test_number_of_several_claims_links_to_each():
    found = total(
        make("six", "pledged", "2025-01-01", (6, "aircraft")),
        make("more", "pledged", "2025-02-01", number(2, basis="additional")),
    )
    assert claims.step_words(found, "aircraft") == (
        '8 aircraft <span class="remark">= <a href="#six">6 aircraft</a> + <a href="#more">2 more aircraft</a></span>'
    )


def test_claims_without_number_are_linked_and_silence_is_said():
    found = total(make("secret", "pledged", "2025-01-01", number(None, "classified")))
    assert claims.step_words(found, "aircraft") == (
        ' <span class="remark">claimed without a number: <a href="#secret">classified</a></span>'
    )
    assert claims.step_words(total(), "aircraft") == '<span class="quiet">not stated</span>'


@pytest.mark.parametrize(
    ("qualifier", "words"), [("exact", "4 of 6 aircraft"), ("about", "3.8 to 4.2, best 4 aircraft")]
)
def test_open_in_words(qualifier, words):
    told = [
        make("six", "pledged", "2025-01-01", (6, "aircraft")),
        make("two", "delivered", "2025-02-01", number(2, qualifier)),
    ]
    (promise,) = build_promises(told, datetime.date(2025, 6, 1))
    assert claims.open_words(promise) == words


def test_missing_numbers_in_words():
    told = [
        make(slug, "pledged", "2025-01-01", number(None, "undisclosed"), program=n) for n, slug in ((1, "a"), (2, "b"))
    ]
    told.append(make("six", "pledged", "2025-01-01", (6, "aircraft"), program=2))
    (row,) = sum_totals(told).quantities
    (missing,) = row.steps[Step.PROMISED.position].without_number
    assert claims.missing_words(missing) == "not disclosed: 2 claims, 1 program not in the number"


def test_claims_measures_and_grades_in_words():
    both = make(
        "both", "pledged", "2025-01-01", number(2, basis="additional"), amount=money(None, qualifier="classified")
    )
    found = [claim for kind in Kind for claim in claims_of([both], kind)]
    assert [claims.claim_words(claim) for claim in found] == ["2 more aircraft", "classified (EUR)"]
    assert [claims.measure_words("missile"), claims.measure_words("")] == ["missile", "unit not stated"]
    assert claims.measure_words("", Kind.AMOUNT) == "currency not stated"
    assert [claims.reliability_words("B"), claims.reliability_words("")] == ["B · Usually reliable", ""]
    assert claims.ledger_steps() == list(Step)
