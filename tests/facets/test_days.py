"""How far each program was on a day, as the one query over the index tells it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings

from cooperation import ledger
from cooperation.facets.days import find_stages_at
from cooperation.models import Development, Program
from tests import factories, histories

pytestmark = pytest.mark.django_db
CLOCKS = [
    {name: day for name, day in (("as_of", as_of), ("known_on", known_on)) if day}
    for as_of in histories.DAYS
    for known_on in histories.DAYS
    if as_of or known_on
]


def find_stages(day):
    """Return {stage: programs} of one day."""
    (stages,) = find_stages_at([min(day.values())], day)
    return {stage: programs for stage, programs in stages.items() if programs}


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=histories.histories, withdrawn_article=histories.withdrawn_articles)
def test_stage_of_any_day_equals_a_plain_replay(told, withdrawn_article):
    program = histories.write_at_once(told, withdrawn_article)
    for day in CLOCKS:
        stage, latest_day = histories.replay(told, withdrawn_article, **day)
        found = [stage for stage, programs in find_stages(day).items() if program.pk in programs]
        assert found == ([stage] if latest_day else []), day


def test_stages_are_those_of_the_queryset_verb():
    factories.make_world()
    day = {"known_on": factories.DAY}
    expected = {}
    for program in Program.objects.visible().current(**day):
        expected.setdefault(program.stage_then, []).append(program.pk)
    assert {stage: list(programs) for stage, programs in find_stages(day).items()} == expected


def test_statement_on_a_partnership_is_no_program():
    world = factories.make_world()
    statement = factories.make_development(partnership=world["partnership"], stage="agreed")
    factories.make_citation(world["article"], statement)
    ledger.publish([statement])
    assert {stage: len(programs) for stage, programs in find_stages({"as_of": factories.DAY}).items()} == {"agreed": 1}


def drop_other_indexes(cursor):
    """Leave developments the index that is asked about, and those of constraints, until the test ends."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute(
        "SELECT indexname FROM pg_indexes WHERE tablename = %s AND indexname <> 'development_counted' "
        "AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        [Development._meta.db_table],
    )
    for (name,) in cursor.fetchall():
        cursor.execute(f'DROP INDEX "{name}"')


def test_query_reads_the_index_made_for_it():
    factories.make_world()
    with CaptureQueriesContext(connection) as captured:
        find_stages({"as_of": factories.DAY, "known_on": factories.DAY})
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # which it prefers for a table of one row
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            drop_other_indexes(cursor)  # of one row all take as long, and it may prefer any
        words = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
        cursor.execute(f"{words} {captured[-1]['sql']}")
        plan = " ".join(str(row) for row in cursor.fetchall())
    assert "development_counted" in plan
