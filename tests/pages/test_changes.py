"""The page of changes: its form, its entries, where they lead, and what is wrong with an address."""

import datetime
import re

import pytest
import time_machine

from cooperation import ledger
from tests import factories
from tests.pages.conftest import READY, TEXT, find_errors

DAY = datetime.date(2026, 2, 9)
LATER = datetime.date(2026, 3, 9)
SPAN = "from=2026-02-01&to=2026-02-10"


@pytest.fixture
def story(scene):
    """A scene whose jets are delivered in March, with a figure that the supplier and the minister do not share."""
    article = factories.make_article(scene["publisher"], slug="later", title="Later report", published=LATER, text=TEXT)
    figure = {"quantity_qualifier": "exact", "quantity_unit": "aircraft", "stage": "delivered", "date": "2026-03-09"}
    given = factories.make_development(
        scene["program"], slug="given", quantity_value=6, said_by_party=scene["supplier"], **figure
    )
    got = factories.make_development(scene["program"], slug="got", quantity_value=4, moves=False, **figure)
    for development in (given, got):
        factories.make_citation(article, development, READY)
    ledger.publish([article, given, got])
    return scene


def test_new_program_is_told_with_its_claims(scene, read):
    status, words = read(f"/changes/?{SPAN}")
    assert status == 200
    assert (
        "1 program changed After 1 February 2026, up to the end of 10 February 2026, by the day on which it was true. "
        "1 new program, 0 moves to another stage, 1 new claim, 0 new contradictions. "
        "Jets for recipient 1 New Preparing · Alliance 1 Preparing Jets 1 are being prepared. "
        "9 February 2026 · said by Minister 1, Minister of Defence · Telegram · up to 6 aircraft "
        "The words, in 1 article France told Ukraine that aircraft are ready in our abstract of Gazette 1"
    ) in words


def test_move_and_contradiction_are_told(story, read):
    _, words = read("/changes/?from=2026-02-09&to=2026-03-09")
    assert "Jets for recipient 1 Preparing → moved to Delivered · Alliance 1 Delivered got" in words
    assert (
        "New: sources contradict each other Delivered: "
        "6 aircraft: 9 March 2026 · said by Supplier 1 4 aircraft: 9 March 2026 · no speaker is named · Gazette 1"
    ) in words
    assert "0 new programs, 1 move to another stage, 2 new claims, 1 new contradiction." in words


def test_program_that_did_not_move_says_so(scene, read):
    look_back = factories.make_development(scene["program"], slug="look-back", moves=False, date="2026-02-08")
    article = factories.make_article(scene["publisher"], text=TEXT, published=LATER)
    factories.make_citation(article, look_back, READY)
    ledger.publish([article, look_back])
    _, words = read("/changes/?from=2026-02-09&to=2026-03-09&clock=known_on")
    assert "by the day on which an article first reported it." in words
    assert "Jets for recipient 1 Preparing as before · Alliance 1 Agreed look-back" in words
    assert "no speaker is named · first reported on 9 March 2026" in words


def test_links_of_an_entry_lead_to_the_last_day(story, client):
    answer = client.get("/changes/?from=2026-02-09&to=2026-03-09&known_on=2026-04-01")
    body = re.sub(r"\s+>", ">", answer.content.decode())
    day = "as_of=2026-03-09&amp;known_on=2026-04-01"
    assert f'<a href="/programs/jets-1/?{day}">Jets for recipient 1</a>' in body
    assert f'<a class="badge phase-result" href="/programs/jets-1/?{day}#stage">Delivered</a>' in body
    assert f'<a href="/programs/jets-1/?{day}#given">' in body
    assert f'<a href="/articles/later/?{day}#cited-given">Later report</a>' in body
    assert '<a href="/systems/?known_on=2026-04-01"' in body


def test_links_of_an_entry_stay_with_today(story, client):
    body = client.get("/changes/?from=2026-02-09&to=2999-01-01").content.decode()
    assert '<a href="/programs/jets-1/">Jets for recipient 1</a>' in body


@time_machine.travel(datetime.datetime(2026, 3, 10, 12, tzinfo=datetime.UTC))
def test_form_starts_with_the_last_thirty_days(scene, client):
    answer = client.get("/changes/")
    controls = {control.name: (control.kind, control.value) for control in answer.context["controls"]}
    assert controls == {
        "from": ("date", "2026-02-08"),
        "to": ("date", "2026-03-10"),
        "clock": ("select", "as_of"),
        "q": ("search", ""),
    }
    assert [change.program.slug for change in answer.context["changes"]] == ["jets-1"]
    assert '<option value="known_on">on which it became known</option>' in re.sub(r"\s+>", ">", answer.content.decode())


def test_form_keeps_what_narrows_and_the_other_clock(scene, client):
    answer = client.get(f"/changes/?{SPAN}&party=supplier-1&mode=supply&known_on=2026-04-01&page=1&page_size=5")
    assert answer.context["kept"] == [
        ("party", "supplier-1"),
        ("mode", "supply"),
        ("known_on", "2026-04-01"),
        ("page_size", "5"),
    ]
    assert [(chip.label, chip.text) for chip in answer.context["chips"]] == [
        ("Party", "Supplier 1"),
        ("Mode", "Supply"),
    ]
    assert f'href="/changes/?{SPAN}&party=supplier-1&known_on=2026-04-01&page_size=5"' in (
        answer.content.decode().replace("&amp;", "&")
    )


def test_day_asked_about_ends_the_span(story, client):
    answer = client.get("/changes/?as_of=2026-02-20")
    assert (answer.context["span"].start, answer.context["span"].end) == (
        datetime.date(2026, 1, 21),
        datetime.date(2026, 2, 20),
    )
    assert [len(change.developments) for change in answer.context["changes"]] == [1]


@time_machine.travel(datetime.datetime(2026, 3, 10, 12, tzinfo=datetime.UTC))
def test_pinned_page_stays_as_it_was(story, client):
    page = client.get("/changes/?party=supplier-1").context
    assert "‘Changes from 8 February 2026 to 10 March 2026 (Party: Supplier 1)’" in page["cite"].sentence
    assert page["cite"].permalink.endswith("/changes/?party=supplier-1&as_of=2026-03-10&known_on=2026-03-10")
    with time_machine.travel(datetime.datetime(2026, 9, 10, 12, tzinfo=datetime.UTC)):
        later = client.get(page["cite"].permalink).context
    assert (later["span"].start, later["span"].end) == (page["span"].start, page["span"].end)
    assert later["tally"] == page["tally"]


def test_first_day_after_the_last_is_an_error_at_its_field(scene, client):
    answer = client.get("/changes/?from=2026-03-01&to=2026-02-01&party=supplier-1")
    body = answer.content.decode()
    assert (answer.status_code, answer.context["changes"]) == (200, [])
    assert "“2026-03-01” comes after the last day, 2026-02-01." in body[body.index('id="f-from-error"') :]
    assert "No rows: something above is wrong" in body
    controls = {control.name: (control.kind, control.value) for control in answer.context["controls"]}
    assert (controls["from"], controls["to"]) == (("text", "2026-03-01"), ("date", "2026-02-01"))


def test_wrong_values_of_other_parameters_have_a_field(scene, client):
    answer = client.get(f"/changes/?{SPAN}&clock=sundial&mode=barter&page=x")
    shown = [(control.name, control.kind) for control in answer.context["controls"] if control.errors]
    assert shown == [("clock", "text"), ("mode", "text"), ("page", "text")]
    assert answer.context["changes"] == []


def test_unknown_parameters_are_ignored_in_words(scene, read):
    _, words = read(f"/changes/?{SPAN}&colour=red&<b>=1")
    assert "This page does not know these parameters and has ignored them: <b> colour" in words
    assert "1 program changed" in words


def test_empty_page_leads_to_a_longer_span(scene, client, read):
    _, words = read("/changes/?from=2026-03-01&to=2026-03-31&mode=supply")
    assert "Nothing that matches all of these conditions changed in these days." in words
    body = client.get("/changes/?from=2026-03-01&to=2026-03-31").content.decode()
    assert "Nothing changed in these days." in body
    assert '<a href="/changes/?from=2025-03-31&amp;to=2026-03-31">' in body
    body = client.get("/changes/?from=2024-01-01&to=2026-01-31").content.decode()
    assert '<a href="/developments/" data-hx-boost="false">All developments</a>' in body


def test_pages_keep_the_other_parameters(make_scene, client):
    for n in range(3):
        make_scene(n)
    answer = client.get(f"/changes/?{SPAN}&page_size=1&page=2")
    body = answer.content.decode().replace("&amp;", "&")
    assert [change.program.slug for change in answer.context["changes"]] == ["jets-1"]
    assert f'rel="prev" href="/changes/?{SPAN}&page_size=1&page=1"' in body
    assert f'rel="next" href="/changes/?{SPAN}&page_size=1&page=3"' in body
    assert "On this page:" in body
    assert client.get(f"/changes/?{SPAN}&page=9").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_query_count(count, make_scene, client, django_assert_num_queries):
    for n in range(count):
        make_scene(n)
    with django_assert_num_queries(7):
        answer = client.get(f"/changes/?{SPAN}")
    assert len(answer.context["changes"]) == answer.context["paging"].total == count


@pytest.mark.parametrize(
    "query", ["", "&party=supplier-1", "&clock=known_on", "&sort=name", "&page_size=1&page=2", "&q=2"]
)
def test_page_shows_what_the_api_answers(query, make_scene, client):
    make_scene(1)
    make_scene(2)
    page = client.get(f"/changes/?{SPAN}{query}").context
    answer = client.get(f"/api/v1/changes/?{SPAN}{query}").json()
    assert [change.program.slug for change in page["changes"]] == [row["program"]["id"] for row in answer["results"]]
    assert page["paging"].total == answer["count"] > 0


@pytest.mark.parametrize(
    "address",
    [
        f"/changes/?{SPAN}",
        "/changes/?from=2026-02-01&to=2026-03-31&clock=known_on&known_on=2026-04-01",
        "/changes/?from=2026-03-01&to=2026-02-01&mode=barter&unknown=1",
        "/changes/?from=2026-01-01&to=2026-02-01",
        f"/changes/?{SPAN}&page=9",
    ],
)
def test_page_is_sound(address, make_scene, story, client):
    make_scene(2)
    body = client.get(address).content.decode()
    assert find_errors(body) == []
    assert re.findall(r"<style|<script(?! src=)|\sstyle=|\son\w+=|javascript:|{{|{%", body) == []
    assert len(re.findall(r"<h1[\s>]", body)) == 1
    ids = re.findall(r'\sid="([^"]*)"', body)
    assert sorted(ids) == sorted(set(ids))
    inside = re.findall(r'(?:href="#|aria-labelledby="|aria-describedby="|for=")([^"]+)"', body)
    assert set(inside) <= set(ids)


def test_navigation_leads_here(scene, client):
    assert re.search(r'<a href="/changes/"\s+aria-current="page">Changes</a>', client.get("/changes/").content.decode())


def test_hostile_values_are_escaped(scene, client):
    body = client.get("/changes/?from=%3Cscript%3E&q=%22%3E%3Cb%3E&clock=%3Ci%3E").content.decode()
    assert "<script>" not in body
    assert '"><b>' not in body
    assert "<i>" not in body
