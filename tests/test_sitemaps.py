"""The sitemap names public pages in every language, and robots.txt what crawlers may read."""

from xml.etree import ElementTree as ET

import pytest

from cooperation import ledger
from cooperation.sitemaps import SITEMAPS
from tests import factories

pytestmark = pytest.mark.django_db
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture
def world():
    return factories.make_world()


def read(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return ET.fromstring(answer.content)


def test_index_names_each_section_with_its_latest_change(world, client):
    found = {
        place.find(f"{SITEMAP}loc").text: place.find(f"{SITEMAP}lastmod") for place in read(client, "/sitemap.xml")
    }
    assert set(found) == {f"http://testserver/sitemap-{section}.xml" for section in SITEMAPS}
    world["program"].refresh_from_db()
    latest = found["http://testserver/sitemap-programs.xml"].text
    assert (
        latest == world["program"].modified.isoformat()[:19] + "+00:00"
        or latest[:10] == str(world["program"].modified)[:10]
    )


def test_record_stands_in_each_language_with_all_others(world, client):
    places = list(read(client, "/sitemap-programs.xml"))
    slug = "programs/rockets-for-ukraine/"
    addresses = {
        code: f"http://testserver/{prefix}{slug}" for code, prefix in (("en", ""), ("fr", "fr/"), ("uk", "uk/"))
    }
    assert [place.find(f"{SITEMAP}loc").text for place in places] == list(addresses.values())
    for place in places:
        links = {link.get("hreflang"): link.get("href") for link in place.findall(LINK)}
        assert links == addresses | {"x-default": addresses["en"]}
        assert place.find(f"{SITEMAP}lastmod").text == str(world["program"].modified.date())


@pytest.mark.parametrize("section", SITEMAPS)
def test_each_address_of_a_section_answers(world, client, section):
    for place in read(client, f"/sitemap-{section}.xml"):
        path = place.find(f"{SITEMAP}loc").text.removeprefix("http://testserver")
        assert client.get(path).status_code == 200, path


def test_hidden_records_are_not_there(world, client):
    factories.make_party(slug="draft")
    ledger.withdraw([world["program"]])
    parties = [place.find(f"{SITEMAP}loc").text for place in read(client, "/sitemap-parties.xml")]
    assert parties[::3] == ["http://testserver/parties/france/", "http://testserver/parties/ukraine/"]
    assert list(read(client, "/sitemap-programs.xml")) == []


def test_section_is_cut_into_bounded_files(world, client, monkeypatch):
    monkeypatch.setattr(type(SITEMAPS["parties"]), "limit", 1)
    index = [place.find(f"{SITEMAP}loc").text for place in read(client, "/sitemap.xml")]
    assert "http://testserver/sitemap-parties.xml?p=2" in index
    assert len(read(client, "/sitemap-parties.xml?p=2")) == 3
    assert client.get("/sitemap-parties.xml?p=3").status_code == 404


def test_query_count_does_not_grow(world, client, django_assert_num_queries):
    for _ in range(2):
        with django_assert_num_queries(2):
            client.get("/sitemap-parties.xml")
        ledger.publish([factories.make_party(), factories.make_party()])


def test_robots_may_read_pages_but_no_combination_of_filters(client):
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[:3] == ["User-agent: *", "Allow: /sitemap-", "Disallow: /*?"]
    assert {"Disallow: /admin/", "Disallow: /uk/accounts/", "Disallow: /search/"} <= set(lines)
    assert lines[-1] == "Sitemap: http://testserver/sitemap.xml"


def test_robots_may_read_nothing_of_a_closed_portal(client, settings):
    settings.PORTAL_LOGIN_REQUIRED = True
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
