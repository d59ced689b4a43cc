"""What staff have to look after."""

import datetime
import json

import pytest
from django.core.management import call_command

from cooperation import evidence, ledger
from tests import factories

TODAY = datetime.date(2026, 6, 1)


@pytest.fixture
def world(db):
    return factories.make_world()


def add(world, slug, **fields):
    development = factories.make_development(world["program"], slug=slug, **fields)
    factories.make_citation(world["article"], development)
    ledger.publish([development])


def found(**options):
    return [(f.kind, f.record, f.message) for f in evidence.find_all(TODAY, **options)]


def test_nothing_is_found_where_all_is_well(world):
    assert found() == []


def test_contradiction_is_named_with_both_claims(world):
    france, ukraine = world["partnership"].parties.order_by("slug")
    figure = {"stage": "delivered", "quantity_unit": "rocket", "quantity_qualifier": "exact"}
    add(world, "two", said_by_party=france, quantity_value=2, **figure)
    add(world, "four", said_by_party=ukraine, quantity_value=4, **figure)
    assert found() == [
        ("contradiction", "rockets-for-ukraine", "delivered, rocket: four says exact 4, two says exact 2.")
    ]


def test_promise_past_its_due_day_is_overdue_until_something_is_delivered(world):
    add(world, "promise", stage="pledged", date="2026-01", due="2026-03", moves=False)
    assert found() == [("overdue", "rockets-for-ukraine", "promise was due 2026-03, 62 days ago.")]
    add(world, "arrival", stage="delivered")
    assert found() == []


def test_promise_of_a_number_is_overdue_until_so_many_are_delivered(world):
    figure = {"quantity_qualifier": "exact", "quantity_unit": "rocket"}
    add(world, "promise", stage="pledged", date="2026-01", due="2026-03", moves=False, quantity_value=6, **figure)
    add(world, "first", stage="partly-delivered", quantity_value=3, **figure)
    assert found() == [("overdue", "rockets-for-ukraine", "promise was due 2026-03, 62 days ago.")]
    add(world, "rest", stage="delivered", quantity_value=6, **figure)
    assert found() == []


def test_open_program_without_news_is_stale(world):
    message = "agreed since 2026-02-09, 112 days without news."
    assert found(stale_after=111) == [("stale", "rockets-for-ukraine", message)]
    assert found(stale_after=112) == []


def test_move_backwards_is_found_and_a_suspension_is_not(world):
    add(world, "contract", stage="contracted", date="2026-01")
    assert found() == [
        ("backwards", "rockets-for-ukraine", "rockets-agreed moves from contracted back to agreed."),
    ]
    add(world, "halt", stage="suspended", date="2026-02-01")
    assert found() == []


def test_command_answers_json_and_an_exit_code(world, capsys):
    with pytest.raises(SystemExit) as exit_code:
        call_command("check_evidence", "--json", "--stale-days", "1")
    (finding,) = json.loads(capsys.readouterr().out)
    assert (exit_code.value.code, finding["kind"], finding["record"]) == (1, "stale", "rockets-for-ukraine")
    call_command("check_evidence", "--stale-days", "100000")
    assert capsys.readouterr().out == "0 to look after\n"
