"""The partials on promises, claims and sums: what they say, where they link to, and that they are sound HTML."""

import datetime
import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.template.loader import render_to_string

from cooperation import ledger
from cooperation.claims import build_history, build_promises, compare_claims, sum_totals
from cooperation.models import Development, Program
from tests import factories
from tests.pages.conftest import find_errors, words_of

DAY = datetime.date(2025, 10, 24)
CONTEXTS = {
    "programs/_promises.html": lambda told: {"promises": build_promises(told, DAY), "history": build_history(told)},
    "programs/_claims.html": lambda told: {"comparison": compare_claims(told)},
    "partnerships/_sums.html": lambda told: {"sums": sum_totals(told)},
}


@pytest.fixture
def render(db, rf):
    """Return a function that renders a partial over developments inside the main part of a page."""

    def fill(template, developments):
        body = render_to_string(template, CONTEXTS[template](list(developments)), request=rf.get("/"))
        return f'<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><main>{body}</main></body></html>'

    return fill


def tell(subject=None):
    rows = Development.objects.visible().with_names().with_citations().latest_first()
    return rows.filter(program=subject) if subject else rows


@pytest.fixture
def jets(db):
    """Publish a program with a pledge of six, three delivered, a contained tranche and a misreading."""
    with ledger.writing():
        world = factories.make_world()
        add(
            world, "six", "pledged", "2024-06-06", 6, said_by_official=world["official"], credibility="2", due="2025-03"
        )
        six = Development.objects.get(slug="six")
        add(world, "some", "pledged", "2024-06-07", None, quantity_qualifier="undisclosed")
        add(world, "late", "pledged", "2025-01-01", 2, quantity_basis="additional", counted_in=six)
        add(world, "three", "partly-delivered", "2025-10-24", 3, rank="preferred", rank_reason="Seen on the airfield.")
        add(world, "misread", "delivered", "2025-10-24", 12, rank="deprecated", rank_reason="Twelve were missiles.")
        money = {"amount_value": 90, "amount_qualifier": "exact", "amount_currency": "EUR"}
        add(world, "rate", "contracted", "2025-10-24", 5, quantity_per="month", **money)
    return world["program"]


def add(world, slug, stage, date, value, **fields):
    article = factories.make_article(world["publisher"], published=datetime.date.fromisoformat(date))
    figure = {"quantity_value": value, "quantity_qualifier": "exact", "quantity_unit": "aircraft"}
    development = factories.make_development(
        world["program"], slug=slug, stage=stage, date=date, **{**figure, "summary": f"{slug.title()} it is.", **fields}
    )
    factories.make_citation(article, development)
    ledger.publish([article, development])


def test_promises_say_what_is_open_since_when_and_overdue(jets, render):
    body = render("programs/_promises.html", tell(jets))
    words = words_of(body)
    assert "aircraft not stated 6 aircraft claimed without a number: not disclosed not stated 3 aircraft" in words
    assert "3 of 6 aircraft 505 days since the first promise, 6 June 2024" in words
    assert "Overdue: Six it is. Promised for March 2025, 207 days ago." in words
    assert "Not added: 2 more aircraft (Promised), counted in Six it is." in words
    assert '<a href="#six">6 aircraft</a>' in body
    assert '<a href="#three">3 aircraft</a>' in body
    assert 'href="/developments/six/"' in body


def test_promises_tell_how_the_numbers_grew(jets, render):
    words = words_of(render("programs/_promises.html", tell(jets)))
    grown = words[words.index("How these numbers grew") :]
    assert re.findall(r"\d+ \w+ 20\d\d", grown) == ["6 June 2024", "7 June 2024", "24 October 2025"]


def test_claims_stand_beside_each_other_with_their_grades(jets, render):
    body = render("programs/_claims.html", tell(jets))
    words = words_of(body)
    assert "6 aircraft 6 June 2024 · said by Minister 1 article, 1 origin not graded 2 · Probably true none" in words
    assert "Preferred: Seen on the airfield." in words
    assert "A rate: shown, never summed." in words
    assert "Contracted: EUR Figure" in words
    assert '<a href="#three">3 aircraft</a>' in body


def test_deprecated_claims_are_folded_with_their_reason(jets, render):
    body = render("programs/_claims.html", tell(jets))
    folded = body[body.index("<details>") : body.index("</details>")]
    assert "1 claim that no longer counts" in folded
    assert '<a href="#misread">12 aircraft</a>' in folded
    assert "Deprecated: <span>Twelve were missiles.</span>" in folded
    assert body.count("misread") == 1


def test_sums_name_the_programs_and_link_to_their_words(jets, render):
    body = render("partnerships/_sums.html", tell())
    words = words_of(body)
    assert "6 aircraft not disclosed: 1 claim 1 program Rockets-For-Ukraine: 6 aircraft" in words
    assert "1 claim not added, because another one contains it" in words
    assert "Money over all programs" in words
    assert '<a href="/programs/rockets-for-ukraine/#six">6 aircraft</a>' in body


@pytest.mark.parametrize("template", CONTEXTS)
def test_partial_asks_the_database_nothing(template, jets, render, django_assert_num_queries):
    told = list(tell())
    with django_assert_num_queries(0):
        assert "6 aircraft" in render(template, told)


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("programs/_promises.html", "Promised and delivered No source says how many."),
        ("programs/_claims.html", "Claims compared No source gives a figure."),
        ("partnerships/_sums.html", "What the programs add up to No program gives a figure."),
    ],
)
def test_empty_partial_says_so(template, words, render):
    assert words_of(render(template, [])) == words


def test_partials_over_all_fixtures_are_sound(render):
    call_command("load_articles", stdout=StringIO())
    bodies = [render("partnerships/_sums.html", tell())]
    for program in Program.objects.visible():
        bodies += [render(name, tell(program)) for name in ("programs/_promises.html", "programs/_claims.html")]
    for body in bodies:
        assert find_errors(body) == []
        assert re.findall(r"<style|<script|\sstyle=|\son\w+=|\{\{|\{%", body) == []
        assert body.count("<table") == body.count("<caption")
