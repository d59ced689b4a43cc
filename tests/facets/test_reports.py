"""Which articles report which developments, read in ranges of articles."""

import pytest
from pyroaring import BitMap

from cooperation.facets import reports
from cooperation.facets.reports import read_reports
from cooperation.models import Citation
from tests.facets.worlds import make_random_world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("step", [1, 2, 3, 150_000])
def test_reports_are_read_in_ranges(step, monkeypatch):
    monkeypatch.setattr(reports, "STEP", step)
    make_random_world(5)
    pairs = Citation.objects.values_list("development", "article")
    articles = {development: {a for d, a in pairs if d == development} for development, _ in pairs}
    found = read_reports()
    assert len(articles) > 10
    assert {development: set(found.lead(BitMap([development]))) for development in articles} == articles


def test_nothing_is_reported_without_citations(db):
    assert read_reports().lead(BitMap([1, 2])) == BitMap()
