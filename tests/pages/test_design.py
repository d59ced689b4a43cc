"""The page of all parts shows every code, colour and state, and stands even where nothing has been published."""

import re

import pytest

from cooperation.choices import Phase, Stage
from cooperation.theme import find_contrast
from cooperation.views.design import AMOUNTS, COLOURS, DATES, QUANTITIES
from tests.pages.conftest import find_errors, words_of

ADDRESS = "/about/design/"


def fetch(client, query=""):
    response = client.get(ADDRESS + query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize(
    "query", ["", "?phase=talk&mode=supply", "?since=x", "?q=submarine", "?as_of=2020-01-01", "?as_of=x", "?colour=red"]
)
def test_page_is_sound_in_every_state(query, scene, client):
    body = fetch(client, query)
    assert find_errors(body) == []
    assert re.findall(r"<style|<script(?! src=)|\sstyle=|\son\w+=|javascript:|{{|{%", body) == []
    ids = re.findall(r'\sid="([^"]*)"', body)
    assert sorted(ids) == sorted(set(ids))
    assert set(re.findall(r'(?:href="#|aria-labelledby="|aria-describedby="|for=")([^" ]+)', body)) <= set(ids)
    assert "autofocus" not in body


def test_page_stands_in_an_empty_portal(client, db):
    assert words_of(fetch(client)).count("Nothing has been published here yet.") >= 2


@pytest.mark.parametrize("stage", Stage)
def test_page_shows_each_stage_with_its_phase(stage, client, db):
    assert f'<span class="badge {stage.colour}">{stage.label}</span>' in fetch(client)


@pytest.mark.parametrize("phase", Phase)
def test_page_shows_each_phase(phase, client, db):
    assert f'<span class="phase {phase.colour}">{phase.label}</span>' in fetch(client)


@pytest.mark.parametrize("colour", COLOURS.values(), ids=COLOURS)
def test_page_shows_each_colour_in_both_themes(colour, client, db):
    body = fetch(client)
    assert f"<code>--{colour.name}</code>" in body
    assert f"<code>{colour.light}</code>" in body
    assert f"<code>{colour.dark}</code>" in body


def test_page_says_the_contrast_of_what_is_written(client, db):
    paper, ink = COLOURS["paper"], COLOURS["ink"]
    assert f"{find_contrast(ink.light, paper.light):.1f}" in words_of(fetch(client))


def test_page_shows_every_kind_of_figure_and_day(client, db):
    words = words_of(fetch(client))
    for part in ("up to 100 aircraft", "number (missile): not disclosed", "about EUR 90 million", "about 2022"):
        assert part in words
    assert len(QUANTITIES) + len(AMOUNTS) + len(DATES) == len(re.findall(r"<li>", section(fetch(client), "facts")))


def test_page_shows_errors_beside_their_fields(client, db):
    body = fetch(client, "?since=x")
    assert words_of(body).count("This field is required.") == 2
    assert re.search(r'id="f-since"[^>]*aria-invalid="true"', body)


def test_page_shows_real_records_and_their_words(scene, client):
    body = fetch(client)
    assert '<a href="/programs/jets-1/">Jets for recipient 1</a>' in body
    assert "Jets 1 are being prepared." in section(body, "quotes")


def test_page_takes_as_many_queries_for_many_records(make_scene, client, django_assert_num_queries):
    make_scene(1)
    with django_assert_num_queries(11):
        fetch(client)
    make_scene(2)
    make_scene(3)
    with django_assert_num_queries(11):
        fetch(client)


@pytest.mark.parametrize("address", ["/", "/about/"])
def test_page_is_linked(address, client, db):
    assert f'href="{ADDRESS}"' in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("address", "links"), [("/programs/", ["#content", "#facets", "#rows-title"]), ("/about/", ["#content"])]
)
def test_keyboard_can_skip_to_content_filters_and_results(address, links, scene, client):
    body = client.get(address).content.decode()
    assert re.findall(r'<a class="skip" href="([^"]*)"', body) == links


def section(body, name):
    """Return the part of a page under the heading with this id."""
    start = body.index(f'<section aria-labelledby="{name}">')
    return body[start : body.index("</section>", start)]
