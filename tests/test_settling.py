"""Settled stages and places against a plain replay of the developments, for random histories."""

import pytest
from hypothesis import HealthCheck, given, settings

from cooperation import ledger
from cooperation.choices import Stage
from cooperation.models import Development, Program
from cooperation.models.developments import STAGE_SPAN
from tests import factories, histories

pytestmark = pytest.mark.django_db


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=histories.histories, withdrawn_article=histories.withdrawn_articles)
def test_settled_stage_equals_a_plain_replay(told, withdrawn_article):
    written = histories.write(told, withdrawn_article)
    program = Program.objects.get(pk=written.pk)
    assert (program.stage, program.latest_day) == histories.replay(told, withdrawn_article)
    assert find_greatest(program.developments.counted()) == program.stage
    check_places(program)


def find_greatest(developments):
    """Return the stage that the greatest place tells."""
    place = max((development.place for development in developments), default=0)
    return Stage.values[place % STAGE_SPAN] if place else ""


def check_places(program):
    """Number what moves `program`, the earliest first; what nobody has reported publicly has its day all the same."""
    moving = program.developments.filter(moves=True)
    ordered = sorted(moving, key=lambda d: (d.effective_day, d.reported_on, Stage(d.stage).position, d.slug))
    numbered = [STAGE_SPAN * number + Stage(d.stage).position for number, d in enumerate(ordered, 1)]
    assert [d.place for d in ordered] == numbered
    assert set(program.developments.filter(moves=False).values_list("place", flat=True)) <= {0}


def read_places():
    return dict(Development.objects.values_list("slug", "place"))


def test_places_follow_each_change():
    world = factories.make_world()
    early = factories.make_development(world["program"], slug="early", date="2026-02-01", stage="interest")
    factories.make_citation(world["article"], early)
    assert read_places() == {"early": 16, "rockets-agreed": 35}
    world["development"].date = "2026-01-01"
    ledger.record(world["development"])
    assert read_places() == {"rockets-agreed": 19, "early": 32}
    early.moves = False
    ledger.record(early)
    assert read_places() == {"rockets-agreed": 19, "early": 0}


def test_development_that_leaves_its_program_gives_its_place_up():
    world = factories.make_world()
    late = factories.make_development(world["program"], slug="late", date="2026-02-09", stage="delivered")
    factories.make_citation(world["article"], late)
    assert read_places() == {"rockets-agreed": 19, "late": 41}
    moved = world["development"]
    moved.program, moved.partnership = None, world["partnership"]
    ledger.record(moved)
    assert read_places() == {"rockets-agreed": 0, "late": 25}


def test_stage_list_fits_into_a_place():
    assert len(Stage) <= STAGE_SPAN
