"""Developments are counted from bitmaps as plain queries over the tables would count them, today and on any day."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cooperation.choices import Category, Channel, Credibility, Mode, Phase, Rank, Stage
from cooperation.facets import count, count_facets
from cooperation.facets.tables import Tables
from cooperation.models import Development
from tests.facets.worlds import DAYS, bind, build_query, find_possible_values, make_random_world

pytestmark = pytest.mark.django_db

CODES = {
    "mode": Mode,
    "stage": Stage,
    "phase": Phase,
    "category": Category,
    "channel": Channel,
    "credibility": Credibility,
    "rank": Rank,
}
RECORDS = ("party", "partnership", "system", "instrument", "official", "publisher", "program")
PLAIN = {"q": ["program", "system-1", "none"], "since": DAYS[1:], "until": DAYS[1:], "modified_since": ["2020-01-01"]}

parameters = st.dictionaries(
    st.sampled_from([*CODES, *RECORDS, *PLAIN, "id", "party", "party"]),
    st.lists(st.integers(0, 20), min_size=1, max_size=3),
    max_size=3,
)
days = st.fixed_dictionaries({"as_of": st.sampled_from(DAYS), "known_on": st.sampled_from(DAYS)})


def find_values(name):
    if name in CODES:
        return CODES[name].values[:8]
    if name == "id":
        return sorted(Development.objects.visible().values_list("slug", flat=True))
    return PLAIN.get(name) or sorted(find_possible_values(bind("developments"), name))


def recount(filterset):
    """Return {facet: {value: count}} by one query over the tables; selected values stay with 0."""
    counted = Tables(filterset, filterset.facets).count_values()
    return {
        name: {**dict.fromkeys(filterset.chosen(name), 0), **{value: n for value, (_, n) in values.items()}}
        for name, values in counted.items()
    }


@pytest.mark.parametrize("seed", [11, 12])
def test_counts_equal_those_of_plain_queries(seed):
    make_random_world(seed)

    @settings(max_examples=30, deadline=None)
    @example({"publisher": [0]}, {"as_of": "", "known_on": "2026-01-15"})
    @example({"official": [0, 1], "since": [1]}, {"as_of": "2026-01-15", "known_on": ""})
    @example({"party": [1, 2], "rank": [0, 1, 2]}, {"as_of": "", "known_on": ""})
    @given(parameters, days)
    def compare(picked, day):
        query = build_query({name: (find_values(name), numbers) for name, numbers in picked.items()}, day)
        filterset = bind("developments", query)
        assert filterset.is_valid(), filterset.errors
        expected = set(filterset.qs.values_list("pk", flat=True))
        counted = count(filterset)
        assert (counted.total, set(counted.matching)) == (len(expected), expected), query
        assert counted.facets == count_facets(filterset)
        assert {f.name: {v.value: v.count for v in f.values} for f in counted.facets} == recount(filterset), query

    compare()
