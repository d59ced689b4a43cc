"""Settled stages against a plain replay of the developments, for random histories."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cooperation import dates, ledger
from cooperation.choices import Stage
from cooperation.models import Program
from tests import factories

ARTICLE_DAYS = [datetime.date(2025, 12, 31), datetime.date(2026, 1, 15), datetime.date(2026, 2, 9)]
DATES = ["2025", "2025-11", "2025-12-31", "2025-12~", "../2025-12-30", "2025-06/2026-01", "2025-12/.."]

developments = st.fixed_dictionaries(
    {
        "date": st.sampled_from(DATES),
        "stage": st.sampled_from(Stage.values),
        "moves": st.booleans(),
        "rank": st.sampled_from(["normal", "normal", "deprecated"]),
        "articles": st.sets(st.integers(0, 2), min_size=1),
        "fate": st.sampled_from(["published", "published", "published", "draft", "withdrawn", "deleted"]),
    }
)


def replay(histories, withdrawn_article):
    """Return (stage, latest day) as the design says, without the database."""
    counted = []
    for history in histories:
        days = [ARTICLE_DAYS[a] for a in history["articles"] if a != withdrawn_article]
        if history["fate"] == "published" and history["rank"] != "deprecated" and days:
            latest = dates.parse_bounds(history["date"]).latest
            effective = min(days) if latest is None else min(latest, min(days))
            position = Stage.values.index(history["stage"])
            counted.append((effective, min(days), position, history["slug"], history))
    moving = [c for c in counted if c[-1]["moves"]]
    stage = max(moving, key=lambda c: c[:4])[-1]["stage"] if moving else ""
    return stage, max((c[0] for c in counted), default=None)


def build(history, program, articles):
    reason = "wrong" if history["rank"] == "deprecated" else ""
    fields = {key: history[key] for key in ("date", "stage", "moves", "rank", "slug")}
    development = factories.make_development(program, rank_reason=reason, **fields)
    for number in history["articles"]:
        factories.make_citation(articles[number], development)
    if history["fate"] != "draft":
        ledger.publish([development])
    if history["fate"] == "withdrawn":
        ledger.withdraw([development])
    if history["fate"] == "deleted":
        ledger.delete(development)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories=st.lists(developments, max_size=6), withdrawn_article=st.sampled_from([None, 0, 1, 2]))
def test_settled_stage_equals_a_plain_replay(histories, withdrawn_article):
    publisher = factories.make_publisher()
    parties = [factories.make_party() for _ in range(2)]
    program = factories.make_program(factories.make_partnership(parties))
    articles = [factories.make_article(publisher, published=day) for day in ARTICLE_DAYS]
    ledger.publish([publisher, *parties, program.partnership, program, *articles])
    for number, history in enumerate(histories):
        history["slug"] = f"{program.slug}-{number}"
        build(history, program, articles)
    if withdrawn_article is not None:
        ledger.withdraw([articles[withdrawn_article]])
    program = Program.objects.get(pk=program.pk)
    assert (program.stage, program.latest_day) == replay(histories, withdrawn_article)
