"""Facets, search and code lists."""

from dataclasses import asdict

from django.http import QueryDict

from cooperation.choices import CODE_LISTS, Stage
from cooperation.facets import count_facets
from cooperation.filters import FILTERS
from cooperation.models import Program

ROOT = "http://testserver/api/v1/"


def counted(query):
    filterset = FILTERS["programs"](QueryDict(query), queryset=Program.objects.visible().current())
    assert filterset.is_valid()
    return [asdict(facet) for facet in count_facets(filterset)]


def test_facets_are_those_of_the_page(world, get):
    for query in ("", "mode=supply", "mode=training", "party=france&party=ukraine&sort=name&page=1&page_size=5"):
        assert get(f"programs/facets/?{query}") == (200, {"facets": counted(query)})


def test_facets_count_public_programs(world, get):
    facets = {facet["name"]: facet["values"] for facet in get("programs/facets/?mode=supply")[1]["facets"]}
    supply = [value for value in facets["mode"] if value["value"] == "supply"]
    assert [(v["label"], v["count"], v["is_selected"]) for v in supply] == [("Supply", 1, True)]


def test_search_finds_records_noun_by_noun(world, get):
    status, body = get("search/?q=rocket")
    groups = {group["noun"]: group for group in body["groups"]}
    rocket = {"id": "rocket", "name": "Rocket", "url": f"{ROOT}systems/rocket/"}
    assert status == 200
    assert (groups["systems"]["results"], groups["systems"]["has_more"]) == ([rocket], False)
    assert [row["id"] for row in groups["programs"]["results"]] == ["rockets-for-ukraine"]


def test_search_without_words_is_refused(db, get):
    body = {"q": ["Give the words to look for, at most 200 characters."], "code": "invalid"}
    assert get("search/") == get("search/?q=") == get("search/?q=%20") == (400, body)


def test_search_for_too_much_is_refused(db, get):
    status, body = get("search/", {"q": "x" * 201})
    assert (status, sorted(body), body["code"]) == (400, ["code", "q"], "invalid")


def test_search_for_nothing_known(world, get):
    groups = get("search/?q=zzzz")[1]["groups"]
    assert [row for group in groups for row in group["results"]] == []


def test_codes_are_those_of_the_code_lists(db, get):
    status, body = get("codes/")
    assert status == 200
    assert list(body) == list(CODE_LISTS)
    assert {name: [code["value"] for code in codes] for name, codes in body.items()} == {
        name: codes.values for name, codes in CODE_LISTS.items()
    }


def test_code_with_group_and_counterparts(db, get):
    body = get("codes/")[1]
    assert body["stage"][Stage.DELIVERED.position] == {
        "value": "delivered",
        "label": "Delivered",
        "labels": {"en": "Delivered", "fr": "Livré", "uk": "Передано"},
        "description": "Handed over, as supplier or recipient confirms.",
        "group": "result",
        "outside": {
            "iati": "3",
            "iati-transaction": "3",
            "ocds": "milestone met",
            "kiel": "delivery",
            "sipri": "delivery",
        },
    }
    assert body["mode"][0]["group"] is None
