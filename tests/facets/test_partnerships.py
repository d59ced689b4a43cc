"""Partnerships counted and ordered from bitmaps are those of the filterset, on any day."""

import random

import pytest

from cooperation.facets import count, find_page, partnerships
from cooperation.models import Official, Publisher
from tests.facets.worlds import DAYS, bind, make_random_world

pytestmark = pytest.mark.django_db
SORTS = ["", "updated", "-updated", "name", "-name"]


def list_queries(seed):
    """Return what may be asked about a day, some of it drawn."""
    chance = random.Random(seed)
    told = [("official", record.slug) for record in Official.objects.all()]
    told += [("publisher", record.slug) for record in Publisher.objects.all()]
    days = ["", *(f"&{clock}={day}" for clock in ("as_of", "known_on") for day in filter(None, DAYS))]
    days.append("&as_of=2026-01-15&known_on=2026-01-15")
    for day in days:
        yield day
        yield f"since={chance.choice(DAYS)}{day}"
        yield f"until={chance.choice(DAYS)}&since={chance.choice(DAYS)}{day}"
        for name, slug in told:
            yield f"{name}={slug}{day}"
        yield f"{'&'.join(f'{name}={slug}' for name, slug in chance.sample(told, 2))}&mode=supply{day}"


@pytest.mark.parametrize("seed", [41, 42, 43])
def test_rows_and_pages_are_those_of_the_filterset(seed):
    make_random_world(seed)
    chance, found = random.Random(seed), set()
    for query in list_queries(seed):
        filterset = bind("partnerships", f"{query}&sort={chance.choice(SORTS)}")
        assert filterset.is_valid(), (query, filterset.errors)
        counted, expected = count(filterset), [row.pk for row in filterset.qs]
        assert (counted.total, sorted(counted.matching)) == (len(expected), sorted(expected)), filterset.data
        for start, stop in ((0, 1), (1, 3), (0, 10)):
            assert find_page(filterset, start, stop, counted) == expected[start:stop], filterset.data
        found.add(len(expected))
    assert len(found) > 2  # some of it narrows


@pytest.mark.parametrize("query", ["", "mode=supply", "as_of=2026-01-15"])
def test_those_of_many_programs_are_found_as_those_of_few(monkeypatch, query):
    make_random_world(seed=6)
    counted = count(bind("partnerships", query))
    assert counted.total >= 1
    monkeypatch.setattr(partnerships, "DENSE", 0)
    assert count(bind("partnerships", query)) == counted
