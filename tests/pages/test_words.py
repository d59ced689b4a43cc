"""Opening the words: stage, quantity and amount lead in one step to the passage that earned them, and it leads back."""

import datetime
import re

import pytest

from cooperation import ledger
from tests import factories
from tests.pages.conftest import READY, find_errors

PASSAGE = "/articles/report-1/#cited-jets-ready-1"
TIMELINES = ["/", "/developments/", "/developments/?sort=name", "/officials/minister-1/"]


@pytest.fixture
def paid(scene):
    """Return the scene; its development states an amount and a day as well."""
    development = scene["development"]
    development.amount_value, development.amount_qualifier, development.amount_currency = 90_000_000, "about", "EUR"
    development.due = "2026-03"
    ledger.record(development)
    return scene


def find_links(body):
    """Return (address, words) of each link of a page."""
    return [
        (address, " ".join(re.sub(r"<[^>]+>", " ", words).split()))
        for address, words in re.findall(r'<a\s[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', body, re.DOTALL)
    ]


@pytest.mark.parametrize("address", [*TIMELINES, "/programs/jets-1/"])
def test_stage_and_figures_lead_to_the_passage(address, paid, client):
    links = find_links(client.get(address).content.decode())
    for words in ("Preparing", "up to 6 aircraft", "about EUR 90 million"):
        assert (PASSAGE, words) in links


def test_promised_day_leads_to_the_passage(paid, client):
    assert (PASSAGE, "March 2026") in find_links(client.get("/programs/jets-1/").content.decode())


@pytest.mark.parametrize("address", [*TIMELINES, "/programs/jets-1/", "/partnerships/alliance-1/"])
def test_every_passage_led_to_is_there(address, paid, client):
    found = {link for link, _ in find_links(client.get(address).content.decode()) if "#cited-" in link}
    assert found
    for link in found:
        page, _, anchor = link.partition("#")
        assert f'<mark id="{anchor}"' in client.get(page).content.decode()


def test_figures_lead_to_the_earliest_article(paid, client):
    paid["article"].published = datetime.date(2026, 2, 10)
    earlier = factories.make_article(paid["publisher"], slug="signal", text=READY, published=datetime.date(2026, 2, 9))
    factories.make_citation(earlier, paid["development"], READY)
    ledger.record(paid["article"])
    ledger.publish([earlier])
    links = find_links(client.get("/developments/").content.decode())
    assert ("/articles/signal/#cited-jets-ready-1", "Preparing") in links
    assert (PASSAGE, "Preparing") not in links
    assert (PASSAGE, "Report 1") in links


def test_way_to_the_passage_keeps_the_day(paid, client):
    links = find_links(client.get("/programs/jets-1/?known_on=2026-02-09").content.decode())
    assert ("/articles/report-1/?known_on=2026-02-09#cited-jets-ready-1", "up to 6 aircraft") in links


def test_article_shows_what_a_passage_supports_and_the_way_back(paid, client):
    links = find_links(client.get("/articles/report-1/").content.decode())
    for words in ("Preparing", "up to 6 aircraft", "about EUR 90 million", "Back to passage 1"):
        assert ("#cited-jets-ready-1", words) in links
    assert ("#reports-jets-ready-1", f"{READY} 1") in links
    assert ("#cited-whole-1", "Back to passage 2") in links


def test_article_leads_back_to_each_passage(scene, client):
    factories.make_citation(scene["article"], scene["development"], "Both discussed missiles.")
    body = client.get("/articles/report-1/").content.decode()
    links = find_links(body)
    assert find_errors(body) == []
    assert ("#cited-jets-ready-1", "Back to passage 1") in links
    assert ("#cited-jets-ready-1.2", "its place 2") in links
    assert '<mark id="cited-jets-ready-1.2"' in body


def test_note_names_the_passage_and_what_it_supports(scene, client):
    factories.make_citation(scene["article"], scene["development"], "Both discussed missiles.")
    body = client.get("/articles/report-1/").content.decode()
    assert 'aria-label="Passage 2 supports: Alliance 1 turns to missiles.">2</a>' in body


@pytest.mark.parametrize(
    ("query", "months"),
    [
        ("", ["February 2026", "January 2026"]),
        ("?sort=updated", ["February 2026", "January 2026"]),
        ("?sort=-updated", ["January 2026", "February 2026"]),
        ("?sort=name", []),
        ("?sort=-stage", []),
    ],
)
def test_timeline_has_months_as_headings_in_the_order_of_days(query, months, scene, client):
    early = factories.make_development(scene["program"], slug="early", date="2026-01-20")
    factories.make_citation(scene["article"], early, "Both discussed missiles.")
    ledger.publish([early])
    body = client.get(f"/developments/{query}").content.decode()
    assert re.findall(r'<h3 class="month">(.*?)</h3>', body) == months
    assert len(re.findall(r'<li\s+class="dated"', body)) == 3


@pytest.mark.parametrize(
    ("address", "heading"), [("/programs/jets-1/", "1 origin February 2026"), ("/", "What is new")]
)
def test_entry_says_its_day_first(address, heading, scene, read):
    _, words = read(address)
    entries = words.partition(f"{heading} ")[2]
    assert re.search(r"9 February 2026 (Preparing )?Jets 1 are being prepared\.", entries)


def test_paper_shows_the_address_of_a_source(scene, client):
    scene["article"].address = "https://example.org/news/1"
    ledger.record(scene["article"])
    body = client.get("/programs/jets-1/").content.decode()
    assert '<span class="only-print">https://example.org/news/1</span>' in body


@pytest.mark.parametrize(("text_kind", "mark"), [("passages", ' lang="uk"'), ("full", ' lang="uk"'), ("abstract", "")])
def test_article_is_read_in_the_language_of_its_words(text_kind, mark, scene, client):
    scene["article"].language, scene["article"].text_kind = "uk", text_kind
    ledger.record(scene["article"])
    body = " ".join(client.get("/articles/report-1/").content.decode().split()).replace(" >", ">")
    assert f"<h1{mark}>Report 1</h1>" in body
    assert f'<div class="prose"{mark}>' in body
    words = " ".join(client.get("/programs/jets-1/").content.decode().split()).replace(" >", ">")
    assert f"{'<p' if text_kind == 'abstract' else '<blockquote'}{mark}>" in words
    assert f'#cited-jets-ready-1"{mark}>Report 1</a>' in words


def test_words_of_our_own_are_marked_in_other_languages(scene, client):
    body = client.get("/uk/programs/jets-1/").content.decode()
    assert re.findall(r'lang="en"\s*>Jets 1 are being prepared', body) == ['lang="en">Jets 1 are being prepared'] * 3
    assert 'lang="en">Minister of Defence</span>' in body
    assert re.search(r'<h1\s+lang="en">\s*Jets for recipient 1', body)
