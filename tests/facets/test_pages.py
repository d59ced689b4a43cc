"""The keys of a page: walked back from a day or ordered by the database, they are the same."""

import datetime
import re

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from cooperation import ledger
from cooperation.facets import count, find_page, orders, pages
from cooperation.filters import ProgramFilter
from cooperation.models import Program
from tests import factories
from tests.facets.worlds import bind, make_random_world
from tests.keeping import once

pytestmark = pytest.mark.django_db
QUERIES = ["as_of=2026-02-05", "known_on=2026-02-09", "as_of=2026-02-03&sort=updated", "as_of=2026-02-05&mode=training"]
QUERIES += [
    "as_of=2026-02-05&until=2026-02-04",
    "as_of=2026-02-05&since=2026-02-03",
    "known_on=2026-02-09&until=2999-01-01",
]
SORTS = ["", "-updated", "stage", "-stage", "name", "-name"]


@pytest.fixture
def programs():
    make_programs()


@once
def make_programs():
    """Publish nine programs with two developments each, many of them on the same day."""
    world = factories.make_world()
    late = factories.make_article(world["publisher"], published=datetime.date(2026, 3, 1))
    made = [late]
    with ledger.writing():
        for number in range(9):
            mode = "training" if number % 2 else "supply"
            program = factories.make_program(world["partnership"], slug=f"program-{9 - number}", mode=mode)
            days = (f"2026-02-0{1 + number % 4}", f"2026-02-0{4 + number % 3}")
            told = [factories.make_development(program, date=day) for day in days]
            for development, article in zip(told, (world["article"], late), strict=True):
                factories.make_citation(article, development)
            made += [program, *told]
        ledger.publish(made)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize(("few", "step"), [(5_000, 1_000), (0, 1), (1, 2), (3, 3), (3, 1_000)])
def test_pages_are_those_of_the_filterset(programs, monkeypatch, query, few, step):
    monkeypatch.setattr(orders, "FEW", few)
    monkeypatch.setattr(orders, "STEP", step)
    filterset = ProgramFilter(QueryDict(query), queryset=Program.objects.visible())
    counted = count(filterset)
    expected = [row.pk for row in filterset.qs]
    assert len(expected) == counted.total > 3
    for start, stop in ((0, 2), (2, 5), (3, 100), (0, 100), (100, 200)):
        assert find_page(filterset, start, stop, counted) == expected[start:stop]


@pytest.mark.parametrize("noun", ["programs", "developments"])
@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize(("few", "least", "met"), [(0, 1, 0), (3, 1, 0), (6, 4, 0), (3, 1, 8)])
def test_pages_by_groups_are_those_of_the_filterset(monkeypatch, noun, sort, few, least, met):
    make_random_world(seed=31)
    monkeypatch.setattr(orders, "MET", met)
    monkeypatch.setattr(orders, "MANY", 2 * few)
    monkeypatch.setattr(orders, "FEW", few)
    monkeypatch.setattr(orders, "MANY_ENOUGH", few)
    monkeypatch.setattr(orders, "LEAST", least)
    monkeypatch.setattr(orders, "NAMES", least)
    for more in ("", "&category=air-defence", "&as_of=2026-01-15"):
        filterset = bind(noun, f"sort={sort}{more}")
        counted = count(filterset)
        expected = [row.pk for row in filterset.qs]
        for start in range(0, counted.total + 3, 2):
            assert find_page(filterset, start, start + 3, counted) == expected[start : start + 3], (start, more)
        assert find_page(filterset, 0, counted.total, counted) == expected


@pytest.mark.parametrize("sort", ["", "-updated", "name", "-name"])
def test_pages_of_articles_are_those_of_the_filterset(monkeypatch, sort):
    make_random_world(seed=31)
    monkeypatch.setattr(orders, "FEW", 1)
    monkeypatch.setattr(orders, "MANY_ENOUGH", 1)
    monkeypatch.setattr(orders, "LEAST", 1)
    monkeypatch.setattr(orders, "NAMES", 2)
    monkeypatch.setattr(orders, "MET", 0)
    for more in ("", "&mode=supply", "&known_on=2026-01-15"):
        filterset = bind("articles", f"sort={sort}{more}")
        counted = count(filterset)
        expected = [row.pk for row in filterset.qs]
        for start in range(counted.total + 1):
            assert find_page(filterset, start, start + 2, counted) == expected[start : start + 2], (start, more)


@pytest.mark.parametrize("sort", SORTS)
def test_late_page_skips_no_rows(monkeypatch, sort):
    make_random_world(seed=31)
    monkeypatch.setattr(orders, "FEW", 3)
    monkeypatch.setattr(orders, "MANY_ENOUGH", 3)
    monkeypatch.setattr(orders, "NAMES", 2)
    monkeypatch.setattr(orders, "MET", 0)
    filterset = bind("developments", f"sort={sort}")
    counted = count(filterset)
    counted.counter.read(["day", "stage"])
    with CaptureQueriesContext(connection) as captured:
        find_page(filterset, counted.total - 2, counted.total, counted)
    skipped = re.findall(r"OFFSET (\d+)", " ".join(query["sql"] for query in captured))
    assert set(skipped) <= {"1"}  # to the second of two names


def test_first_rows_of_many_wait_for_no_others(monkeypatch):
    make_random_world(seed=31)
    monkeypatch.setattr(orders, "FEW", 3)
    monkeypatch.setattr(orders, "MANY_ENOUGH", 3)
    monkeypatch.setattr(orders, "LEAST", 1)
    filterset = bind("developments")
    counted = count(filterset)
    counted.counter.read(["day"])
    with CaptureQueriesContext(connection) as captured:
        first = next(pages.stream_pages(filterset, 0, counted.total, counted))
    assert len(captured) == 1
    assert 0 < len(first) < counted.total
    assert first == find_page(filterset, 0, len(first), counted)


def test_all_rows_of_a_past_day_come_oldest_first_as_well(monkeypatch):
    make_random_world(seed=31)
    monkeypatch.setattr(orders, "FEW", 0)
    filterset = bind("programs", "as_of=2026-01-15&sort=-updated")
    counted, expected = count(filterset), list(filterset.qs.values_list("pk", flat=True))
    for most in (2, 200_000):  # what is more is ordered by the database
        monkeypatch.setattr(orders, "MOST_WALKED", most)
        assert find_page(filterset, 0, counted.total, counted) == expected
