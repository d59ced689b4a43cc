"""What one figure says, by the examples of the design."""

from decimal import Decimal

import pytest

from cooperation import claims
from cooperation.claims import Kind
from tests.claims.making import make, money, number


@pytest.mark.parametrize(
    ("figure", "span"),
    [
        ({"qualifier": "exact", "value": 6}, (6, 6)),
        ({"qualifier": "up-to", "value": 6}, (0, 6)),
        ({"qualifier": "at-least", "value": 6}, (6, None)),
        ({"qualifier": "about", "value": Decimal(50)}, (45, 55)),
        ({"qualifier": "between", "min": 2, "max": 4}, (2, 4)),
        ({"qualifier": "undisclosed"}, None),
        (None, None),
    ],
)
def test_range_of_a_figure_follows_its_qualifier(figure, span):
    assert claims.range_of(figure) == span


@pytest.mark.parametrize(
    ("inner", "outer", "is_inside"),
    [((2, 2), (0, 6), True), ((7, 7), (0, 6), False), ((7, 7), (6, None), True), ((6, None), (0, 9), False)],
)
def test_lies_inside_compares_both_ends(inner, outer, is_inside):
    assert claims.lies_inside(inner, outer) is is_inside


@pytest.mark.parametrize(
    ("figure", "best"),
    [(number(6, "up-to"), 6), (number(6, "at-least"), 6), (number((2, 5), "between"), Decimal("3.5"))],
)
def test_best_is_the_number_as_stated_or_the_middle(figure, best):
    assert claims.best_of(figure) == best


def test_claims_come_in_time_order_and_from_ledger_steps_alone():
    same_day = {"reported_on": "2025-03-01"}
    told = [
        make("late", "pledged", "2025-02-01", (3, "aircraft"), **same_day),
        make("preparing", "preparing", "2025-01-01", (1, "aircraft")),
        make("further", "delivered", "2025-01-01", (1, "aircraft"), **same_day),
        make("sooner", "partly-delivered", "2025-01-01", (1, "aircraft"), **same_day),
        make("first", "delivered", "2025-01-01", (1, "aircraft")),
        make("bare", "pledged", "2025-01-01"),
        make("whole", "", "2025-01-01", (1, "aircraft")),
    ]
    found = claims.claims_of(told, Kind.QUANTITY)
    assert [(c.development.slug, c.step) for c in found] == [
        ("first", "delivered"),
        ("sooner", "delivered"),
        ("further", "delivered"),
        ("late", "promised"),
    ]


def test_development_with_quantity_and_amount_makes_two_claims():
    both = make("both", "pledged", "2025-01-01", (6, "aircraft"), amount=money(90))
    found = [claim for kind in Kind for claim in claims.claims_of([both], kind)]
    assert [(claim.kind, claim.measure) for claim in found] == [("quantity", "aircraft"), ("amount", "EUR")]
