"""The OpenAPI description: without a warning, and true to the answers."""

import json
import warnings
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation
from jsonschema import Draft202012Validator, FormatChecker

from cooperation import ledger
from cooperation.api.filtering import LIST_PARAMETERS
from cooperation.api.schema import build_description
from cooperation.filters import FILTERS

ROOT = Path(__file__).resolve().parents[2]
FORMAT_CHECKER = FormatChecker(["date"])

ENUMS = (
    *("ArticleKind", "Basis", "Category", "Channel", "Credibility", "InstrumentKind", "Language", "Mode"),
    *(
        "PartyKind",
        "Per",
        "Phase",
        "Qualifier",
        "Rank",
        "Reliability",
        "Stage",
        "State",
        "Step",
        "TextKind",
        "WantedState",
    ),
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
    assert described == {*FILTERS[noun].allowed_parameters(), *LIST_PARAMETERS}


def test_parameters_tell_what_they_take(schema):
    parameters = {p["name"]: p for p in schema["paths"]["/api/v1/programs/"]["get"]["parameters"]}
    assert parameters["phase"]["schema"] == {"type": "array", "items": {"$ref": "#/components/schemas/Phase"}}
    assert schema["components"]["schemas"]["Phase"]["enum"] == ["talk", "promise", "work", "result", "stopped"]
    assert parameters["page_size"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 200, "default": 25}
    assert parameters["since"]["schema"] == {"type": "string", "format": "date"}
    assert parameters["sort"]["schema"]["enum"] == ["updated", "-updated", "name", "-name", "stage", "-stage"]


def test_code_lists_keep_their_names(schema):
    components = schema["components"]["schemas"]
    assert sorted(name for name, component in components.items() if "enum" in component) == sorted(ENUMS)


OPERATIONS = {
    *("list_parties", "list_officials", "list_systems", "list_instruments", "list_publishers", "list_partnerships"),
    *("list_programs", "list_developments", "list_articles", "list_changes"),
    *("get_party", "get_official", "get_system", "get_instrument", "get_publisher", "get_partnership"),
    *("get_program", "get_development", "get_article", "get_root", "get_codes", "count_program_facets", "search"),
    "export_bundle",
}
WRITING = {
    "load_bundle",
    *("change_state_of_party", "change_state_of_official", "change_state_of_system", "change_state_of_instrument"),
    *("change_state_of_publisher", "change_state_of_partnership", "change_state_of_program"),
    *("change_state_of_development", "change_state_of_article"),
}


def find_operations(schema):
    return {operation["operationId"]: operation for path in schema["paths"].values() for operation in path.values()}


def test_names_of_operations_stay(schema):
    assert set(find_operations(schema)) == OPERATIONS | WRITING


@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_reading_is_told_whole(schema, name):
    operation = find_operations(schema)[name]
    assert operation["summary"]
    assert operation["description"]
    assert operation["tags"]
    answers = dict(operation["responses"])
    statuses = {"200", "304", "400", "401", "403", "414", "429", "500", "503"}
    assert set(answers) - {"404"} == statuses
    assert ("404" in answers) == (name not in ("get_root", "get_codes", "search", "count_program_facets"))
    for status, answer in answers.items():
        assert answer["description"] or status == "200"
        if status not in ("200", "304", "414"):
            assert answer["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Error"}


@pytest.mark.parametrize("name", sorted(WRITING))
def test_writing_is_told_whole(schema, name):
    operation = find_operations(schema)[name]
    assert operation["summary"]
    assert operation["description"]
    assert operation["security"] == [{"token": []}]
    own = {"404", "412", "428"} if name != "load_bundle" else {"422"}
    always = {"200", "400", "401", "403", "409", "413", "414", "415", "429", "500", "503"}
    assert set(operation["responses"]) == always | own
    assert all(answer["description"] for answer in operation["responses"].values())


@pytest.mark.parametrize("name", sorted(OPERATIONS | WRITING))
def test_examples_obey_the_schema(schema, name):
    for status, answer in find_operations(schema)[name]["responses"].items():
        if status in ("304", "414"):
            assert "content" not in answer
            continue
        told = answer["content"]["application/json"]
        shape = {**told["schema"], "components": schema["components"]}
        for value in find_examples(told):
            Draft202012Validator(shape, format_checker=FORMAT_CHECKER).validate(value)


def find_examples(told):
    """Return the one example of an answer, or all that have a name: at least one."""
    return [told["example"]] if "example" in told else [named["value"] for named in told["examples"].values()]


@pytest.mark.parametrize("noun", sorted(FILTERS))
def test_answers_obey_the_schema(world, schema, client, noun):
    ledger.withdraw([world["official"]])
    operation = find_operations(schema)[f"list_{noun}"]
    shape = operation["responses"]["200"]["content"]["application/json"]["schema"]
    validator = Draft202012Validator({**shape, "components": schema["components"]}, format_checker=FORMAT_CHECKER)
    for query in ("", "?modified_since=2026-01-01", "?fields=created", "?cursor=&page_size=1"):
        validator.validate(client.get(f"/api/v1/{noun}/{query}").json())


def test_committed_copy_is_the_description():
    committed = json.loads((ROOT / "docs/openapi.json").read_text(encoding="utf-8"))
    assert build_description() == committed, "The contract changed: see docs/api.md"


def test_description_is_in_english_whatever_the_language(db, client):
    with translation.override("uk"):
        build_description.cache_clear()
        assert build_description()["info"]["title"] == "Cooperation Portal"
    answers = [client.get("/api/schema/", headers={"accept-language": each}).content for each in ("en", "uk")]
    assert answers[0] == answers[1]


@pytest.mark.parametrize("noun", sorted(FILTERS))
def test_answers_have_the_described_keys(world, schema, get, noun):
    components = schema["components"]["schemas"]
    row = get(f"{noun}/")[1]["results"][0]
    for path, answer in ((f"/api/v1/{noun}/{{id}}/", get(f"{noun}/{row['id']}/")[1]), (f"/api/v1/{noun}/", row)):
        shape = schema["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        name = shape["$ref"].rpartition("/")[2]
        row = name.removeprefix("Paginated").removesuffix("List") + "Row"
        assert set(answer) == set(components[name if "{id}" in path else row]["properties"]) - {"withdrawn"}


def test_schema_is_served(db, client):
    response = client.get("/api/schema/", headers={"accept": "application/json"})
    assert response.headers["Content-Type"] == "application/json"
    assert (response.json()["openapi"], response.json()["info"]["title"]) == ("3.1.0", "Cooperation Portal")


def test_docs_have_no_inline_script_or_style(db, client):
    page = client.get("/api/docs/").content.decode()
    assert '<div id="swagger-ui"></div>' in page
    assert "<style" not in page
    assert "<script>" not in page
