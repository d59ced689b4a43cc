"""What changed between two days, as the API answers it."""

import datetime

import pytest

from cooperation import ledger
from cooperation.filters import ChangeFilter
from tests import factories

ROOT = "http://testserver/api/v1/"
MARCH = datetime.date(2026, 3, 9)


def tell(world, slug, **fields):
    """Publish a claim of 9 March on the program, in an article of its own."""
    article = factories.make_article(world["publisher"], slug=f"on-{slug}", published=MARCH)
    record = {"program": world["program"], "slug": slug, "date": "2026-03-09", **fields}
    development = factories.make_development(**record)
    factories.make_citation(article, development)
    ledger.publish([article, development])
    return development


def test_new_program(world, get):
    status, body = get("changes/?from=2026-02-08&to=2026-02-09")
    (row,) = body.pop("results")
    (development,) = row.pop("developments")
    assert (status, body) == (200, {"count": 1, "next": None, "previous": None})
    assert row == {
        "program": {
            "id": "rockets-for-ukraine",
            "name": "Rockets-For-Ukraine",
            "url": f"{ROOT}programs/rockets-for-ukraine/",
        },
        "is_new": True,
        "stage_from": None,
        "stage_from_label": None,
        "stage_to": "agreed",
        "stage_to_label": "Agreed",
        "contradictions": [],
    }
    assert development == get("developments/rockets-agreed/")[1]


def test_move_with_a_contradiction(world, get):
    france, ukraine = world["partnership"].parties.order_by("slug")
    figure = {"stage": "delivered", "quantity_qualifier": "exact", "quantity_unit": "rocket"}
    tell(world, "two", quantity_value=2, said_by_party=france, summary="Two came.", **figure)
    tell(world, "four", quantity_value=4, said_by_party=ukraine, summary="Four came.", **figure)
    (row,) = get("changes/?from=2026-02-09&to=2026-03-09")[1]["results"]
    assert (row["is_new"], row["stage_from"], row["stage_from_label"]) == (False, "agreed", "Agreed")
    assert (row["stage_to"], row["stage_to_label"]) == ("delivered", "Delivered")
    assert [development["id"] for development in row["developments"]] == ["two", "four"]
    assert row["contradictions"] == [
        {
            "step": "delivered",
            "step_label": "Delivered",
            "unit": "rocket",
            "claims": [
                {"id": "four", "name": "Four came.", "url": f"{ROOT}developments/four/"},
                {"id": "two", "name": "Two came.", "url": f"{ROOT}developments/two/"},
            ],
        }
    ]


def test_clock_chooses_what_the_days_turn(world, get):
    tell(world, "late", date="2026-02-20", stage="delivered")
    assert get("changes/?from=2026-02-19&to=2026-02-20")[1]["count"] == 1
    assert get("changes/?from=2026-02-19&to=2026-02-20&clock=known_on")[1]["count"] == 0
    assert get("changes/?from=2026-02-19&to=2026-02-20&known_on=2026-02-28")[1]["count"] == 0
    assert get("changes/?from=2026-03-08&to=2026-03-09&clock=known_on")[1]["count"] == 1


def test_pages(world, get):
    other = factories.make_program(world["partnership"], slug="other")
    ledger.publish([other])
    tell(world, "told", program=other)
    _, first = get("changes/?from=2026-02-01&to=2026-03-31&page_size=1")
    _, second = get("changes/?from=2026-02-01&to=2026-03-31&page_size=1&page=2")
    assert [page["results"][0]["program"]["id"] for page in (first, second)] == ["other", "rockets-for-ukraine"]
    assert (first["count"], first["next"]) == (
        2,
        f"{ROOT}changes/?from=2026-02-01&page=2&page_size=1&to=2026-03-31",
    )
    assert get("changes/?page=9")[0] == 404


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("from=2026-03-01&to=2026-02-01", {"from": ["“2026-03-01” comes after the last day, 2026-02-01."]}),
        ("from=9.2.2026", {"from": ["“9.2.2026” is not a day; write it as 2026-02-09."]}),
        ("clock=sundial", {"clock": ["“sundial” is not known; use one of as_of, known_on."]}),
        ("party=atlantis", {"party": ["“atlantis” is not known; use an id from the list of parties."]}),
        ("page_size=0", {"page_size": ["“0” is not possible; use a whole number from 1 to 200."]}),
    ],
)
def test_wrong_value_is_refused_in_words(world, get, query, body):
    assert get(f"changes/?{query}") == (400, {**body, "code": "invalid"})


def test_unknown_parameter_is_refused_with_the_allowed_ones(db, get):
    allowed = ", ".join(sorted((*ChangeFilter.allowed_parameters(), "cursor")))
    sentence = f"There is no such parameter; use one of {allowed}."
    assert get("changes/?colour=red") == (400, {"colour": [sentence], "code": "invalid"})
    assert {"from", "to", "clock", "as_of", "known_on", "party", "page"} <= set(ChangeFilter.allowed_parameters())


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(db, client, method):
    answer = getattr(client, method)("/api/v1/changes/")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


def test_root_names_the_address(db, get):
    assert get("")[1]["changes"] == f"{ROOT}changes/"


@pytest.mark.parametrize("number", [1, 3])
def test_queries(world, client, django_assert_num_queries, number):
    official = world["official"]
    for _ in range(number - 1):
        program = factories.make_program(world["partnership"])
        ledger.publish([program])
        for _ in range(2):
            tell(world, factories.unique("told"), program=program, said_by_official=official)
    with django_assert_num_queries(6):
        answer = client.get("/api/v1/changes/?from=2026-02-01&to=2026-03-31")
    assert answer.json()["count"] == number


def test_parameters_and_answer_are_described(world, client, get):
    schema = client.get("/api/schema/", headers={"accept": "application/json"}).json()
    operation = schema["paths"]["/api/v1/changes/"]["get"]
    parameters = {parameter["name"]: parameter for parameter in operation["parameters"]}
    assert set(parameters) == {*ChangeFilter.allowed_parameters(), "cursor"}
    assert parameters["from"]["schema"] == {"type": "string", "format": "date"}
    assert parameters["clock"]["schema"] == {"type": "string", "enum": ["as_of", "known_on"], "default": "as_of"}
    assert {"200", "304", "400", "404"} < set(operation["responses"])
    (row,) = get("changes/?from=2026-02-01&to=2026-03-31")[1]["results"]
    assert set(row) == set(schema["components"]["schemas"]["Change"]["properties"])
    contradiction = schema["components"]["schemas"]["Contradiction"]
    assert set(contradiction["properties"]) == {"step", "step_label", "unit", "claims"}
