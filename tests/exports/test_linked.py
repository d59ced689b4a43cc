"""JSON-LD: what a page says of itself to machines, and that no title gets out of it."""

import json
import re

import pytest

from cooperation import ledger
from cooperation.exports.linked import write_linked
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return factories.make_world()


def read_linked(client, address):
    """Return the things that a page describes, by type."""
    html = client.get(address).content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    linked = json.loads(block)
    assert linked["@context"] == "https://schema.org"
    return {thing["@type"]: thing for thing in linked["@graph"]}


def test_list_is_a_data_set_with_its_files(world, client, settings):
    settings.PORTAL_LICENCE = "CC0"
    dataset = read_linked(client, "/fr/programs/?mode=supply&page=1")["Dataset"]
    assert (dataset["name"], dataset["inLanguage"], dataset["license"]["name"]) == ("Programmes", "fr", "CC0")
    assert dataset["url"] == "http://testserver/fr/programs/?mode=supply&page=1"
    assert [(file["encodingFormat"], file["contentUrl"]) for file in dataset["distribution"]] == [
        ("text/csv", "http://testserver/fr/programs.csv?mode=supply"),
        (
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "http://testserver/fr/programs.xlsx?mode=supply",
        ),
        ("application/json", "http://testserver/fr/programs.json?mode=supply"),
        ("application/atom+xml", "http://testserver/fr/programs.atom?mode=supply"),
    ]


@pytest.mark.parametrize(
    ("address", "thing"),
    [
        ("/parties/france/", {"@type": "Country", "name": "France"}),
        (
            "/officials/minister/",
            {"@type": "Person", "name": "Minister", "affiliation": {"@type": "Country", "name": "Ukraine"}},
        ),
        (
            "/systems/rocket/",
            {
                "@type": "Product",
                "name": "Rocket",
                "category": "Missile",
                "manufacturer": [{"@type": "Country", "name": "France"}],
            },
        ),
        ("/publishers/gazette/", {"@type": "NewsMediaOrganization", "name": "Gazette"}),
        (
            "/instruments/fund/",
            {"@type": "FinancialProduct", "name": "Fund", "provider": {"@type": "Country", "name": "France"}},
        ),
        (
            "/articles/report/",
            {
                "@type": "NewsArticle",
                "headline": "Report",
                "datePublished": "2026-02-09",
                "inLanguage": "en",
                "publisher": {"@type": "Organization", "name": "Gazette"},
            },
        ),
    ],
)
def test_record_is_what_it_is(world, client, address, thing):
    assert read_linked(client, address)[thing["@type"]] == {"url": f"http://testserver{address}", **thing}


def test_program_has_the_way_to_it_alone(world, client):
    found = read_linked(client, "/programs/rockets-for-ukraine/")
    assert list(found) == ["BreadcrumbList"]
    assert [(step["name"], step["item"]) for step in found["BreadcrumbList"]["itemListElement"]] == [
        ("Home", "http://testserver/"),
        ("Programs", "http://testserver/programs/"),
        ("Rockets-For-Ukraine", "http://testserver/programs/rockets-for-ukraine/"),
    ]


def test_no_title_ends_the_block(world, client):
    title = '</script><script>alert(1)</script><!-- & "'
    ledger.publish([factories.make_article(world["publisher"], slug="bad", title=title)])
    assert read_linked(client, "/articles/bad/")["NewsArticle"]["headline"] == title
    assert "<" not in write_linked([{"name": title}])
