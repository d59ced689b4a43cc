"""The pictures: the same programs as the list, each number the total of the list behind its link."""

import re
from html import unescape

import pytest
from django.utils import timezone

from cooperation import ledger
from tests import factories
from tests.keeping import once
from tests.pages.conftest import build_scene, find_errors, words_of

LINK = re.compile(r'<a href="(/(?:programs|fr/programs|uk/programs)/[^"]*)"\s+aria-label="([^"]*)"')


def find_links(body):
    """Return (address, name) of each element of a picture."""
    return [(unescape(address), unescape(name)) for address, name in LINK.findall(body)]


@pytest.fixture
def scenes(db):
    return build_scenes()


@once
def build_scenes():
    """Build three connected sets, the third with a training program that was agreed on later."""
    with ledger.writing():
        made = [build_scene(n) for n in range(1, 4)]
        training = factories.make_program(made[2]["partnership"], slug="training", mode="training")
        agreed = factories.make_development(training, slug="training-agreed", stage="agreed", date="2026-02-08")
        factories.make_citation(made[2]["article"], agreed, "aircraft are ready")
        ledger.publish([training, agreed])
    return made


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?mode=supply",
        "?party=supplier-3",
        "?party=supplier-3&party=recipient-3&sort=-name&page_size=50",
        "?phase=promise&phase=work",
        "?stage=preparing",
        "?as_of=2026-02-08",
        "?known_on=2026-02-09",
        "?as_of=2026-02-09&known_on=2999-01-01&since=2026-02-09",
        "?q=jets",
        "?official=minister-1",
    ],
)
def test_each_number_is_the_total_of_the_list_behind_it(query, scenes, client):
    body = client.get(f"/pictures/{query}").content.decode()
    links = find_links(body)
    assert links
    for address, name in links:
        total = client.get(address, headers={"cache-control": "no-cache"}).context["paging"].total
        assert name.endswith(f": {total} program" + ("s" if total != 1 else "")), address


def test_picture_and_table_say_the_same(scenes, client):
    body = client.get("/pictures/").content.decode()
    drawn = [(address, name.split(": ")[-1].split()[0]) for address, name in find_links(body)]
    tables = re.findall(r'<td data-label="[^"]*" class="number">\s*<a href="([^"]*)">(\d+)</a>', body)
    assert [(unescape(address), count) for address, count in tables] == drawn


def test_matrix_tells_stage_by_mode(scenes, client):
    names = [name for _, name in find_links(client.get("/pictures/").content.decode())]
    assert names[:2] == ["Agreed, Training: 1 program", "Preparing, Supply: 3 programs"]


def test_links_keep_the_query_and_put_values_in_their_place(scenes, client):
    links = dict(
        map(reversed, find_links(client.get("/pictures/?party=recipient-3&as_of=2026-02-09").content.decode()))
    )
    assert links["Preparing, Supply: 1 program"] == (
        "/programs/?party=recipient-3&as_of=2026-02-09&stage=preparing&mode=supply"
    )
    assert (
        links["Recipient 3, Supplier 3: 2 programs"] == "/programs/?party=recipient-3&party=supplier-3&as_of=2026-02-09"
    )


def test_each_picture_has_a_title_a_description_and_a_source(scenes, client):
    body = client.get("/pictures/").content.decode()
    day = timezone.localdate()
    for name in ("matrix", "partners", "trend"):
        assert f'aria-labelledby="{name}-name"\n' in re.sub(r"\s*\n\s*", "\n", body)
        assert f'<title id="{name}-name">' in body
        assert f'<desc id="{name}-desc">' in body
    assert words_of(body).count(f"Source: 4 programs of this portal, as of {day.day} {day:%B %Y}.") == 3


def test_page_takes_the_parameters_of_the_list(scenes, client):
    list_page, pictures = (client.get(f"/{page}/?mode=supply&q=jets").context for page in ("programs", "pictures"))
    assert pictures["paging"].total == list_page["paging"].total == 3
    assert [f.name for f in pictures["facets"]] == [f.name for f in list_page["facets"]]
    assert pictures["chips"] == list_page["chips"]


def test_wrong_values_are_told_as_on_the_list(scenes, client):
    body = client.get("/pictures/?mode=barter&sort=size&colour=red").content.decode()
    assert find_errors(body) == []
    assert find_links(body) == []
    assert re.search(r'id="f-mode"[^>]*aria-invalid="true"', body)
    assert re.search(r'id="f-sort"[^>]*aria-invalid="true"', body)
    assert "has ignored them: colour" in words_of(body)
    assert "Correct the field that is marked above" in words_of(body)


@pytest.mark.parametrize("query", ["?q=submarine", "?as_of=1900-01-01"])
def test_no_program_has_no_picture_and_a_way_out(query, scenes, client):
    body = client.get(f"/pictures/{query}").content.decode()
    assert "<figure" not in body
    assert "empty" in body


def test_empty_portal_says_so(db, client):
    assert "Nothing has been published here yet." in words_of(client.get("/pictures/").content.decode())


def test_drafts_never_count(scenes, client):
    names = [name for _, name in find_links(client.get("/pictures/").content.decode())]
    with ledger.writing():
        hidden = factories.make_program(scenes[0]["partnership"], slug="hidden", mode="financing")
        factories.make_citation(scenes[0]["article"], factories.make_development(hidden), "aircraft are ready")
    assert [name for _, name in find_links(client.get("/pictures/").content.decode())] == names


@pytest.mark.parametrize(
    ("query", "is_drawn"),
    [
        ("%00", True),
        ("mode=%00", False),
        ("as_of=" + "9" * 300, False),
        ("party=" + "x" * 300, False),
        ("page=" + "9" * 30, True),
        ("q=%00", False),
        ("party=france%27--", False),
    ],
)
def test_hostile_input_is_answered(query, is_drawn, scenes, client):
    answer = client.get(f"/pictures/?{query}")
    assert (answer.status_code, bool(find_links(answer.content.decode()))) == (200, is_drawn)


def test_page_beyond_the_list_is_no_page_of_pictures(scenes, client):
    assert len(find_links(client.get("/pictures/?page=99").content.decode())) > 10


@pytest.mark.parametrize(
    ("query", "queries"), [("", 7), ("?as_of=2026-02-09", 7), ("?party=supplier-1&mode=supply", 8)]
)
@pytest.mark.parametrize("count", [1, 3])
def test_query_count(query, queries, count, make_scene, client, django_assert_num_queries):
    for n in range(1, count + 1):
        make_scene(n)
    with django_assert_num_queries(queries):
        client.get(f"/pictures/{query}")


def test_list_and_pictures_lead_to_each_other(scenes, client):
    body = client.get("/programs/?mode=supply&as_of=2026-02-09").content.decode()
    assert 'href="/pictures/?mode=supply&amp;as_of=2026-02-09"' in body
    body = client.get("/pictures/?mode=supply&page=3&as_of=2026-02-09").content.decode()
    assert 'href="/programs/?mode=supply&amp;as_of=2026-02-09" data-hx-boost="false">Show as a list' in body
    assert 'href="/pictures/?as_of=2026-02-09"' in client.get("/?as_of=2026-02-09").content.decode()


@pytest.mark.parametrize(("language", "name"), [("fr", "Fourniture : 3 programmes"), ("uk", "Постачання: 3 програми")])
def test_pictures_speak_the_language_of_the_page(language, name, scenes, client):
    links = find_links(client.get(f"/{language}/pictures/").content.decode())
    assert any(found.endswith(name) for _, found in links)
    assert {address.split("/")[1] for address, _ in links} == {language}


def test_timeline_leads_to_the_developments(scenes, client):
    body = client.get("/partnerships/alliance-3/?as_of=2026-02-09").content.decode()
    assert (
        'href="/programs/training/?as_of=2026-02-09#training-agreed"\n aria-label="Agreed, 8 February 2026: Training"'
        in re.sub(r"\n\s+", "\n ", body)
    )
    assert "Source: 2 programs of this partnership, as of 9 February 2026." in words_of(body)


def test_timeline_of_a_day_before_all_says_so(scenes, client):
    words = words_of(client.get("/partnerships/alliance-3/?as_of=2020-01-01").content.decode())
    assert "How the programs went Nothing that counts says how far these programs are." in words


def test_timeline_draws_no_more_lanes_than_fit_and_says_so(scene, client):
    with ledger.writing():
        programs = [factories.make_program(scene["partnership"]) for _ in range(13)]
        told = [factories.make_development(program) for program in programs]
        for development in told:
            factories.make_citation(scene["article"], development, "aircraft are ready")
        ledger.publish([*programs, *told])
    answer = client.get("/partnerships/alliance-1/")
    assert len(answer.context["timeline"].lanes) == 12
    assert "Those heard of last are drawn" in words_of(answer.content.decode())


def test_promise_ledger_is_drawn_with_its_words(scene, client):
    with ledger.writing():
        pledged = factories.make_development(
            scene["program"], slug="six-pledged", stage="pledged", quantity_qualifier="exact", quantity_value=6,
            quantity_unit="aircraft",
        )  # fmt: skip
        factories.make_citation(scene["article"], pledged, "aircraft are ready")
        ledger.publish([pledged])
    body = client.get("/programs/jets-1/").content.decode()
    assert re.search(r'<a href="#six-pledged"\s+aria-label="Promised: 6 aircraft">', body)
    assert '<rect class="open" x="0%"' in body
    assert "How much of what was promised has come? Unit: aircraft." in words_of(body)
