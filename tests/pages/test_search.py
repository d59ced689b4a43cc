"""The page of the search and the suggestions of its field."""

import re
from html import unescape

import pytest

from cooperation import ledger
from tests import factories
from tests.pages.conftest import find_errors, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = factories.make_world()
    world["system"].aliases = ["MAMBA"]
    world["system"].names = {"uk": "Мамба-1"}
    ledger.record(world["system"])
    return world


@pytest.fixture
def ask(client):
    """Return a function that asks for an address and gives back its HTML."""

    def answer(address, status=200):
        response = client.get(address)
        assert response.status_code == status
        return response.content.decode()

    return answer


def test_page_says_what_each_line_is(world, ask):
    html = ask("/search/?q=mamba")
    words = words_of(html)
    assert "Systems 1 Rocket also MAMBA Missile Programs 1 Rockets-For-Ukraine Agreed Supply France-Ukraine" in words
    assert "Developments 1 rockets-agreed Agreed 9 February 2026 Rockets-For-Ukraine" in words
    assert "also <mark>MAMBA</mark>" in html
    assert find_errors(html) == []


def test_page_jumps_to_its_groups(world, ask):
    html = ask("/search/?q=france")
    groups = re.findall(r'<h2 id="found-(\w+)"', html)
    assert groups[0] == "parties"
    assert re.findall(r'class="chip" href="#found-(\w+)"', html) == groups


def test_snippet_shows_the_words_of_articles_and_quotes(world, ask):
    words = words_of(ask("/search/?q=getting+aircraft"))
    assert "Report Gazette 9 February 2026 Press France told Ukraine that it is getting aircraft ready." in words
    assert words.count("getting aircraft ready") == 2


def test_full_text_is_not_shown(world, ask):
    world["article"].text_kind = "full"
    ledger.record(world["article"])
    assert "Both discussed" not in ask("/search/?q=report")


def test_corrected_query_is_said_and_can_be_undone(world, ask):
    html = ask("/search/?q=rokcet")
    assert "Showing results for Rocket instead of “rokcet”. Search for the words as written" in words_of(html)
    address = unescape(re.search(r'<a href="(/search/\?[^"]+as_written[^"]*)"', html)[1])
    assert "Nothing was found for “rokcet”." in words_of(ask(address))


def test_more_than_a_group_shows_are_linked(world, ask):
    with ledger.writing():
        ledger.publish([factories.make_system(slug=f"mamba-{n}", name=f"Mamba {n}") for n in range(11)])
    html = ask("/search/?q=mammba")
    assert '<a href="/systems/?q=MAMBA">' in html
    assert "Systems: all 12 that match" in words_of(html)


def test_page_stays_on_its_day(world, ask):
    html = ask("/search/?q=rocket&known_on=2026-02-09")
    assert '<input type="hidden" name="known_on" value="2026-02-09">' in html
    assert "/systems/rocket/?known_on=2026-02-09" in html
    assert "Programs" not in re.findall(r'<h2 id="found-\w+">\s*(\w+)', ask("/search/?q=rocket&known_on=2026-02-08"))


@pytest.mark.parametrize("query", ["zzzz", "%22%3E%3Cb%3Ezzzz", "!", "a%00b", "x" * 201, ""])
def test_page_without_results_offers_ways_out(world, ask, query):
    html = ask(f"/search/?q={query}")
    assert re.findall(r'<a class="chip" href="([^"]+)"', html) == [
        "/programs/",
        "/systems/",
        "/parties/",
        "/developments/",
    ]
    assert ('value="a�b"' in html) == (query == "a%00b")


def test_what_was_typed_and_found_is_escaped(ask):
    name = "<script>alert('mamba')</script> & “mamba”"
    ledger.publish([factories.make_system(slug="x", name=name, aliases=["<i>aster</i>"])])
    for address in ("/search/?q=", "/search/suggestions/?q="):
        html = ask(f"{address}mamba")
        assert "&lt;script&gt;alert(&#x27;<mark>mamba</mark>&#x27;)&lt;/script&gt; &amp; “<mark>mamba</mark>”" in html
        assert "also &lt;i&gt;<mark>aster</mark>&lt;/i&gt;" in ask(f"{address}aster")
    assert "<b>zz" not in ask("/search/?q=%3Cb%3Ezz%22onx=1")
    assert '"onx' not in ask("/search/?q=%3Cb%3Ezz%22onx=1")


def test_page_is_in_the_language_of_its_address(world, ask):
    html = ask("/uk/search/?q=mamba")
    assert 'href="/uk/systems/rocket/"' in html
    assert "Мамба-1" in html
    assert 'action="/uk/search/"' in html


def test_suggestions_are_options_of_a_list_box(world, ask):
    html = ask("/search/suggestions/?q=mam")
    assert re.sub(r"\s+", " ", html).strip() == (
        '<ul role="listbox" aria-label="Suggestions" data-status="1 suggestion"> '
        '<li role="option" aria-selected="false" data-address="/systems/rocket/"> <span>Rocket</span> '
        '<span class="other"> also <mark>MAM</mark>BA </span> <span class="help">Systems</span> </li> </ul>'
    )


@pytest.mark.parametrize("query", ["", "zzzz", "!", "%00", "x" * 500, "getting"])
def test_nothing_to_suggest_is_an_empty_fragment(world, ask, query):
    assert ask(f"/search/suggestions/?q={query}").strip() == ""


def test_suggestions_may_be_kept_for_a_minute_by_the_reader_alone(world, client):
    headers = client.get("/search/suggestions/?q=mam").headers
    assert sorted(headers["Cache-Control"].split(", ")) == ["max-age=60", "private"]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_what_is_found(world, ask, count, django_assert_max_num_queries):
    with ledger.writing():
        ledger.publish([factories.make_system(slug=f"mamba-{n}", name=f"Mamba {n}") for n in range(count)])
    with django_assert_max_num_queries(13):
        ask("/search/?q=mamba")
    with django_assert_max_num_queries(7):
        ask("/search/suggestions/?q=mamba")


@pytest.mark.parametrize("address", ["/", "/search/", "/programs/"])
def test_each_page_has_one_field_that_suggests(world, ask, address):
    html = ask(address)
    assert len(re.findall(r'data-suggestions="/search/suggestions/"', html)) == 1
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("query", "error"),
    [("a%00b", "Null characters are not allowed."), ("a" * 201, "Ensure this value has at most 200 characters")],
)
def test_query_that_cannot_be_read_is_told_beside_the_field(world, ask, query, error):
    assert error in words_of(ask(f"/search/?q={query}"))
