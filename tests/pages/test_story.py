"""What developments add up to on a page; pure, so rows are made without a database."""

from types import SimpleNamespace

from cooperation.claims import find_origins
from cooperation.models import Article, Citation, Development, Official
from cooperation.views.story import build_story, number_anchors

SPEAKER = Official(pk=1, slug="minister")


def make_development(number, articles=(1,), **fields):
    development = Development(pk=number, slug=f"d{number}", date="2026-02-09", stage="agreed", **fields)
    development.public_citations = [
        Citation(article=Article(pk=article), article_id=article, development=development) for article in articles
    ]
    return development


def test_story_stage_is_earned_by_the_latest_that_counts_and_moves():
    deprecated = make_development(1, rank="deprecated")
    still = make_development(2, moves=False)
    first, second = make_development(3), make_development(4)
    story = build_story([deprecated, still, first, second])
    assert (story.earned, story.counted, story.aside) == (first, [still, first, second], [deprecated])


def test_story_counts_articles_once_and_repeats_as_one_origin():
    said = {"said_by_official": SPEAKER, "channel": "telegram"}
    story = build_story([make_development(1, (1, 2, 3), **said), make_development(2, (3,), **said)])
    assert (story.article_count, story.origin_count) == (3, 1)


def test_story_empty():
    story = build_story([])
    assert (story.earned, story.article_count, story.origin_count) == (None, 0, 0)


def test_origins_without_a_speaker_are_the_articles():
    assert len(find_origins(make_development(1, (1, 2)))) == 2


def test_anchors_of_one_article_differ():
    development = SimpleNamespace(slug="d1")
    citations = [
        SimpleNamespace(article_id=article, development_id=1, development=development) for article in (1, 1, 2)
    ]
    assert [c.anchor for c in number_anchors(citations)] == ["cited-d1", "cited-d1.2", "cited-d1"]
