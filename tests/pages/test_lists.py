"""The lists: what a line says, what the address does, and what is wrong with it."""

import re

import pytest

from cooperation import ledger
from tests import factories

NOUNS = {
    "partnerships": (11, "Alliance 1 Recipient 1, Supplier 1 about 2022 9 February 2026 1 program"),
    "programs": (6, "Jets for recipient 1 Supply Alliance 1 Preparing 9 February 2026 9 February 2026 1 article"),
    "systems": (11, "Jet 1 Combat aircraft Family 1 Maker 1 1 program"),
    "parties": (10, "Ministry 1 Government body not stated Recipient 1 0 programs"),
    "officials": (5, "Minister 1 Minister Ministry 1 2 statements"),
    "instruments": (8, "Fund 1 Loan Supplier 1 up to EUR 90 million 1 program"),
    "publishers": (8, "Gazette 1 Press C · Fairly reliable 1 article"),
    "articles": (6, "Report 1 9 February 2026 Gazette 1 Press Minister 1 2 developments"),
    "developments": (
        7,
        "9 February 2026 Preparing Jets 1 are being prepared. Jets for recipient 1 · said by Minister 1",
    ),
}


@pytest.mark.parametrize("noun", NOUNS)
def test_list_says_in_one_line(noun, scene, read):
    status, words = read(f"/{noun}/")
    assert status == 200
    assert NOUNS[noun][1] in words


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("noun", NOUNS)
def test_list_query_count(noun, count, make_scene, client, django_assert_num_queries):
    for n in range(count):
        make_scene(n)
    with django_assert_num_queries(NOUNS[noun][0]):
        answer = client.get(f"/{noun}/")
    assert len(answer.context["rows"]) == answer.context["paging"].total >= count


RECORDS = (
    "party=supplier-1&party=recipient-1&partnership=alliance-1&system=jet-1&instrument=fund-1&official=minister-1"
    "&publisher=gazette-1&id=jets-1"
)


def test_list_query_count_of_many_records(scene, client, django_assert_num_queries):
    with django_assert_num_queries(8):  # one finds all records, two more what has no bitmap
        answer = client.get(f"/programs/?{RECORDS}")
    assert [row.slug for row in answer.context["rows"]] == ["jets-1"]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "sort=name",
        "sort=-name",
        "sort=-updated",
        "q=2",
        "party=supplier-1",
        "mode=supply&stage=preparing",
        "modified_since=2020-01-01&system=family-2",
        "page_size=1&page=2",
    ],
)
@pytest.mark.parametrize("noun", NOUNS)
def test_list_shows_what_the_api_answers(noun, query, make_scene, client):
    make_scene(1)
    make_scene(2)
    page = client.get(f"/{noun}/?{query}").context
    answer = client.get(f"/api/v1/{noun}/?{query}").json()
    assert [row.slug for row in page["rows"]] == [row["id"] for row in answer["results"]]
    assert page["paging"].total == answer["count"]
    assert answer["count"] > 0 or (noun, query) == ("officials", "party=supplier-1")  # nobody speaks for it


@pytest.mark.parametrize("noun", NOUNS)
def test_list_empty_offers_a_way_out(noun, db, read):
    status, words = read(f"/{noun}/")
    assert status == 200
    assert "0 entries Nothing has been published here yet. What this portal is about" in words


def test_badge_links_to_the_words_that_earned_it(scene, client):
    body = client.get("/programs/").content.decode()
    assert '<a class="badge phase-work" href="/programs/jets-1/#stage">Preparing</a>' in body


def test_list_names_unknown_parameters(scene, read):
    _, words = read("/programs/?colour=red&mode=supply&<b>=1")
    assert "does not know these parameters and has ignored them: <b> colour" in words
    assert "1 entry" in words


def test_list_invalid_value(scene, client):
    answer = client.get("/programs/?mode=barter&q=jets&since=2026-13-40&colour=red")
    body = answer.content.decode()
    assert answer.status_code == 200
    assert list(answer.context["rows"]) == []
    assert "“barter” is not known; use one of supply," in body
    assert "“2026-13-40” is not a day; write it as 2026-02-09." in body
    controls = {
        control.name: (control.kind, control.values, bool(control.errors)) for control in answer.context["controls"]
    }
    assert controls == {
        "q": ("search", ["jets"], False),
        "mode": ("text", ["barter"], True),
        "since": ("text", ["2026-13-40"], True),
        "until": ("date", [], False),
        "sort": ("select", [], False),
    }


def test_list_sort_offers_each_order_once(scene, client):
    (sort,) = [c for c in client.get("/parties/?sort=-updated").context["controls"] if c.name == "sort"]
    assert (sort.value, [value for value, _ in sort.choices]) == ("-updated", ["", "updated", "-updated", "-name"])


def test_fields_sent_empty_leave_the_address(scene, client):
    body = client.get("/programs/?q=&since=&until=&sort=&mode=supply").content.decode()
    assert 'href="/programs/?mode=supply&amp;phase=work"' in body


@pytest.mark.parametrize("page", ["abc", "0", "-1", "1.5", "9" * 5000, "%00"])
def test_page_malformed(page, scene, read):
    status, words = read(f"/programs/?page={page}")
    assert status == 200
    assert "No rows: something above is wrong" in words


@pytest.mark.parametrize("page", ["2", "100000000000000000000"])
def test_page_beyond_the_end(page, scene, read):
    status, words = read(f"/programs/?page={page}")
    assert status == 404
    assert "This list has only 1 page. Go to the last page" in words


def test_page_size_too_large(scene, read):
    _, words = read("/programs/?page_size=201")
    assert "Ensure this value is less than or equal to 200." in words


def test_pages_keep_the_other_parameters(make_scene, client):
    for n in range(3):
        make_scene(n)
    answer = client.get("/programs/?q=jets&page_size=1&page=2&sort=name")
    body = answer.content.decode()
    assert [program.slug for program in answer.context["rows"]] == ["jets-1"]
    assert 'rel="prev" href="/programs/?q=jets&amp;page_size=1&amp;sort=name&amp;page=1"' in body
    assert 'rel="next" href="/programs/?q=jets&amp;page_size=1&amp;sort=name&amp;page=3"' in body
    assert '<input type="hidden" name="page_size" value="1">' in body
    assert "2 to 2 of 3" in body


def test_facet_value_toggles(make_scene, client):
    make_scene(1)
    make_scene(2)
    body = client.get("/programs/?party=supplier-1&page=1").content.decode()
    facets = body[body.index('id="facets"') :]
    assert 'href="/programs/?party=supplier-1&amp;mode=supply"' in facets
    chosen = r'<a id="value-party-supplier-1"\s+href="/programs/"\s+aria-current="true">'
    assert re.search(rf'{chosen}<span class="value ">Supplier 1</span>', facets)


def test_chip_takes_one_value_out(scene, client):
    answer = client.get("/programs/?party=supplier-1&party=recipient-1&since=2026-01-01")
    assert [(chip.label, chip.text) for chip in answer.context["chips"]] == [
        ("Party", "Supplier 1"),
        ("Party", "Recipient 1"),
        ("Since", "2026-01-01"),
    ]
    assert '<a class="chip" href="/programs/?party=recipient-1&amp;since=2026-01-01">' in answer.content.decode()
    assert '<a href="/programs/">Clear all</a>' in answer.content.decode()


def test_filter_without_rows(scene, read):
    status, words = read("/programs/?q=submarine")
    assert status == 200
    assert "Nothing matches all of these conditions. Take one out, or clear all." in words
    assert "Without “Search: submarine”: 1 entry Clear all" in words


def test_hostile_values_are_escaped(scene, client):
    body = client.get("/programs/?q=%3Cscript%3Ealert(1)%3C/script%3E&party=%22%3E%3Cb%3E").content.decode()
    assert "<script>alert" not in body
    assert '"><b>' not in body


@pytest.mark.parametrize("noun", NOUNS)
def test_null_character_is_an_error_in_words(noun, scene, read):
    status, words = read(f"/{noun}/?q=a%00b")
    assert status == 200
    assert "Null characters are not allowed." in words


def test_drafts_do_not_count(scene, read):
    program = factories.make_program(scene["partnership"], name="Secret jets")
    _, words = read("/programs/")
    assert program.name not in words
    assert "1 entry" in words


def test_sources_leave_out_hidden_and_deprecated_ones(scene, client):
    program = scene["program"]
    hidden = factories.make_article(scene["publisher"], text="Some say so.")
    late = factories.make_development(program, rank="deprecated", rank_reason="Wrong.")
    factories.make_citation(hidden, scene["development"], "Some say so.")
    other = factories.make_article(scene["publisher"], text="Others say so.")
    factories.make_citation(other, late, "Others say so.")
    ledger.publish([other, late])
    (row,) = client.get("/programs/").context["rows"]
    assert ">1 article<" in row.html


def test_data_as_of_is_the_latest_change(scene, client):
    answer = client.get("/programs/")
    assert answer.context["data_as_of"] == scene["program"].modified
    assert "Data as of" in answer.content.decode()
