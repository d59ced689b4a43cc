"""The API asked about a day."""

import datetime

import pytest

from cooperation import ledger
from cooperation.filters import FILTERS
from tests import factories
from tests.keeping import once

BEFORE, AFTER = "2026-02-08", "2026-02-20"


@pytest.fixture
def story(db):
    return tell_story()


@once
def tell_story():
    """Publish a program agreed on 9 February and delivered on 20 February, as an article of 9 March reports."""
    world = factories.make_world()
    late = factories.make_article(world["publisher"], slug="late", published=datetime.date(2026, 3, 9))
    delivered = factories.make_development(world["program"], slug="delivered", date=AFTER, stage="delivered")
    factories.make_citation(late, delivered)
    factories.make_citation(late, world["development"])
    ledger.publish([late, delivered])
    return world


@pytest.mark.parametrize(
    ("day", "stage", "latest", "told"),
    [
        ("", "delivered", AFTER, ["delivered", "rockets-agreed"]),
        (f"?as_of={AFTER}", "delivered", AFTER, ["delivered", "rockets-agreed"]),
        ("?as_of=2026-02-19", "agreed", "2026-02-09", ["rockets-agreed"]),
        ("?known_on=2026-03-08", "agreed", "2026-02-09", ["rockets-agreed"]),
        (f"?as_of={BEFORE}", None, None, []),
        ("?as_of=2999-01-01", "delivered", AFTER, ["delivered", "rockets-agreed"]),
    ],
)
def test_program_of_the_day(story, get, day, stage, latest, told):
    status, body = get(f"programs/rockets-for-ukraine/{day}")
    assert status == 200
    assert (body["stage"], body["latest_day"]) == (stage, latest)
    assert (body["stage_label"] is None, body["phase"] is None) == (stage is None, stage is None)
    assert [development["id"] for development in body["developments"]] == told


def test_words_of_later_articles_stay_out(story, get):
    (told,) = get("programs/rockets-for-ukraine/?known_on=2026-02-10")[1]["developments"]
    assert [citation["article"]["id"] for citation in told["citations"]] == ["report"]
    (listed,) = get("developments/?known_on=2026-02-10")[1]["results"]
    assert listed["citations"] == told["citations"]


def test_partnership_of_the_day(story, get):
    before = get(f"partnerships/france-ukraine/?as_of={BEFORE}")[1]
    assert (before["latest_day"], before["programs"], before["developments"]) == (None, [], [])
    after = get("partnerships/france-ukraine/?as_of=2026-02-19")[1]
    assert [(program["id"], program["stage"]) for program in after["programs"]] == [("rockets-for-ukraine", "agreed")]
    assert (before["program_count"], after["program_count"]) == (0, 1)
    assert after["programs_url"].endswith("/programs/?partnership=france-ukraine&as_of=2026-02-19")


def test_article_of_a_later_day_reports_nothing_yet(story, get):
    assert get("articles/late/?known_on=2026-03-08")[1]["developments"] == []
    assert len(get("articles/late/")[1]["developments"]) == 2


def test_development_is_unknown_before_its_day(story, get):
    assert get("developments/delivered/?as_of=2026-02-19")[0] == 404
    assert get("developments/delivered/?as_of=2026-02-20")[0] == 200


def test_facets_and_search_follow_the_day(story, get):
    def count_stages(day):
        facets = {facet["name"]: facet["values"] for facet in get(f"programs/facets/?{day}")[1]["facets"]}
        return {value["value"]: value["count"] for value in facets["stage"]}

    assert count_stages("as_of=2026-02-19") == {"agreed": 1}
    assert count_stages("known_on=2026-03-08") == {"agreed": 1}
    assert count_stages(f"as_of={BEFORE}") == {}
    assert count_stages("") == {"delivered": 1}
    found = [group["noun"] for group in get(f"search/?q=rocket&as_of={BEFORE}")[1]["groups"]]
    assert found == ["systems"]


@pytest.mark.parametrize("noun", FILTERS)
def test_no_day_is_refused(story, get, noun):
    name = "known_on" if noun == "articles" else "as_of"
    for path in (f"{noun}/", f"{noun}/{get(f'{noun}/')[1]['results'][0]['id']}/"):
        status, body = get(f"{path}?{name}=2026-02-30")
        assert (status, list(body)) == (400, [name, "code"])
        assert get(f"{path}?{name}=2026-03-10")[0] == 200


def test_articles_take_no_as_of(story, get):
    for path in ("articles/", "articles/report/"):
        status, body = get(f"{path}?as_of=2026-02-10")
        assert (status, list(body)) == (400, ["as_of", "code"])
