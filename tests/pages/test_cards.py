"""Rows of lists are kept ready to be shown, and what takes all claims of many programs; never longer than true."""

import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cooperation import ledger
from cooperation.facets import kept
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)

LISTS = ("/programs/", "/partnerships/", "/articles/", "/developments/")


@pytest.fixture
def world():
    with transaction.atomic():
        return factories.make_world()


def read(client, path):
    """Read a page that is put together anew, whether or not it is kept as a whole."""
    return client.get(path, headers={"cache-control": "no-cache"}).content.decode()


def find_rows(client, path):
    return read(client, path).partition("<tbody")[2].partition("</tbody>")[0]


def count_queries(client, path):
    with CaptureQueriesContext(connection) as queries:
        read(client, path)
    return len(queries)


@pytest.mark.parametrize("path", LISTS)
def test_rows_are_made_once(client, world, path):
    first, again = read(client, path), read(client, path)
    assert again.count("<tr>") + again.count('<li class="dated"') >= 1
    assert again == first
    kept._kept.clear()
    unknown = count_queries(client, path)
    assert count_queries(client, path) < unknown


@pytest.mark.parametrize("path", ["/programs/", "/partnerships/"])
def test_a_new_name_is_shown_at_once(client, world, path):
    assert "Lasting" not in read(client, path)
    world["partnership"].name = "Lasting"
    ledger.record(world["partnership"])
    assert "Lasting</a>" in read(client, path)


def test_a_language_and_a_day_have_rows_of_their_own(client, world):
    world["program"].names = {"fr": "Fusées"}
    ledger.record(world["program"])
    world["development"].refresh_from_db()
    day = world["development"].effective_day + datetime.timedelta(days=1)
    for _ in range(2):
        assert "Fusées</a>" in read(client, "/fr/programs/")
        assert "Fusées</a>" not in read(client, "/programs/")
        assert f"?as_of={day}" in find_rows(client, f"/programs/?as_of={day}")
        assert "?as_of" not in find_rows(client, "/programs/")


def test_what_is_withdrawn_or_written_by_a_transaction_that_ends_badly_is_not_shown(client, world):
    with transaction.atomic():
        world["program"].name = "Never so"
        ledger.record(world["program"])
        assert "Never so</a>" in read(client, "/programs/")
        transaction.set_rollback(True)
    assert "Never so" not in read(client, "/programs/")
    ledger.withdraw([world["program"]])
    assert "<tbody" not in read(client, "/programs/")


def pledge(world):
    """Publish a pledge of 4 aircraft, and return it."""
    pledged = factories.make_development(
        world["program"], stage="pledged", quantity_value=4, quantity_qualifier="exact", quantity_unit="aircraft"
    )
    factories.make_citation(world["article"], pledged)
    ledger.publish([pledged])
    return pledged


def test_what_is_to_come_is_worked_out_once_and_anew_when_something_changes(client, world):
    pledged = pledge(world)
    unknown = count_queries(client, "/")
    assert count_queries(client, "/") < unknown
    assert "4 of 4 aircraft" in read(client, "/")
    assert "depuis la première promesse" in read(client, "/fr/")
    assert "4 of 4 aircraft" not in read(client, "/?as_of=2020-01-01")
    ledger.withdraw([pledged])
    assert "4 of 4 aircraft" not in read(client, "/")


def test_sums_of_a_partnership_are_made_once_and_anew_when_something_changes(client, world):
    pledged = pledge(world)
    path = f"/partnerships/{world['partnership'].slug}/"
    unknown = count_queries(client, path)
    assert count_queries(client, path) < unknown
    assert "4 aircraft" in read(client, path)
    assert "4 aircraft" not in read(client, f"{path}?as_of=2020-01-01")
    pledged.quantity_value = 5
    ledger.record(pledged)
    assert "5 aircraft" in read(client, path)
    assert "4 aircraft" not in read(client, path)


def test_too_many_rows_are_forgotten(monkeypatch):
    monkeypatch.setattr(kept, "MOST_CARDS", 3)
    index, made = kept.Index(), []

    def make(keys):
        made.append(list(keys))
        return {key: f"row {key}" for key in keys if key != 9}

    assert index.keep_cards("kind", [2, 1], make) == ["row 2", "row 1"]
    assert index.keep_cards("kind", [1, 3], make) == ["row 1", "row 3"]
    assert index.keep_cards("other", [1], make) == ["row 1"]
    assert index.keep_cards("kind", [1, 9], make) == ["row 1"]  # 9 is gone since it was counted
    assert made == [[2, 1], [3], [1], [1, 9]]
