"""Cursors lead through the rows in the order of the filterset, whichever way these are found."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cooperation import ledger
from cooperation.facets import count, find_after, orders
from cooperation.filters import FILTERS
from cooperation.models import Development, Program
from tests.facets.worlds import bind, make_random_world

pytestmark = pytest.mark.django_db
NOUNS = ("programs", "developments", "partnerships")
ORDERS = [
    (noun, sign + name) for noun in NOUNS for name in FILTERS[noun].base_filters["sort"].orders for sign in ("", "-")
]
QUERIES = [
    "",
    "as_of=2026-01-15",
    "as_of=2026-01-04",
    "known_on=2026-01-20&as_of=2026-01-10",
    "as_of=2026-01-20&until=2026-01-10",
]


def walk(filterset, size):
    """Return the primary keys of all rows, met `size` at a time."""
    counted, keys, after = count(filterset, has_facets=False), [], None
    while True:
        found = find_after(filterset, after, size, counted)
        keys += [pk for pk, _, _ in found]
        if len(found) < size:
            return keys
        after = found[-1][1:]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(("noun", "sort"), ORDERS)
@pytest.mark.parametrize(("few", "step", "most"), [(5_000, 1_000, 1_000), (0, 1, 2), (1, 4, 4), (2, 1_000, 1_000)])
def test_rows_after_each_other_are_those_of_the_filterset(monkeypatch, noun, sort, query, few, step, most):
    make_random_world(seed=31)
    for name, value in (("FEW", few), ("STEP", step), ("MOST_READ", most), ("NAMES", 2), ("MET", 0)):
        monkeypatch.setattr(orders, name, value)
    filterset = bind(noun, f"sort={sort}&{query}")
    expected = list(filterset.qs.values_list("pk", flat=True))
    for size in (1, 3):
        assert walk(filterset, size) == expected
    assert len(expected) > 1


def test_rows_of_a_past_day_are_met_without_those_before(monkeypatch):
    """The walk begins with the day of the row before, not with the day asked about."""
    make_random_world(seed=31)
    monkeypatch.setattr(orders, "FEW", 0)
    filterset = bind("programs", "as_of=2026-01-15")
    counted = count(filterset)
    first = find_after(filterset, None, counted.total - 1, counted)
    with CaptureQueriesContext(connection) as captured:
        last = find_after(filterset, first[-1][1:], 2, counted)
    assert len(last) == 1
    assert first[-1][1] in captured[0]["sql"]


@pytest.mark.parametrize("sort", ["stage", "-stage", "updated", "-updated", "name"])
def test_rows_follow_one_that_is_gone(monkeypatch, sort):
    """Each row in turn is hidden after it was met, with all others of its stage or day."""
    for name, value in (("FEW", 0), ("STEP", 1), ("NAMES", 2), ("MET", 0)):
        monkeypatch.setattr(orders, name, value)
    make_random_world(seed=31)
    query = f"sort={sort}&as_of=2026-01-15"
    expected = list(bind("programs", query).qs)
    for place, row in enumerate(expected[:-1]):
        filterset = bind("programs", query)
        after = find_after(filterset, None, place + 1, count(filterset))[-1][1:]
        gone = [other.pk for other in expected if is_alike(row, other, sort)]
        with transaction.atomic():
            ledger.withdraw(Program.objects.filter(pk__in=gone))
            hidden = bind("programs", query)
            rest = [other.pk for other in expected[place + 1 :] if other.pk not in gone]
            assert [pk for pk, *_ in find_after(hidden, after, len(expected), count(hidden))] == rest
            transaction.set_rollback(True)


def is_alike(row, other, sort):
    compared = {"stage": "stage_then", "updated": "latest_then", "name": "pk"}[sort.removeprefix("-")]
    return getattr(row, compared) == getattr(other, compared)


@pytest.mark.parametrize("sort", ["-updated", "updated", "stage", "-stage"])
def test_row_that_is_hidden_since_it_was_counted_is_left_out(monkeypatch, sort):
    for name, value in (("FEW", 0), ("MET", 0)):
        monkeypatch.setattr(orders, name, value)
    make_random_world(seed=31)
    filterset = bind("programs", f"sort={sort}&as_of=2026-01-15")
    counted, expected = count(filterset), list(filterset.qs)
    ledger.withdraw(Development.objects.filter(program=expected[0]))
    found = [pk for pk, *_ in find_after(filterset, None, len(expected), counted)]
    rest = [row.pk for row in expected[1:]]
    assert [pk for pk in found if pk != expected[0].pk] == rest
