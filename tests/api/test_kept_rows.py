"""Rows of lists are kept ready to be told, and are those of the data, the language and the address asked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cooperation import ledger
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/api/v1/programs/"


@pytest.fixture
def world():
    with ledger.writing():
        return factories.make_world()


def read_row(client, query="", **headers):
    (row,) = client.get(f"{ADDRESS}{query}", headers=headers).json()["results"]
    return row


def test_row_is_worked_out_once(client, world):
    taken = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            row = read_row(client)
        taken.append((len(captured), row))
    (first, told), (second, again) = taken
    assert second < first
    assert told == again


def test_row_follows_every_write(client, world):
    assert read_row(client)["name"] == world["program"].name
    world["program"].name = "Another name"
    ledger.record(world["program"])
    assert read_row(client)["name"] == "Another name"
    ledger.withdraw([world["development"]])
    assert client.get(ADDRESS).json()["results"] == []


def test_row_is_that_of_the_reader(client, world):
    read_row(client)
    assert read_row(client, **{"accept-language": "fr"})["mode_label"] == "Fourniture"
    assert read_row(client)["mode_label"] == "Supply"
    assert read_row(client, host="localhost")["url"].startswith("http://localhost/")
    assert read_row(client)["url"].startswith("http://testserver/")
    assert read_row(client, "?fields=name").keys() == {"id", "name"}
    assert "mode" in read_row(client)


def test_row_of_a_day_is_not_that_of_today(client, world):
    later = factories.make_development(world["program"], stage="contracted", date="2026-02-20")
    factories.make_citation(factories.make_article(world["publisher"], published="2026-02-20"), later)
    ledger.publish([later], along=True)
    assert read_row(client)["stage"] == "contracted"
    assert read_row(client, "?as_of=2026-02-10")["stage"] == "agreed"
    assert read_row(client)["stage"] == "contracted"
