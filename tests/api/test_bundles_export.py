"""`bundles/`, out: what the public may see, in a form that loads back."""

import json
from itertools import chain

import pytest
from jsonschema import Draft202012Validator

from cooperation import ledger, models
from cooperation.bundles.loader import load_documents
from cooperation.bundles.reader import read_bytes
from cooperation.bundles.shapes import build_schema
from cooperation.choices import TextKind
from tests import factories
from tests.api.test_article_text import full_text

__all__ = ["full_text"]


def load_back(bundle):
    """Load an export into the database, as JSON text, and return the report."""
    return load_documents([("export", read_bytes(json.dumps(bundle).encode(), "export", is_json=True))])


def empty_database():
    with ledger.writing():
        models.Citation.objects.all().delete()
        models.Development.objects.update(counted_in=None)
        for noun in (models.Development, models.ProgramRole, models.Program, models.Partnership, models.Article):
            noun.objects.all().delete()
        for noun in (models.Publisher, models.Instrument, models.Official):
            noun.objects.all().delete()
        for noun in (models.System, models.Party):
            noun.objects.update(parent=None)
            noun.objects.all().delete()


def test_export_of_nothing_is_an_empty_bundle(db, get):
    assert get("bundles/") == (200, {})


def test_export_holds_all_that_the_articles_rest_on(world, get):
    status, bundle = get("bundles/?id=report")
    assert status == 200
    assert {section: [record["id"] for record in records] for section, records in bundle.items()} == {
        "parties": ["france", "ukraine"],
        "officials": ["minister"],
        "systems": ["rocket"],
        "instruments": ["fund"],
        "publishers": ["gazette"],
        "partnerships": ["france-ukraine"],
        "programs": ["rockets-for-ukraine"],
        "articles": ["report"],
    }
    assert [told["id"] for told in bundle["articles"][0]["developments"]] == ["rockets-agreed"]
    assert {record["state"] for records in bundle.values() for record in records} == {"published"}


def test_export_loads_back(world, get):
    bundle = get("bundles/")[1]
    report = load_back(bundle)
    assert (report.rejected, report.created, report.updated, report.left_over) == ([], [], [], [])
    empty_database()
    report = load_back(bundle)
    assert (report.rejected, len(report.created)) == ([], 10)
    assert get("bundles/")[1] == bundle


def test_export_obeys_the_schema_of_bundles(world, get):
    world["development"].credibility = "2"
    ledger.record(world["development"])
    bundle = get("bundles/")[1]
    assert bundle["articles"][0]["developments"][0]["credibility"] == 2
    Draft202012Validator(build_schema()).validate(bundle)


def test_export_brings_what_a_development_is_counted_in(world, get):
    other = factories.make_article(world["publisher"], slug="loan", published=factories.DAY)
    part = factories.make_development(world["program"], slug="part", counted_in=world["development"])
    factories.make_citation(other, part)
    ledger.publish([other, part])
    bundle = get("bundles/?id=loan")[1]
    assert [article["id"] for article in bundle["articles"]] == ["loan", "report"]
    empty_database()
    assert load_back(bundle).rejected == []


def test_export_gives_passages_to_the_public_and_full_texts_to_readers(full_text, client, make_key, get):
    article = get("bundles/?id=report")[1]["articles"][0]
    assert (article["text_kind"], "Not cited" in article["text"], "secret" in json.dumps(article)) == (
        "passages",
        False,
        False,
    )
    headers = make_key("read")
    shown = client.get("/api/v1/bundles/?id=report", headers=headers).json()["articles"][0]
    assert (shown["text_kind"], shown["text"]) == ("full", full_text.text)


def test_export_with_passages_loads_into_an_empty_database(full_text, get):
    bundle = get("bundles/")[1]
    empty_database()
    assert load_back(bundle).rejected == []
    assert models.Article.objects.get().text_kind == TextKind.PASSAGES


def test_export_is_paged_by_articles(world, client):
    others = [factories.make_article(world["publisher"]) for _ in range(2)]
    ledger.publish(others)
    seen, address = [], "/api/v1/bundles/?page_size=2"
    while address:
        response = client.get(address)
        seen.append([article["id"] for article in response.json()["articles"]])
        links = dict(reversed(link.split("; ")) for link in response.headers.get("Link", "").split(", ") if link)
        address = links.get('rel="next"', "").strip("<>")
    assert [len(page) for page in seen] == [2, 1]
    assert sorted(chain.from_iterable(seen)) == sorted(["report", *(other.slug for other in others)])


@pytest.mark.parametrize(
    ("query", "key"), [("colour=red", "colour"), ("party=atlantis", "party"), ("page_size=201", "page_size")]
)
def test_export_refuses_what_is_wrong(world, get, query, key):
    status, body = get(f"bundles/?{query}")
    assert (status, sorted(body)) == (400, sorted([key, "code"]))


def test_export_takes_as_many_queries_for_three_articles(world, client, django_assert_num_queries):
    with django_assert_num_queries(22):
        client.get("/api/v1/bundles/")
    for _ in range(2):
        article = factories.make_article(world["publisher"])
        told = factories.make_development(world["program"])
        factories.make_citation(article, told)
        ledger.publish([article, told])
    with django_assert_num_queries(22):
        client.get("/api/v1/bundles/")
