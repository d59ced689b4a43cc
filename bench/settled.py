"""Derives for a chapter, while it is in memory, what the ledger would settle: the same, without asking the database.

A test settles all over again and finds nothing to change.
"""

from collections import defaultdict

from cooperation.choices import Rank, Stage, State
from cooperation.models.developments import STAGE_SPAN


def settle_chapter(chapter, latest):
    """Set days, public flags, places and stages; `latest` keeps the latest day of each partnership, by its id."""
    articles, stories = defaultdict(list), defaultdict(list)
    for citation in chapter.citations:
        articles[citation.development.slug].append(citation.article)
    for development in chapter.developments:
        _set_days(development, articles[development.slug])
    for development in sorted(chapter.developments, key=lambda development: development.counted_in is not None):
        development.public = _is_public(development, articles[development.slug])
        if development.program:
            stories[development.program.slug].append(development)
        if _is_counted(development):
            _note_latest(latest, development)
    for program in chapter.programs:
        _settle_program(program, stories[program.slug])


def _set_days(development, articles):
    days = [article.published for article in articles if article.public] or [article.published for article in articles]
    development.reported_on = min(days)
    development.effective_day = min(development.latest, development.reported_on)


def _is_public(development, articles):
    """Say whether the public may see it; of what a record names, drafts are the only hidden ones."""
    program, container = development.program, development.counted_in
    is_subject_public = _is_presentable(program) if program else development.partnership.public
    is_contained = container is None or container.public
    return development.public and is_subject_public and is_contained and any(article.public for article in articles)


def _is_presentable(program):
    return program.state == State.PUBLISHED and program.partnership.public


def _is_counted(development):
    return development.public and development.rank != Rank.DEPRECATED


def _note_latest(latest, development):
    partnership = (development.partnership or development.program.partnership).slug
    latest[partnership] = max(latest.get(partnership, development.effective_day), development.effective_day)


def _settle_program(program, story):
    """Put the developments of `program` in order, which gives them their places, and it its stage."""
    story.sort(key=lambda d: (d.effective_day, d.reported_on, Stage(d.stage).position, d.slug))
    for number, development in enumerate((d for d in story if d.moves), start=1):
        development.place = number * STAGE_SPAN + Stage(development.stage).position
    counted = [development for development in story if _is_counted(development)]
    program.public = _is_presentable(program) and any(development.public for development in story)
    program.stage = next((d.stage for d in reversed(counted) if d.moves), "")
    program.latest_day = counted[-1].effective_day if counted else None
