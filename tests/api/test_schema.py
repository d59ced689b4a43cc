"""The OpenAPI description: without a warning, and true to the answers."""

import json
import warnings

import pytest
from django.core.management import call_command

from cooperation.filters import FILTERS

ENUMS = (
    *("ArticleKind", "Basis", "Category", "Channel", "Credibility", "InstrumentKind", "Language", "Mode"),
    *("PartyKind", "Per", "Phase", "Qualifier", "Rank", "Reliability", "Stage", "State", "Step", "TextKind"),
)


@pytest.fixture(scope="module")
def schema(tmp_path_factory):
    """The description as the command writes it; any warning fails the command."""
    file = tmp_path_factory.mktemp("schema") / "schema.json"
    options = {"validate": True, "fail_on_warn": True, "format": "openapi-json", "file": str(file)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of the library that reads JSON Schema
        call_command("spectacular", **options)
    return json.loads(file.read_text())


def test_every_address_is_described(schema):
    nouns = [f"/api/v1/{noun}/" for noun in FILTERS]
    others = ["/api/v1/", "/api/v1/programs/facets/", "/api/v1/changes/", "/api/v1/search/", "/api/v1/codes/"]
    others += ["/api/v1/bundles/"]
    assert sorted(schema["paths"]) == sorted([*nouns, *(f"{noun}{{id}}/" for noun in nouns), *others])
    methods = {path: sorted(operations) for path, operations in schema["paths"].items() if set(operations) != {"get"}}
    assert methods == {
        "/api/v1/bundles/": ["get", "post"],
        **{f"/api/v1/{noun}/{{id}}/": ["get", "patch"] for noun in FILTERS},
    }
    assert schema["openapi"] == "3.1.0"


@pytest.mark.parametrize("noun", sorted(FILTERS))
def test_parameters_are_those_of_the_filterset(schema, noun):
    described = {parameter["name"] for parameter in schema["paths"][f"/api/v1/{noun}/"]["get"]["parameters"]}
    assert described == set(FILTERS[noun].allowed_parameters())


def test_parameters_tell_what_they_take(schema):
    parameters = {p["name"]: p for p in schema["paths"]["/api/v1/programs/"]["get"]["parameters"]}
    talk = {"type": "string", "enum": ["talk", "promise", "work", "result", "stopped"]}
    assert parameters["phase"]["schema"] == {"type": "array", "items": talk}
    assert parameters["page_size"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 200, "default": 25}
    assert parameters["since"]["schema"] == {"type": "string", "format": "date"}
    assert parameters["sort"]["schema"]["enum"] == ["updated", "-updated", "name", "-name", "stage", "-stage"]


def test_code_lists_keep_their_names(schema):
    components = schema["components"]["schemas"]
    assert sorted(name for name, component in components.items() if "enum" in component) == sorted(ENUMS)


def test_errors_are_described(schema):
    error = {"$ref": "#/components/schemas/Error"}
    for path in ("/api/v1/programs/", "/api/v1/programs/{id}/"):
        responses = schema["paths"][path]["get"]["responses"]
        assert list(responses) == ["200", "400", "401", "403", "404"]
        for code in ("400", "401", "403", "404"):
            assert responses[code]["content"]["application/json"]["schema"] == error
    assert list(schema["paths"]["/api/v1/codes/"]["get"]["responses"]) == ["200", "400", "401", "403"]


@pytest.mark.parametrize("noun", sorted(FILTERS))
def test_answers_have_the_described_keys(world, schema, get, noun):
    components = schema["components"]["schemas"]
    row = get(f"{noun}/")[1]["results"][0]
    for path, answer in ((f"/api/v1/{noun}/{{id}}/", get(f"{noun}/{row['id']}/")[1]), (f"/api/v1/{noun}/", row)):
        shape = schema["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        name = shape["$ref"].rpartition("/")[2]
        name = name.removeprefix("Paginated").removesuffix("List") if "{id}" not in path else name
        assert set(answer) == set(components[name]["properties"])


def test_schema_is_served(db, client):
    response = client.get("/api/schema/", headers={"accept": "application/json"})
    assert response.headers["Content-Type"] == "application/json"
    assert (response.json()["openapi"], response.json()["info"]["title"]) == ("3.1.0", "Cooperation Portal")


def test_docs_have_no_inline_script_or_style(db, client):
    page = client.get("/api/docs/").content.decode()
    assert '<div id="swagger-ui"></div>' in page
    assert "<style" not in page
    assert "<script>" not in page
