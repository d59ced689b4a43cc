"""Feeds: valid, stable, of public things alone, and true to the list that they belong to."""

import datetime
import uuid
from xml.etree import ElementTree as ET

import feedparser
import pytest

from cooperation import ledger
from cooperation.api import feeds
from cooperation.exports import entries
from cooperation.exports.columns import TABLES
from tests import factories
from tests.keeping import once

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = [
    *(f"/{noun}.atom" for noun in TABLES),
    "/programs/rockets-for-ukraine.atom",
    "/partnerships/france-ukraine.atom",
]


@pytest.fixture
def world():
    return factories.make_world()


def find_faults(body):
    """Return what RFC 4287 asks of a feed and this one lacks."""
    root = ET.fromstring(body)
    faults = [] if root.tag == f"{ATOM}feed" else ["no feed"]
    for element in (root, *root.findall(f"{ATOM}entry")):
        faults += [f"{name} in {element.tag}" for name in ("id", "title", "updated") if count(element, name) != 1]
        faults += [] if element.find(f"{ATOM}author/{ATOM}name").text else ["no author"]
        faults += [] if uuid.UUID(element.find(f"{ATOM}id").text) else ["no id"]
        for name in ("updated", "published"):
            faults += [m.text for m in element.findall(f"{ATOM}{name}") if not is_moment(m.text)]
        links = [(link.get("rel"), link.get("type")) for link in element.findall(f"{ATOM}link")]
        faults += [] if links.count(("alternate", "text/html")) == 1 else ["no page"]
        faults += ["relative link" for link in element.findall(f"{ATOM}link") if "://" not in link.get("href")]
    ids = [element.text for element in root.findall(f"{ATOM}entry/{ATOM}id")]
    return faults + [id_ for id_ in ids if ids.count(id_) > 1]


def count(element, name):
    return len(element.findall(f"{ATOM}{name}"))


def is_moment(text):
    return text.endswith("Z") and datetime.datetime.fromisoformat(text)


@pytest.mark.parametrize("address", FEEDS)
def test_feed_is_valid(world, client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/atom+xml; charset=utf-8")
    assert find_faults(answer.content) == []
    parsed = feedparser.parse(answer.content)
    assert (parsed.bozo, parsed.version) == (False, "atom10")
    assert len(parsed.entries) == (2 if "parties" in address else 1)


def test_entry_says_what_is_new_and_in_which_words(world, client):
    (entry,) = feedparser.parse(client.get("/programs.atom?mode=supply").content).entries
    world["development"].refresh_from_db()
    assert entry.title == "Rockets-For-Ukraine: Agreed"
    assert entry.summary == "rockets-agreed"
    assert entry.content[0].value == f"rockets-agreed\n\n“{factories.QUOTE}”"
    assert entry.link == "http://testserver/programs/rockets-for-ukraine/#rockets-agreed"
    assert entry.author == "Minister"
    assert entry.updated[:19] == world["development"].modified.isoformat()[:19]
    assert entry.published[:19] == world["development"].created.isoformat()[:19]


def test_feed_keeps_filter_and_day_and_names_the_licence(world, client, settings):
    settings.PORTAL_LICENCE = "CC0"
    query = "mode=supply&as_of=2026-02-09"
    parsed = feedparser.parse(client.get(f"/fr/programs.atom?{query}").content)
    assert {link.rel: link.href for link in parsed.feed.links} == {
        "self": f"http://testserver/fr/programs.atom?{query}",
        "alternate": f"http://testserver/fr/programs/?{query}",
    }
    assert (parsed.feed.rights, parsed.feed.language) == ("CC0", "fr")
    assert len(parsed.entries) == 1
    for nothing in ("mode=training", "as_of=2026-02-08", "known_on=2026-02-08"):
        assert feedparser.parse(client.get(f"/programs.atom?{nothing}").content).entries == []


def test_ids_do_not_change_with_host_order_or_language(world, client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    first = feedparser.parse(client.get("/programs.atom?mode=supply&stage=agreed").content)
    again = feedparser.parse(
        client.get("/programs.atom?stage=agreed&mode=supply&page=2", headers={"host": "b"}).content
    )
    french = feedparser.parse(client.get("/fr/programs.atom?mode=supply&stage=agreed").content)
    assert first.feed.id == again.feed.id != french.feed.id
    assert first.entries[0].id == again.entries[0].id == french.entries[0].id


def test_latest_change_comes_first_and_is_that_of_the_feed(world, client):
    other = factories.make_development(world["program"], summary="second")
    factories.make_citation(world["article"], other)
    ledger.publish([other])
    world["development"].refresh_from_db()
    world["development"].summary = "mended"
    ledger.record(world["development"])
    parsed = feedparser.parse(client.get("/programs/rockets-for-ukraine.atom").content)
    assert [entry.summary for entry in parsed.entries] == ["mended", "second"]
    assert parsed.feed.updated == parsed.entries[0].updated


def test_feed_that_has_not_changed_is_not_sent_again(world, client):
    etag = client.get("/programs.atom").headers["ETag"]
    again = client.get("/programs.atom", headers={"if-none-match": etag})
    assert (again.status_code, again.content) == (304, b"")
    ledger.withdraw([world["development"]])
    assert client.get("/programs.atom", headers={"if-none-match": etag}).status_code == 200


def test_signs_that_xml_forbids_do_not_break_a_feed(world, client):
    with ledger.writing():
        ledger.publish([factories.make_party(name="a\x1b<&>\ufffe]]>b")])
    body = client.get("/parties.atom").content
    assert find_faults(body) == []
    assert (
        "a�<&>�]]>b" in [entry.title for entry in feedparser.parse(body).entries] or b"a\xef\xbf\xbd&lt;&amp;" in body
    )


@pytest.mark.parametrize(
    "address", ["/programs.atom?mod=a", "/programs.atom?mode=a", "/programs/rockets-for-ukraine.atom?q=a"]
)
def test_wrong_parameter_is_refused_as_by_the_api(world, client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


def test_feed_of_a_hidden_or_unknown_program_is_not_found(world, client):
    ledger.withdraw([world["program"]])
    hidden, unknown = (client.get(f"/programs/{slug}.atom") for slug in ("rockets-for-ukraine", "x"))
    assert (hidden.status_code, hidden.content) == (404, unknown.content)


@pytest.mark.parametrize(
    ("address", "queries"), [("/programs.atom", 5), ("/parties.atom", 2), ("/developments.atom", 5)]
)
def test_query_count(world, client, django_assert_num_queries, address, queries):
    for number in (1, 3):
        for _ in range(number - 1):
            other = factories.make_development(world["program"])
            factories.make_citation(world["article"], other)
            ledger.publish([other])
        with django_assert_num_queries(queries):
            client.get(address)


@pytest.fixture
def told(world):
    tell_more(world["partnership"], world["program"], world["article"])


@once
def tell_more(partnership, program, article):
    """Tell of further programs, and of the partnership as a whole."""
    subjects = [{"program": factories.make_program(partnership, mode="training")} for _ in range(3)]
    subjects = [{"partnership": partnership}, *subjects, {"program": program}]
    developments = [factories.make_development(stage="agreed", **subject) for subject in subjects]
    for development in developments:
        factories.make_citation(article, development)
    ledger.publish([*(subject["program"] for subject in subjects[1:]), *developments])


@pytest.mark.parametrize("most", [1, 2, 50])
@pytest.mark.parametrize("query", ["", "?mode=training", "?stage=agreed", "?known_on=2026-02-09"])
@pytest.mark.parametrize("noun", ["programs", "developments", "partnerships"])
def test_feed_of_a_long_list_is_that_of_its_rows_one_by_one(told, client, monkeypatch, noun, query, most):
    monkeypatch.setattr(entries, "MOST_ENTRIES", most)
    monkeypatch.setattr(entries, "GROWTH", 2)
    address = f"/{noun}.atom{query}"
    one_by_one = client.get(address).content
    monkeypatch.setattr(feeds, "TOLD", {noun: (column, -1) for noun, (column, _) in feeds.TOLD.items()})
    assert client.get(address).content == one_by_one
