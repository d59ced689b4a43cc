"""Promises whose day has passed: one rule for pages and staff."""

import datetime

import pytest

from cooperation.claims import find_overdue
from tests.claims.making import make, number

TODAY = datetime.date(2026, 6, 1)
DUE = {"due": "2026-03", "due_latest": "2026-03-31"}
NUMBERED = make("six", "pledged", "2026-01-01", (6, "aircraft"), **DUE)
BARE = make("bare", "pledged", "2026-01-01", **DUE)


def find(*developments, today=TODAY):
    return [(late.development.slug, late.days) for late in find_overdue(developments, today)]


def test_promise_is_overdue_from_the_day_after_its_last():
    assert find(BARE, today=datetime.date(2026, 3, 31)) == []
    assert find(BARE, today=datetime.date(2026, 4, 1)) == [("bare", 1)]
    assert find(BARE) == [("bare", 62)]


def test_promise_without_an_end_is_never_overdue():
    assert find(make("open", "pledged", "2026-01-01", due="2026/..")) == []


@pytest.mark.parametrize(
    ("stage", "value", "is_late"),
    [("partly-delivered", 5, True), ("delivered", 6, False), ("in-service", 7, False), ("contracted", 6, True)],
)
def test_promise_of_a_number_is_kept_once_so_many_are_delivered(stage, value, is_late):
    assert bool(find(NUMBERED, make("later", stage, "2026-02-01", (value, "aircraft")))) is is_late


def test_overdue_promise_says_what_was_needed_and_delivered():
    (late,) = find_overdue([NUMBERED, make("later", "delivered", "2026-02-01", (5, "aircraft"))], TODAY)
    assert (late.unit, late.needed, late.delivered) == ("aircraft", 6, 5)


@pytest.mark.parametrize(("value", "is_late"), [(44, True), (45, False)])
def test_promise_is_kept_by_the_least_that_it_said(value, is_late):
    about = make("about", "pledged", "2026-01-01", number(50, "about"), **DUE)
    assert bool(find(about, make("later", "delivered", "2026-02-01", (value, "aircraft")))) is is_late


@pytest.mark.parametrize("quantity", [None, number(None, "undisclosed"), number(50, per="month"), number(6, "up-to")])
def test_promise_without_a_least_number_is_kept_by_any_delivery_from_its_day_on(quantity):
    promise = make("vague", "pledged", "2026-01-01", quantity, **DUE)
    assert find(promise, make("before", "delivered", "2025-12-31", (1, "aircraft"))) == [("vague", 62)]
    assert find(promise, make("same-day", "delivered", "2026-01-01", (1, "aircraft"))) == []
    assert find(promise, make("after", "completed", "2026-05-01")) == []


def test_deliveries_without_a_number_keep_a_promise_of_a_number():
    hidden = number(None, "undisclosed")
    assert find(NUMBERED, make("before", "delivered", "2025-12-31", hidden)) == [("six", 62)]
    assert find(NUMBERED, make("after", "delivered", "2026-02-01", hidden)) == []


@pytest.mark.parametrize(("value", "is_late"), [(4, True), (5, False)])
def test_additional_promise_counts_from_what_was_delivered_on_its_day(value, is_late):
    two_more = make("two-more", "pledged", "2026-01-01", number(2, basis="additional"), counted_in_id=6, **DUE)
    before = make("before", "delivered", "2025-10-24", (3, "aircraft"))
    assert bool(find(two_more, before, make("later", "delivered", "2026-02-01", (value, "aircraft")))) is is_late


def test_deprecated_promises_and_deliveries_do_not_count():
    wrong = {"rank": "deprecated", "rank_reason": "A misreading."}
    assert find(make("wrong", "pledged", "2026-01-01", **DUE, **wrong)) == []
    assert find(BARE, make("denied", "delivered", "2026-02-01", **wrong)) == [("bare", 62)]


def test_statement_of_a_later_stage_can_promise_and_a_delivery_cannot():
    assert find(make("ready", "preparing", "2026-01-01", **DUE)) == [("ready", 62)]
    assert find(make("there", "delivered", "2026-01-01", (1, "aircraft"), **DUE)) == []
