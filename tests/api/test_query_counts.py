"""Each list and each detail takes the same few queries, whatever it shows."""

import datetime

import pytest

from cooperation import ledger
from tests import factories
from tests.keeping import once

LISTS = {
    "parties": 4,
    "officials": 4,
    "systems": 5,
    "instruments": 4,
    "publishers": 4,
    "partnerships": 5,
    "programs": 8,
    "developments": 5,
    "articles": 4,
}
DETAILS = {
    "parties": 3,
    "officials": 2,
    "systems": 4,
    "instruments": 2,
    "publishers": 2,
    "partnerships": 12,
    "programs": 8,
    "developments": 3,
    "articles": 5,
}


@pytest.fixture
def grow(world):
    """Return a function that gives every noun two more rows, and every record two more of what it shows."""

    keys = tuple((name, type(record), record.pk) for name, record in world.items())
    return lambda: add_two(keys)


@once
def add_two(keys):
    world = {name: model.objects.get(pk=key) for name, model, key in keys}
    with ledger.writing():
        ledger.publish([record for _ in range(2) for record in make_another(world)])


def tell_of_partnership(world):
    """Make a statement on the whole partnership."""
    statement = factories.make_development(partnership=world["partnership"])
    factories.make_citation(world["article"], statement)
    return statement


def make_another(world):
    """Make one more record of each noun, connected with each other and with the world."""
    france, ukraine = world["partnership"].parties.order_by("slug")
    party = factories.make_party(parent=france)
    official = factories.make_official(ukraine)
    system = factories.make_system([france, party], parent=world["system"])
    instrument = factories.make_instrument(provider=party)
    publisher = factories.make_publisher()
    partnership = factories.make_partnership([france, party])
    roles = {"supplier": [france, party], "recipient": [ukraine]}
    programs = [
        factories.make_program(of, [world["system"], system], roles, [world["instrument"], instrument])
        for of in (partnership, world["partnership"])
    ]
    article = factories.make_article(publisher, said_by_official=official)
    told = [tell_of_partnership(world)]
    for program in (world["program"], *programs):
        development = factories.make_development(program, said_by_official=official, counted_in=world["development"])
        factories.make_citation(article, development)
        factories.make_citation(world["article"], development)
        told.append(development)
    world["program"].systems.add(system)
    return [party, official, system, instrument, publisher, partnership, *programs, article, *told]


@pytest.mark.parametrize("noun", LISTS)
def test_queries_of_a_list(grow, client, django_assert_num_queries, noun):
    with django_assert_num_queries(LISTS[noun]):
        few = client.get(f"/api/v1/{noun}/").json()["count"]
    grow()
    with django_assert_num_queries(LISTS[noun]):
        many = client.get(f"/api/v1/{noun}/").json()["count"]
    assert many >= few + 2


def test_queries_of_a_list_with_many_records(world, client, django_assert_num_queries):
    query = (
        "party=france&party=ukraine&partnership=france-ukraine&system=rocket&instrument=fund&official=minister"
        "&publisher=gazette&id=rockets-for-ukraine"
    )
    with django_assert_num_queries(10):
        assert client.get(f"/api/v1/programs/?{query}").json()["count"] == 1


@pytest.mark.parametrize("noun", DETAILS)
def test_queries_of_a_detail(world, grow, client, django_assert_num_queries, noun):
    ledger.publish([tell_of_partnership(world)])
    singular = {"parties": "party"}.get(noun, noun[:-1])
    address = f"/api/v1/{noun}/{world[singular].slug}/"
    with django_assert_num_queries(DETAILS[noun]):
        assert client.get(address).status_code == 200
    grow()
    with django_assert_num_queries(DETAILS[noun]):
        assert client.get(address).json()["created"] <= datetime.datetime.now(datetime.UTC).isoformat()


def test_queries_of_the_facets(world, grow, client, django_assert_num_queries):
    address = "/api/v1/programs/facets/?mode=supply&party=france"
    with django_assert_num_queries(4):
        client.get(address)
    grow()
    with django_assert_num_queries(4):
        assert client.get(address).json()["facets"][0]["values"][0]["count"] == 5


def test_queries_of_a_search(world, grow, client, django_assert_num_queries):
    with django_assert_num_queries(12):
        client.get("/api/v1/search/?q=rocket")
    grow()
    with django_assert_num_queries(12):
        assert client.get("/api/v1/search/?q=rocket").status_code == 200
