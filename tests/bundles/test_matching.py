"""Which development an entry without an id means, within a load and beside what is stored."""

import pytest

from cooperation.models import Development
from tests.bundles.conftest import ARTICLE, REFERENCE, load, problems

pytestmark = pytest.mark.django_db
ID = "rockets-20260209-pledged-minister"


def tell(*entries):
    """Return the article of ARTICLE with other entries, each the inside of a mapping in YAML."""
    lines = [f"      - {{program: rockets, stage: pledged, summary: Told, quote: Six rockets, {e}}}" for e in entries]
    return "\n".join([ARTICLE.partition("\n      - program")[0], *lines])


def six(unit):
    """Return the quantity of six of a unit."""
    return f"quantity: {{value: 6, unit: {unit}}}"


@pytest.mark.parametrize("together", [True, False])
def test_entry_without_id_means_the_one_of_several_that_has_its_figures(together):
    named = tell(f"id: a, {six('rocket')}", f"id: b, {six('launcher')}")
    unnamed = tell(six("launcher")).replace("id: report", "id: later").replace("02-09", "02-10")
    unnamed = unnamed.replace("quote: Six rockets,", "quote: Six rockets, date: 2026-02-09,")
    reports = [load(REFERENCE, named, unnamed)] if together else [load(REFERENCE, named), load(unnamed)]
    assert [report.rejected for report in reports] == [[]] * len(reports)
    assert {d.slug: d.citations.count() for d in Development.objects.all()} == {"a": 1, "b": 2}


@pytest.mark.parametrize("together", [True, False])
def test_entry_without_id_that_can_mean_several_is_refused(together):
    named = tell(f"id: a, {six('rocket')}", f"id: b, {six('launcher')}")
    unnamed = tell(six("ship")).replace("id: report", "id: later")
    if not together:
        load(REFERENCE, named)
    found = problems(REFERENCE, named, unnamed) if together else problems(unnamed)
    sentence = "can mean a or b; give the id of the one meant."
    assert found == [f"{'2' if together else '0'}.yaml, line 13: {sentence}"]


@pytest.mark.parametrize("together", [True, False])
def test_id_that_another_development_has_is_not_made_anew(together):
    named = tell(f"id: {ID}, date: 2026-02-08")
    unnamed = tell("moves: false").replace("id: report", "id: later")
    if not together:
        load(REFERENCE, named)
    found = problems(REFERENCE, named, unnamed) if together else problems(unnamed)
    sentence = f"would get the id “{ID}”, which another one has; give it its own id."
    assert found == [f"{'2' if together else '0'}.yaml, line 13: {sentence}"]
