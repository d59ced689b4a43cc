"""What figures add up to, as the API tells it."""

import datetime

import pytest

from cooperation import ledger
from tests import factories

LINK = "http://testserver/api/v1/developments/{}/"


def relation(slug):
    return {"id": slug, "name": slug, "url": LINK.format(slug)}


@pytest.fixture
def told(world):
    """Six aircraft promised in 2024, of which one source says three came and another one; an amount not disclosed."""
    old = factories.make_article(world["publisher"], slug="old", published=datetime.date(2024, 6, 6))
    aircraft = {"quantity_unit": "aircraft", "quantity_qualifier": "exact"}
    developments = [
        factories.make_development(
            world["program"],
            slug="promise",
            date="2024-06-06",
            stage="pledged",
            due="2024-12",
            quantity_value=6,
            amount_qualifier="undisclosed",
            **aircraft,
        ),
        factories.make_development(
            world["program"],
            slug="three",
            stage="partly-delivered",
            quantity_value=3,
            said_by_party=world["party"],
            **aircraft,
        ),
        factories.make_development(
            world["program"],
            slug="one",
            stage="partly-delivered",
            quantity_value=1,
            said_by_official=world["official"],
            **aircraft,
        ),
    ]
    factories.make_citation(old, developments[0])
    for development in developments[1:]:
        factories.make_citation(world["article"], development)
    ledger.publish([old, *developments])
    return world


def test_program_tells_its_promise_ledger(told, get):
    (promise,) = get("programs/rockets-for-ukraine/?as_of=2026-02-09")[1]["promises"]
    steps = {step["step"]: step for step in promise.pop("steps")}
    assert promise == {
        "unit": "aircraft",
        "open": {"lowest": 3, "best": 3, "highest": 3},
        "since": "2024-06-06",
        "age": 613,
        "overdue": [{"development": relation("promise"), "days": 405}],
    }
    assert steps["promised"] == {
        "lowest": 6,
        "best": 6,
        "highest": 6,
        "step": "promised",
        "step_label": "Promised",
        "counted_in": [],
        "claims": ["promise"],
        "without_number": {},
    }
    assert (steps["delivered"]["best"], steps["delivered"]["claims"]) == (3, ["three"])
    assert (steps["asked"]["best"], steps["asked"]["claims"]) == (None, [])


def test_program_names_its_contradictions(told, get):
    assert get("programs/rockets-for-ukraine/")[1]["contradictions"] == [
        {
            "step": "delivered",
            "step_label": "Delivered",
            "unit": "aircraft",
            "claims": [relation("one"), relation("three")],
        }
    ]
    assert get("programs/rockets-for-ukraine/?as_of=2024-12-31")[1]["contradictions"] == []


def test_partnership_adds_up_its_programs(told, get):
    totals = get("partnerships/france-ukraine/")[1]["totals"]
    (row,) = totals["quantities"]
    assert (row["measure"], len(row["steps"])) == ("aircraft", 5)
    promised = row["steps"][1]
    assert (promised["best"], promised["programs"], promised["without_number"]) == (6, ["rockets-for-ukraine"], [])
    (amount,) = totals["amounts"]
    assert (amount["measure"], amount["steps"][1]["best"]) == ("", None)
    (unknown,) = amount["steps"][1]["without_number"]
    assert (unknown["qualifier"], unknown["claims"]) == ("undisclosed", 1)
    assert [program["id"] for program in unknown["programs"]] == ["rockets-for-ukraine"]
    assert get("partnerships/france-ukraine/?as_of=2024-01-01")[1]["totals"]["quantities"] == []
