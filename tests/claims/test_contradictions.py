"""Contradictions, by the examples of the design."""

import pytest

from cooperation import claims, ledger
from cooperation.models import Development
from tests import factories


@pytest.fixture
def world(db):
    return factories.make_world()


def claim(world, speaker, value, **fields):
    figure = {"quantity_value": value, "quantity_qualifier": "exact", "quantity_unit": "rocket"}
    fields = {"stage": "delivered", "said_by_party": speaker, **figure, **fields}
    development = factories.make_development(world["program"], **fields)
    factories.make_citation(world["article"], development)
    ledger.publish([development])
    return development


def find(world):
    rows = Development.objects.visible().filter(program=world["program"]).with_names().with_citations()
    return [(c.step.value, c.unit, c.first.slug, c.second.slug) for c in claims.find_contradictions(rows)]


def test_two_speakers_with_figures_apart_contradict_each_other(world):
    france, ukraine = world["partnership"].parties.order_by("slug")
    two = claim(world, france, 2, date="2026-01")
    four = claim(world, ukraine, 4)
    assert find(world) == [("delivered", "rocket", two.slug, four.slug)]


def test_later_figure_of_the_same_speaker_is_an_update(world):
    france, ukraine = world["partnership"].parties.order_by("slug")
    claim(world, france, 2, date="2026-01")
    claim(world, france, 4)
    claim(world, ukraine, 4)
    assert find(world) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"rank": "deprecated", "rank_reason": "a misreading"},
        {"stage": "pledged"},
        {"quantity_unit": "launcher"},
        {"quantity_basis": "additional"},
        {"quantity_per": "month"},
        {"quantity_qualifier": "at-least", "quantity_value": 1},
    ],
)
def test_claims_that_cannot_be_held_against_each_other_do_not_contradict(world, fields):
    france, ukraine = world["partnership"].parties.order_by("slug")
    claim(world, france, 2)
    claim(world, ukraine, **{"value": 4, **fields})
    assert find(world) == []
