"""CSV of every list: exactly the rows of the page, in its order, and whole rows as they should be."""

import datetime

import pytest
import time_machine
from django.http import QueryDict

from cooperation import ledger
from cooperation.exports.columns import TABLES
from cooperation.filters import FILTERS
from tests import factories
from tests.exports.reading import RISK, fetch, find_risks, read_csv
from tests.facets.worlds import DAYS, make_random_world
from tests.keeping import once

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2026, 2, 10, 12, tzinfo=datetime.UTC)
SEEDS = [1, 2]
QUERIES = {
    "": "",
    "sort": "sort=-name",
    "mode": "mode=supply&mode=joint-procurement",
    "phase": "phase=promise",
    "words": "q=system",
    "nothing": "q=nowhere-to-be-found",
}


@pytest.fixture
def world():
    with time_machine.travel(NOON, tick=False):
        yield factories.make_world()


def list_page(client, noun, query):
    """Return the ids of all rows that the pages of a list show."""
    ids, number = [], 1
    while True:
        context = client.get(f"/{noun}/?{query}&page_size=7&page={number}").context
        ids += [row.slug for row in context["rows"]]
        if number >= context["paging"].pages:
            return ids
        number += 1


def test_program_as_a_row(world, client):
    world["program"].refresh_from_db()
    row = read_csv(client, "/programs.csv")[0]
    filled = {name: value for name, value in row.items() if value}
    assert filled == {
        "id": "rockets-for-ukraine",
        "url": "http://testserver/programs/rockets-for-ukraine/",
        "name": "Rockets-For-Ukraine",
        "partnership": "france-ukraine",
        "partnership_name": "France-Ukraine",
        "parties": "france; ukraine",
        "parties_name": "France; Ukraine",
        "mode": "supply",
        "mode_label": "Supply",
        "stage": "agreed",
        "stage_label": "Agreed",
        "phase": "promise",
        "phase_label": "Promise",
        "latest_day": "2026-02-09",
        "categories": "missile",
        "categories_label": "Missile",
        "systems": "rocket",
        "systems_name": "Rocket",
        "supplier": "france",
        "supplier_name": "France",
        "recipient": "ukraine",
        "recipient_name": "Ukraine",
        "instruments": "fund",
        "instruments_name": "Fund",
        "development_count": "1",
        "article_count": "1",
        "created": "2026-02-10T12:00:00Z",
        "modified": "2026-02-10T12:00:00Z",
    }


@pytest.mark.parametrize("noun", TABLES)
def test_heading_is_that_of_the_dictionary(world, client, noun):
    heading = fetch(client, f"/{noun}.csv").decode().partition("\r\n")[0]
    assert heading.split(",") == [column.name for column in TABLES[noun].columns]
    assert len(set(heading.split(","))) == len(TABLES[noun].columns)


def test_claim_as_a_row(world, client):
    (row,) = read_csv(client, "/programs.csv?rows=developments")
    assert (row,) == tuple(read_csv(client, "/developments.csv"))
    filled = {name: value for name, value in row.items() if value}
    assert filled == {
        "id": "rockets-agreed",
        "url": "http://testserver/developments/rockets-agreed/",
        "program": "rockets-for-ukraine",
        "program_name": "Rockets-For-Ukraine",
        "partnership": "france-ukraine",
        "partnership_name": "France-Ukraine",
        "mode": "supply",
        "mode_label": "Supply",
        "date": "2026-02-09",
        "effective_day": "2026-02-09",
        "reported_on": "2026-02-09",
        "stage": "agreed",
        "stage_label": "Agreed",
        "moves": "true",
        "summary": "rockets-agreed",
        "said_by": "minister",
        "said_by_name": "Minister",
        "rank": "normal",
        "rank_label": "Normal",
        "article": "report",
        "article_title": "Report",
        "publisher": "gazette",
        "publisher_name": "Gazette",
        "published": "2026-02-09",
        "quote": factories.QUOTE,
        "articles": "report",
        "article_count": "1",
        "created": "2026-02-10T12:00:00Z",
        "modified": "2026-02-10T12:00:00Z",
    }


@pytest.mark.parametrize(
    ("figure", "cells"),
    [
        ({}, ["", "", "", "", ""]),
        ({"value": 0, "qualifier": "exact", "unit": "missile"}, ["0", "", "", "exact", "so-far"]),
        ({"value": 1.5, "qualifier": "about", "unit": "missile"}, ["1.5", "", "", "about", "so-far"]),
        ({"min": 2, "max": 4, "qualifier": "between", "unit": "missile"}, ["", "2", "4", "between", "so-far"]),
        ({"qualifier": "undisclosed"}, ["", "", "", "undisclosed", "so-far"]),
        ({"qualifier": "classified"}, ["", "", "", "classified", "so-far"]),
        ({"qualifier": "unknown"}, ["", "", "", "unknown", "so-far"]),
        ({"qualifier": "several"}, ["", "", "", "several", "so-far"]),
    ],
)
def test_unknown_numbers_differ_from_zero_and_from_each_other(world, client, figure, cells):
    world["development"].refresh_from_db()
    world["development"].quantity = figure or None
    ledger.record(world["development"])
    (row,) = read_csv(client, "/developments.csv")
    assert [row[f"quantity_{part}"] for part in ("value", "min", "max", "qualifier", "basis")] == cells


def test_labels_and_names_follow_the_language_and_nothing_else_does(world, client):
    world["partnership"].names = {"fr": "France–Ukraine (fr)"}
    ledger.record(world["partnership"])
    english, french = (read_csv(client, f"{prefix}/programs.csv")[0] for prefix in ("", "/fr"))
    changed = {name: french[name] for name in french if french[name] != english[name]}
    assert changed == {
        "url": "http://testserver/fr/programs/rockets-for-ukraine/",
        "partnership_name": "France–Ukraine (fr)",
        "mode_label": "Fourniture",
        "stage_label": "Convenu",
        "phase_label": "Promesse",
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_rows_are_those_of_the_page_in_its_order(client, seed):
    make_random_world(seed)
    for noun in TABLES:
        clock = "known_on" if noun == "articles" else "as_of"
        for query in [*QUERIES.values(), *(f"{clock}={day}" for day in DAYS[1:4])]:
            assert [row["id"] for row in read_csv(client, f"/{noun}.csv?{query}")] == list_page(client, noun, query), (
                noun,
                query,
            )


@pytest.mark.parametrize("seed", SEEDS)
def test_claims_are_those_of_the_rows_in_their_order(client, seed):
    make_random_world(seed)
    for query in ("sort=-name", "mode=supply", "as_of=2025-12-31", "known_on=2026-01-15"):
        programs = [row["id"] for row in read_csv(client, f"/programs.csv?{query}")]
        claims = read_csv(client, f"/programs.csv?rows=developments&{query}")
        assert list(dict.fromkeys(row["program"] for row in claims)) == programs
        day = QueryDict(query).dict()
        day.pop("sort", None), day.pop("mode", None)
        asked = "&".join(f"{name}={value}" for name, value in day.items())
        told = read_csv(client, f"/developments.csv?{asked}")
        assert sorted(row["id"] for row in claims) == sorted(r["id"] for r in told if r["program"] in programs)
        days = [[row["effective_day"] for row in claims if row["program"] == program] for program in programs]
        assert days == [sorted(each, reverse=True) for each in days]


def test_page_that_is_asked_for_is_the_file(client):
    make_random_world(1)
    whole = [row["id"] for row in read_csv(client, "/programs.csv")]
    assert [row["id"] for row in read_csv(client, "/programs.csv?page_size=3&page=2")] == whole[3:6]
    assert client.get("/programs.csv?page_size=3&page=99").status_code == 404


EXPECTED_QUERIES = {
    "programs": 13,
    "partnerships": 7,
    "developments": 11,
    "articles": 7,
    "parties": 4,
    "officials": 5,
    "systems": 7,
    "instruments": 5,
    "publishers": 4,
}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("noun", TABLES)
def test_query_count(client, django_assert_num_queries, noun, count):
    make_many(count)
    with django_assert_num_queries(EXPECTED_QUERIES[noun]):
        body = fetch(client, f"/{noun}.csv")
    assert body.count(b"\r\n") > count


@once
def make_many(count):
    """Publish `count` records of each noun, connected."""
    with ledger.writing():
        made = []
        for _ in range(count):
            france, company = factories.make_party(), factories.make_party()
            official = factories.make_official(france)
            system = factories.make_system([company], parent=factories.make_system())
            instrument = factories.make_instrument(provider=france)
            publisher = factories.make_publisher()
            partnership = factories.make_partnership([france, company])
            program = factories.make_program(partnership, [system], {"supplier": [company]}, [instrument])
            article = factories.make_article(publisher, said_by_official=official)
            development = factories.make_development(program, said_by_official=official)
            other = factories.make_development(program, said_by_party=france, counted_in=development)
            for told in (development, other):
                factories.make_citation(article, told)
            made += [france, company, official, system.parent, system, instrument, publisher, partnership, program]
            made += [article, development, other]
        ledger.publish(made)


RISKY = ["=1+1", "+1", "-1+1", "@SUM(1)", "\t=1", "＝1", '"=1"', "'=1", "a,b", 'a "b"', "a\nb", "a\u2028b", "a;b"]


def test_titles_that_spreadsheets_would_run_are_harmless_and_come_back(world, client):
    with ledger.writing():
        ledger.publish([factories.make_party(name=name) for name in RISKY])
        ledger.publish([factories.make_article(world["publisher"], title=title) for title in RISKY])
    for noun, column in (("parties", "name"), ("articles", "title")):
        assert find_risks(fetch(client, f"/{noun}.csv")) == []
        cells = {row[column] for row in read_csv(client, f"/{noun}.csv")}
        assert {f"'{name}" if RISK.match(name) else name.replace("\u2028", "\n") for name in RISKY} <= cells


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("party=nobody", {"party": ["“nobody” is not known; use an id from the list of parties."], "code": "invalid"}),
        ("rows=pages", {"rows": ["“pages” is not known; use one of programs, developments."], "code": "invalid"}),
        ("mode=%00", {"mode": ["Null characters are not allowed."], "code": "invalid"}),
        ("page=0", {"page": ["“0” is not possible; use a whole number from 1."], "code": "invalid"}),
    ],
)
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "json"])
def test_wrong_parameter_is_refused_as_by_the_api(world, client, suffix, query, body):
    answer = client.get(f"/programs.{suffix}?{query}")
    assert (answer.status_code, answer.json()) == (400, body)


def test_unknown_parameter_is_refused_with_the_allowed_ones(world, client):
    answer = client.get("/programs.csv?mod=supply")
    assert answer.status_code == 400
    assert set(answer.json()["mod"][0].partition("one of ")[2].rstrip(".").split(", ")) == {
        *FILTERS["programs"].allowed_parameters(),
        "rows",
    }
    assert client.get("/parties.csv?rows=developments").status_code == 400


def test_head_has_the_headers_and_no_body(world, client):
    answer = client.head("/programs.csv?as_of=2026-02-09")
    assert (answer.status_code, answer.getvalue()) == (200, b"")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="programs-2026-02-09.csv"'
    assert answer.headers["Link"] == '<http://testserver/about/data/#programs>; rel="describedby"'


def test_other_methods_are_refused(world, client):
    assert client.post("/programs.csv").status_code == 405
