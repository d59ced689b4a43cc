"""Cursors lead through the rows in the order of the filterset, whichever way these are found."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cooperation.facets import count, find_after, orders
from cooperation.filters import FILTERS
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
