"""The files in which articles are cited, and what an article's page says about them."""

import json
from datetime import UTC, date, datetime

import bibtexparser
import pytest
import rispy
import time_machine
from django.http import QueryDict

from cooperation import ledger
from cooperation.exports.citations import FORMATS, Link
from cooperation.views.citing import cite_article, cite_page
from cooperation.views.day import AskedDay
from tests import factories

PAGE = "http://testserver/articles/report-1/"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize("suffix", [".bib", ".ris", ".csl.json"])
def test_file_comes_with_type_and_name(client, scene, suffix):
    answer = client.get(f"/articles/report-1{suffix}")
    content_type = {f.suffix: f.content_type for f in FORMATS}[suffix]
    assert answer.status_code == 200
    assert answer["Content-Type"] == f"{content_type}; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="report-1{suffix}"'


def test_files_cite_the_article(client, scene):
    bib, ris, csl = (client.get(f"/articles/report-1{f.suffix}").content.decode() for f in FORMATS)
    assert bibtexparser.parse_string(bib).entries[0]["url"] == PAGE
    assert rispy.loads(ris, newline="\r\n")[0]["secondary_title"] == "Gazette 1"
    assert [(item["title"], item["URL"]) for item in json.loads(csl)] == [("Report 1", PAGE)]


@pytest.mark.parametrize("suffix", [".bib", ".ris", ".csl.json"])
def test_hidden_article_answers_as_an_unknown_one(client, scene, suffix):
    with ledger.writing():
        ledger.withdraw([scene["publisher"]])
    hidden, unknown = (client.get(f"/articles/{slug}{suffix}") for slug in ("report-1", "no-such-1"))
    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert hidden.content.replace(b"report-1", b"") == unknown.content.replace(b"no-such-1", b"")


def test_file_takes_one_query(client, scene, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert client.get("/articles/report-1.bib").status_code == 200


def test_file_is_only_read(client, scene):
    assert client.post("/articles/report-1.bib").status_code == 405
    assert client.head("/articles/report-1.bib").content == b""


def ask(rf, address):
    """Return a request for `address`, and the day that it asks about."""
    request = rf.get(address)
    clocks = ("known_on",) if address.startswith("/articles/") else ("as_of", "known_on")
    return request, AskedDay(request.GET, clocks)


@time_machine.travel(NOON)
@pytest.mark.parametrize(
    ("query", "pinned"),
    [("", "2026-11-24"), ("?known_on=2026-03-01", "2026-03-01"), ("?known_on=2030-01-01", "2026-11-24")],
)
def test_article_is_cited_as_known_on_the_day(rf, scene, query, pinned):
    request, day = ask(rf, f"/articles/report-1/{query}")
    cite = cite_article(request, scene["article"], day)
    assert cite.permalink == f"{PAGE}?known_on={pinned}"
    assert cite.sentence.endswith(f"<{cite.permalink}>, read on 24 November 2026.")
    assert cite.rows == f"http://testserver/api/v1/articles/report-1/?known_on={pinned}"


def test_article_is_offered_in_all_formats(rf, scene):
    request, day = ask(rf, "/articles/report-1/")
    cite = cite_article(request, scene["article"], day)
    assert cite.formats == (
        Link("BibTeX", "/articles/report-1.bib"),
        Link("RIS", "/articles/report-1.ris"),
        Link("CSL JSON", "/articles/report-1.csl.json"),
    )
    assert cite.bibtex.startswith("@article{report-1,\n")


@time_machine.travel(NOON)
def test_list_is_cited_with_its_conditions_and_both_days(client, scene):
    cite = client.get("/programs/?mode=supply&as_of=2026-03-01&q=").context["cite"]
    query = "mode=supply&as_of=2026-03-01&known_on=2026-11-24"
    assert cite.permalink == f"http://testserver/programs/?{query}"
    assert cite.rows == f"http://testserver/programs.csv?{query}"
    assert cite.sentence == (
        "Cooperation Portal, ‘Programs (Mode: Supply)’, as of 1 March 2026, as known on 24 November 2026, "
        f"<{cite.permalink}>, read on 24 November 2026."
    )


def test_page_asked_about_no_day_cannot_be_cited(client, scene):
    assert client.get("/programs/jets-1/?as_of=yesterday").context["cite"] is None
    assert client.get("/programs/?as_of=yesterday").context["cite"] is None
    assert cite_page(None, "", AskedDay(QueryDict("as_of=x"), ("as_of",))) is None


PINNED = [
    "/programs/",
    "/programs/jets-1/",
    "/partnerships/",
    "/partnerships/alliance-1/",
    "/developments/",
    "/articles/",
    "/systems/jet-1/",
    "/parties/supplier-1/",
    "/officials/minister-1/",
    "/publishers/gazette-1/",
]


@pytest.mark.parametrize("address", PINNED)
def test_pinned_page_stays_the_same_after_later_articles(client, scene, address):
    with time_machine.travel(datetime(2026, 2, 10, 12, tzinfo=UTC)):
        link = client.get(address).context["cite"].permalink
    before = main_of(client.get(link))
    with ledger.writing():
        report_later(scene)
    assert main_of(client.get(address)) != before
    assert main_of(client.get(link)) == before


def main_of(answer):
    """Return what a page says between header and footer, without how to cite it, which names the day of reading."""
    body = answer.content.decode()
    return body[body.index("<main") : body.index('<details class="cite">')]


def report_later(scene):
    """Publish an article of the next day with a new program, a new stage and a repetition of what was known."""
    later = factories.make_article(
        scene["publisher"], slug="later", published=date(2026, 2, 11), said_by_official=scene["official"]
    )
    roles = {"supplier": [scene["supplier"]]}
    program = factories.make_program(scene["partnership"], [scene["system"]], roles, slug="later-program")
    said = {"said_by_official": scene["official"]}
    told = [
        factories.make_development(program, date="2026-02-11", stage="agreed", **said),
        factories.make_development(scene["program"], date="2026-02-08", stage="delivered", **said),
        factories.make_development(partnership=scene["partnership"], date="2026-02-11", stage="", **said),
    ]
    for development in [*told, scene["development"]]:
        factories.make_citation(later, development)
    ledger.publish([later, program, *told])
