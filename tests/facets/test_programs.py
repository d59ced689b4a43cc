"""Programs are counted from bitmaps as plain queries over the tables would count them, today and on any day."""

from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from cooperation import ledger
from cooperation.choices import Category, Mode, Phase, Stage
from cooperation.facets import Counted, count, count_facets
from cooperation.models import FacetChange, Program
from tests import factories
from tests.facets.worlds import DAYS, bind, build_query, describe, find_possible_values, make_random_world

pytestmark = pytest.mark.django_db

CODES = {"mode": Mode, "stage": Stage, "phase": Phase, "category": Category}
RECORDS = ("party", "partnership", "system", "instrument", "official", "publisher", "id")
PLAIN = {"q": ["program", "system-1", "none"], "since": DAYS[1:], "until": DAYS[1:], "modified_since": ["2020-01-01"]}

# A value is a number that picks one of those that the parameter takes in the world of the test.
names_of_parameters = st.sampled_from([*CODES, *RECORDS, *PLAIN, "party", "party", "system"])
parameters = st.dictionaries(names_of_parameters, st.lists(st.integers(0, 20), min_size=1, max_size=3), max_size=3)
days = st.fixed_dictionaries({"as_of": st.sampled_from(DAYS), "known_on": st.sampled_from(DAYS)})


def find_values(name):
    if name in PLAIN:
        return PLAIN[name]
    if name in CODES:
        return CODES[name].values[:8]
    if name == "id":
        return sorted(Program.objects.visible().values_list("slug", flat=True))
    return sorted(find_possible_values(bind("programs"), name))


def build_program_query(picked, day):
    """Return the query that asks for `picked`, {name: numbers that pick some of its values}, on a day."""
    return build_query({name: (find_values(name), numbers) for name, numbers in picked.items()}, day)


def recount(filterset, name):
    """Return {value: count} of a facet over the rows of a plain query; selected values stay with 0."""
    rows = filterset.narrow(() if name == "party" else (name,))
    counts = Counter(value for program in rows for value in describe(program)[name])
    return {**dict.fromkeys(filterset.chosen(name), 0), **counts}


@pytest.mark.parametrize("seed", [11, 12, 13])
def test_counts_equal_those_of_plain_queries(seed):
    make_random_world(seed)

    @settings(max_examples=30, deadline=None)
    @example({"party": [0, 1]}, {"as_of": "", "known_on": "2026-02-09"})
    @example({"party": [1, 2], "stage": [0, 1, 2]}, {"as_of": "", "known_on": ""})
    @given(parameters, days)
    def compare(picked, day):
        query = build_program_query(picked, day)
        filterset = bind("programs", query)
        assert filterset.is_valid(), filterset.errors
        expected = set(filterset.qs.values_list("pk", flat=True))
        counted = count(filterset)
        assert (counted.total, set(counted.matching)) == (len(expected), expected)
        assert count(filterset, has_facets=False) == Counted(len(expected), [], counted.matching)
        assert counted.facets == count_facets(filterset)
        for facet in counted.facets:
            values = {value.value: value.count for value in facet.values}
            assert values == recount(filterset, facet.name), (query, facet.name)

    compare()


def test_invalid_filterset_counts_nothing():
    make_random_world(seed=14)
    filterset = bind("programs", "mode=nonsense")
    assert (count(filterset), count_facets(filterset)) == (Counted(0, []), [])


@pytest.mark.parametrize("noun", ["partnerships", "parties", "officials"])
def test_other_nouns_have_a_total_as_well(noun):
    factories.make_world()
    for query in ("", "party=ukraine", "party=ukraine&as_of=2026-02-08"):
        filterset = bind(noun, query)
        rows, facets = list(filterset.qs), count_facets(filterset)
        assert facets or noun == "officials"
        for counted in (count(filterset), count(filterset, has_facets=False)):
            assert counted.total == len(rows)
            assert counted.matching in (None, BitMap(row.pk for row in rows))
        assert count(filterset).facets == facets
        assert counted.facets == []


@pytest.mark.parametrize(
    ("query", "queries"),
    [("", 2), ("mode=supply&system=rocket", 2), ("as_of=2026-02-09", 3), ("q=rocket&known_on=2026-02-09", 4)],
)
def test_queries_of_total_and_facets(query, queries, django_assert_num_queries):
    factories.make_world()
    filterset = bind("programs", query)
    assert filterset.is_valid()
    with django_assert_num_queries(queries):
        assert count(filterset).total == 1
    again = bind("programs", query)
    assert again.is_valid()
    with django_assert_num_queries(queries - 1):
        assert count(again, has_facets=False).total == 1


def test_program_that_nothing_has_moved_counts_without_a_stage():
    world = factories.make_world()
    look_back = factories.make_development(world["program"], date="2026-01-01", stage="interest", moves=False)
    factories.make_citation(world["article"], look_back)
    ledger.publish([look_back])
    counted = count(bind("programs", "as_of=2026-01-01"))
    facets = {facet.name: [(value.value, value.count) for value in facet.values] for facet in counted.facets}
    assert counted.total == 1
    assert (facets["stage"], facets["phase"], facets["mode"]) == ([], [], [("supply", 1)])


def test_hidden_program_counts_on_no_day():
    world = factories.make_world()
    ledger.withdraw([world["system"]])
    for query in ("", "as_of=2026-02-09", "system=rocket"):
        assert count(bind("programs", query)).total == 0


def test_damaged_bitmap_is_an_error_and_no_wrong_count():
    factories.make_world()
    FacetChange.objects.filter(facet="mode").update(records=b"nonsense")
    with pytest.raises(ValueError, match="bitmap"):
        count(bind("programs"))
