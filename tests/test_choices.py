"""Code lists: every member is complete, and follows the reader's language."""

import pytest
from django.utils import translation

from cooperation.choices import CODE_LISTS, Category, Phase, Stage


@pytest.mark.parametrize("name", CODE_LISTS)
def test_each_member_has_a_label_in_three_languages(name):
    for member in CODE_LISTS[name]:
        assert all(member.labels_by_language[language].strip() for language in ("en", "fr", "uk")), member


def test_each_stage_has_a_phase_colour_and_wording():
    for stage in Stage:
        assert stage.phase in Phase, stage
        assert stage.colour == stage.phase.colour == f"phase-{stage.phase.value}"
        assert stage.description, stage


def test_label_follows_the_language():
    with translation.override("uk"):
        assert str(Stage.AGREED.label) == "Погоджено"
    with translation.override("fr"):
        assert dict(Category.choices)["missile"] == "Missile"
        assert str(Category.AIR_DEFENCE.label) == "Défense aérienne"


def test_stages_of_a_phase_are_those_of_the_design():
    assert Stage.of_phases(["result"]) == ["delivered", "in-service", "completed"]
    assert Stage.of_phases(["talk", "stopped"]) == [
        "interest",
        "proposed",
        "under-discussion",
        "suspended",
        "cancelled",
    ]
