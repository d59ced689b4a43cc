"""What is true as of a day, and known on it: the queryset verbs against a plain replay, and one rule for all doors."""

import datetime

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cooperation import ledger
from cooperation.filters import ProgramFilter
from cooperation.models import Article, Development, Partnership, Program
from tests import factories, histories
from tests.keeping import once

pytestmark = pytest.mark.django_db
FEBRUARY = datetime.date(2026, 2, 9)
MARCH = datetime.date(2026, 3, 9)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=histories.histories,
    withdrawn_article=histories.withdrawn_articles,
    as_of=st.sampled_from(histories.DAYS),
    known_on=st.sampled_from(histories.DAYS),
)
def test_stage_and_day_equal_a_plain_replay(told, withdrawn_article, as_of, known_on):
    written = histories.write_at_once(told, withdrawn_article)
    expected = histories.replay(told, withdrawn_article, as_of, known_on)
    day = {"as_of": as_of, "known_on": known_on}
    program = Program.objects.on_day(**day).get(pk=written.pk)
    assert (program.stage_then, program.latest_then) == expected
    listed = Program.objects.visible().current(**day).filter(pk=written.pk)
    assert [(row.stage_then, row.latest_then) for row in listed] == ([expected] if expected[1] else [])
    partnership = Partnership.objects.on_day(**day).get(pk=written.partnership_id)
    assert partnership.latest_then == expected[1]


@pytest.fixture
def story():
    return tell_story()


@once
def tell_story():
    """Publish a program agreed on 9 February, and delivered on 20 February as an article of 9 March reports first."""
    world = factories.make_world()
    late = factories.make_article(world["publisher"], slug="late", published=MARCH)
    delivered = factories.make_development(world["program"], slug="delivered", date="2026-02-20", stage="delivered")
    factories.make_citation(late, delivered)
    factories.make_citation(late, world["development"])
    ledger.publish([late, delivered])
    return world


def find_stages(**day):
    return list(Program.objects.visible().current(**day).values_list("stage_then", "latest_then"))


def test_late_report_counts_from_the_day_on_which_it_was_true(story):
    assert find_stages(as_of=datetime.date(2026, 2, 19)) == [("agreed", FEBRUARY)]
    assert find_stages(as_of=datetime.date(2026, 2, 20)) == [("delivered", datetime.date(2026, 2, 20))]


def test_late_report_is_known_from_the_day_of_its_article(story):
    assert find_stages(known_on=datetime.date(2026, 3, 8)) == [("agreed", FEBRUARY)]
    assert find_stages(known_on=MARCH) == [("delivered", datetime.date(2026, 2, 20))]


def test_both_clocks_hold_together(story):
    assert find_stages(as_of=FEBRUARY, known_on=MARCH) == [("agreed", FEBRUARY)]
    assert find_stages(as_of=datetime.date(2026, 2, 8), known_on=MARCH) == []


def test_day_in_the_future_equals_today(story):
    assert find_stages(as_of=datetime.date(2999, 1, 1)) == find_stages()


def test_words_of_later_articles_are_not_known_yet(story):
    known = Development.objects.with_citations(FEBRUARY).get(slug=story["development"].slug)
    assert [citation.article.slug for citation in known.public_citations] == ["report"]


def test_articles_are_known_from_their_day(story):
    assert [article.slug for article in Article.objects.known(FEBRUARY)] == ["report"]
    assert sorted(article.slug for article in Article.objects.known()) == ["late", "report"]


@pytest.mark.parametrize(("query", "found"), [("stage=delivered", 0), ("stage=agreed", 1), ("phase=promise", 1)])
def test_filters_ask_about_the_stage_of_the_day(story, query, found):
    filterset = ProgramFilter(QueryDict(f"{query}&as_of=2026-02-19"), queryset=Program.objects.visible())
    assert filterset.qs.count() == found


PAGES = [
    "/programs/?stage=agreed",
    "/parties/?stage=agreed",
    "/systems/?stage=agreed",
    "/instruments/?stage=agreed",
    "/partnerships/?stage=agreed",
    "/publishers/?stage=agreed",
    "/officials/?stage=agreed",
]


@pytest.mark.parametrize("address", PAGES)
def test_page_and_api_find_the_same_on_a_day(story, client, address):
    for day, stage in (("as_of=2026-02-19", True), ("known_on=2026-03-08", True), ("as_of=2026-01-01", False)):
        page = client.get(f"{address}&{day}").content.decode()
        body = client.get(f"/api/v1{address}&{day}").json()
        assert bool(body["count"]) is stage, (address, day)
        for row in body["results"]:
            assert f'href="{row["url"].removeprefix("http://testserver/api/v1")}?{day}"' in page
