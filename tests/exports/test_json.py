"""JSON: the API's own objects, all of them, in the order of the list."""

import pytest

from cooperation.exports.columns import TABLES
from tests import factories
from tests.exports.reading import read_json
from tests.facets.worlds import make_random_world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("noun", TABLES)
def test_results_are_those_of_the_api(client, noun):
    make_random_world(3)
    found, api = read_json(client, f"/{noun}.json"), client.get(f"/api/v1/{noun}/?page_size=200").json()
    assert found["results"] == api["results"]
    assert found["count"] == api["count"] == len(found["results"])


def test_claims_are_developments_of_the_api(client):
    factories.make_world()
    found, api = read_json(client, "/programs.json?rows=developments"), client.get("/api/v1/developments/").json()
    assert found["results"] == api["results"]


def test_file_says_what_it_is(client, settings):
    settings.PORTAL_LICENCE = "CC0"
    factories.make_world()
    found = read_json(client, "/programs.json?known_on=2026-02-09&mode=supply")
    del found["results"]
    citation = found.pop("citation")
    address = "http://testserver/programs/?mode=supply&known_on=2026-02-09"
    assert found == {"count": 1, "query": address, "as_of": None, "known_on": "2026-02-09", "licence": "CC0"}
    assert citation.startswith(f"Cooperation Portal, ‘Programs’, as known on 9 February 2026, <{address}>, read on ")


def test_empty_list_is_json_too(client, db):
    assert read_json(client, "/programs.json")["results"] == []


@pytest.mark.parametrize("number", [0, 2])
def test_file_has_the_same_queries_with_one_and_three_rows(client, django_assert_num_queries, number):
    factories.make_world()
    for _ in range(number):
        factories.make_party()
    with django_assert_num_queries(4):
        read_json(client, "/parties.json")
