"""Pages asked about a day: what they say, what links keep, and what is no day."""

import re

import pytest

from cooperation.models import Development

BANNER = "This is what was true as of 8 February 2026. Names, ranks, parties and systems are today’s. Back to today"
KNOWN = "Only what articles published by 8 February 2026 reported is counted."


def links_of(body):
    """Return the addresses of all links of a page to pages of the portal."""
    links = re.findall(r'href="(/[^"]*)"', body)
    return [link for link in links if not link.startswith(("/static", "/api", "/accounts", "/admin"))]


def test_program_had_no_story_yet(scene, read):
    status, words = read("/programs/jets-1/?as_of=2026-02-08")
    assert status == 200
    assert words.startswith(BANNER)
    assert "with Jet 1; nothing that counts is known." in words
    assert "Nothing that counts says how far it is." in words
    assert "Nothing that counts is known." in words
    assert Development.objects.get(slug="jets-ready-1").summary not in words


def test_list_of_the_day_is_empty_before_the_first_report(scene, read):
    assert "0 entries" in read("/programs/?known_on=2026-02-08")[1]
    assert "0 entries" in read("/developments/?as_of=2026-02-08")[1]
    assert "0 entries" in read("/articles/?known_on=2026-02-08")[1]
    assert "1 entry" in read("/programs/?known_on=2026-02-09&as_of=2026-02-09")[1]


def test_counts_follow_the_day_where_rows_stay(scene, client):
    for address, attribute in (
        ("/systems/?id=jet-1", "program_count"),
        ("/parties/?id=supplier-1", "program_count"),
        ("/instruments/", "program_count"),
        ("/officials/", "statement_count"),
        ("/publishers/", "article_count"),
    ):
        joined = f"{address}{'&' if '?' in address else '?'}"
        for day, count in (("2026-02-08", 0), ("2026-02-09", 1)):
            (row,) = client.get(f"{joined}known_on={day}").context["rows"]
            assert getattr(row, attribute) == count * (2 if attribute == "statement_count" else 1), (address, day)
    for day, words in (("2026-02-08", ">0 programs<"), ("2026-02-09", ">1 program<")):
        (row,) = client.get(f"/partnerships/?known_on={day}").context["rows"]
        assert words in row.html


def test_known_on_says_so(scene, read):
    assert read("/programs/jets-1/?known_on=2026-02-08")[1].startswith(KNOWN)


ASKED = [
    "/",
    "/about/",
    "/search/",
    "/programs/",
    "/programs/jets-1/",
    "/partnerships/alliance-1/",
    "/parties/supplier-1/",
    "/systems/jet-1/",
    "/officials/minister-1/",
    "/instruments/fund-1/",
    "/publishers/gazette-1/",
    "/articles/report-1/",
    "/developments/",
]


@pytest.mark.parametrize("address", ASKED)
def test_links_keep_the_day(scene, client, address):
    body = client.get(f"{address}?as_of=2026-02-10&known_on=2026-02-11").content.decode()
    files = (".bib", ".ris", ".csl.json")
    forgetful = [
        link
        for link in links_of(body)
        if not ("as_of=2026-02-10" in link and "known_on=2026-02-11" in link) and not link.endswith(files)
    ]
    assert sorted(set(forgetful)) == sorted({"/about/", address})  # the way out of the day, and the footer


@pytest.mark.parametrize("address", ASKED)
def test_no_day_is_said_beside_the_field_and_shows_no_rows(scene, read, address):
    status, words = read(f"{address}?as_of=2026-02-30")
    assert status == 200
    assert "“2026-02-30” is not a day" in words
    assert "Jets 1 are being prepared." not in words or address.startswith("/articles/")


def test_another_day_keeps_the_conditions(scene, client):
    body = client.get("/programs/?mode=supply&page=3&as_of=2026-02-10").content.decode()
    form = body[body.index('class="asked-day') : body.index("</section>")]
    assert '<input type="hidden" name="mode" value="supply">' in form
    assert 'name="page"' not in form
    assert 'href="/programs/?mode=supply&amp;page=3"' in form
    assert 'value="2026-02-10"' in form


def test_development_leads_on_with_the_day(scene, client):
    answer = client.get("/developments/jets-ready-1/?as_of=2026-02-10")
    assert answer.headers["Location"] == "/programs/jets-1/?as_of=2026-02-10#jets-ready-1"


def test_article_known_later_shows_no_report(scene, read):
    words = read("/articles/report-1/?known_on=2026-02-08")[1]
    assert "It was published later than the day asked about." in words
    assert "No public development cites it." in words
