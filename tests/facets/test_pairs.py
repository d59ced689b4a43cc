"""Two values at once: each count is what the list gives with both, today and on any day."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given, settings

from cooperation.facets import Pairs, count, count_pairs
from tests import factories
from tests.facets.test_programs import build_program_query, days, parameters
from tests.facets.worlds import bind, describe, make_random_world

pytestmark = pytest.mark.django_db


def recount(filterset, rows, columns):
    """Return {(row, column): count} over the rows of a plain query."""
    described = map(describe, filterset.qs)
    return Counter(pair for values in described for pair in product(values[rows], values[columns]))


@pytest.mark.parametrize("seed", [31, 32])
@pytest.mark.parametrize(("rows", "columns"), [("stage", "mode"), ("party", "party")])
def test_pairs_equal_those_of_plain_queries(seed, rows, columns):
    make_random_world(seed)

    @settings(max_examples=20, deadline=None)
    @given(parameters, days)
    def compare(picked, day):
        filterset = bind("programs", build_program_query(picked, day))
        pairs = count_pairs(filterset, count(filterset), rows, columns)
        expected = recount(filterset, rows, columns)
        assert pairs.counts == expected
        assert {value.value for value in pairs.rows} >= {row for row, _ in expected}

    compare()


def click(rows, columns, row, column):
    """Return the number of programs of the list with both values."""
    return count(bind("programs", f"{rows}={row}&{columns}={column}"), has_facets=False).total


@pytest.mark.parametrize(("rows", "columns"), [("stage", "mode"), ("party", "party"), ("phase", "party")])
def test_count_is_what_the_list_gives(rows, columns):
    make_random_world(seed=33)
    filterset = bind("programs")
    pairs = count_pairs(filterset, count(filterset), rows, columns)
    assert len(pairs.counts) > 4
    assert pairs.counts == {(row, column): click(rows, columns, row, column) for row, column in pairs.counts}


def test_most_keeps_the_values_with_most_programs():
    make_random_world(seed=34)
    filterset = bind("programs")
    counted = count(filterset)
    whole = count_pairs(filterset, counted, "party", "party")
    some = count_pairs(filterset, counted, "party", "party", most=2)
    assert some.rows == some.columns == whole.rows[:2]
    kept = {value.value for value in some.rows}
    assert some.counts == {pair: n for pair, n in whole.counts.items() if set(pair) <= kept}
    assert whole.rows[0].count >= whole.rows[-1].count


def test_values_that_the_filter_rules_out_are_left_out():
    factories.make_world()
    filterset = bind("programs", "stage=agreed&stage=pledged")
    pairs = count_pairs(filterset, count(filterset), "stage", "mode")
    assert [value.value for value in pairs.rows] == ["agreed"]
    assert pairs.counts == {("agreed", "supply"): 1}


def test_nothing_left_gives_no_pairs():
    factories.make_world()
    filterset = bind("programs", "mode=training")
    assert count_pairs(filterset, count(filterset), "stage", "mode") == Pairs([], [], {})


def test_draft_is_in_no_pair():
    world = factories.make_world()
    factories.make_program(world["partnership"], mode="training")
    filterset = bind("programs")
    assert count_pairs(filterset, count(filterset), "stage", "mode").counts == {("agreed", "supply"): 1}


@pytest.mark.parametrize(("pair", "queries"), [(("stage", "mode"), 0), (("party", "party"), 1)])
def test_pairs_ask_for_nothing_but_keys_of_records(pair, queries, django_assert_num_queries):
    factories.make_world()
    filterset = bind("programs", "as_of=2026-02-09")
    counted = count(filterset)
    with django_assert_num_queries(queries):
        count_pairs(filterset, counted, *pair)
