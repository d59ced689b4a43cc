"""`fields`: which keys a row has, and what is not looked up then."""

import pytest

from cooperation import ledger
from cooperation.filters import FILTERS
from tests import factories


@pytest.mark.parametrize("noun", sorted(FILTERS))
def test_rows_have_the_keys_asked_for_and_the_id(world, get, noun):
    whole = get(f"{noun}/")[1]["results"][0]
    for name in whole:
        assert get(f"{noun}/?fields={name}")[1]["results"][0] == {"id": whole["id"], name: whole[name]}


def test_keys_are_separated_by_commas_or_repeated_and_keep_the_order_of_the_row(world, get):
    for query in ("fields=stage,name", "fields=stage&fields=name", "fields=stage,,%20name,stage"):
        (row,) = get(f"programs/?{query}")[1]["results"]
        assert list(row.items()) == [
            ("id", "rockets-for-ukraine"),
            ("name", "Rockets-For-Ukraine"),
            ("stage", "agreed"),
        ]


@pytest.mark.parametrize("query", ["fields=", "fields=,"])
def test_none_asked_for_is_all(world, get, query):
    assert get(f"programs/?{query}") == get("programs/")


def test_unknown_key_is_refused_with_the_allowed_ones(world, get):
    allowed = ", ".join(get("publishers/")[1]["results"][0])
    sentence = "“{}” is not known; use one of " + allowed + "."
    body = {"fields": [sentence.format("stage"), sentence.format("publisher.name")], "code": "invalid"}
    assert get("publishers/?fields=name,stage,publisher.name") == (400, body)


def test_too_many_keys_are_refused(db, get):
    body = {"fields": ["51 values are too many; use at most 50."], "code": "invalid"}
    assert get(f"programs/?fields={','.join(['id'] * 51)}") == (400, body)


@pytest.mark.parametrize(("name", "sentence"), [("a\0", "Null characters are not allowed."), ("x" * 201, "too long")])
def test_hostile_key_is_refused(db, get, name, sentence):
    status, body = get("programs/", {"fields": name})
    assert (status, list(body)) == (400, ["fields", "code"])
    assert sentence in body["fields"][0]


@pytest.mark.parametrize("path", ["programs/rockets-for-ukraine/", "programs/facets/", "changes/", "codes/"])
def test_only_lists_of_records_take_fields(world, get, path):
    status, body = get(f"{path}?fields=id")
    assert (status, list(body)) == (400, ["fields", "code"])


@pytest.mark.parametrize(
    ("query", "queries"),
    [
        ("programs/?fields=name,stage,partnership", 4),
        ("programs/?fields=category_labels", 5),
        ("programs/?fields=roles,instruments", 7),
        ("systems/?fields=name", 4),
        ("partnerships/?fields=name", 4),
        ("developments/?fields=summary", 4),
    ],
)
@pytest.mark.parametrize("rows", [1, 3])
def test_what_is_not_shown_is_not_looked_up(world, client, django_assert_num_queries, query, queries, rows):
    for _ in range(rows - 1):
        program = factories.make_program(world["partnership"], [world["system"]], {"funder": [world["party"]]})
        development = factories.make_development(program)
        factories.make_citation(world["article"], development)
        ledger.publish([program, development])
    with django_assert_num_queries(queries):
        assert client.get(f"/api/v1/{query}").json()["count"] >= 1
