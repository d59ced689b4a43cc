"""Parts of what a list counted are those that queries over the tables find."""

import random

import pytest
from django.db.models import F
from pyroaring import BitMap

from cooperation import ledger
from cooperation.choices import Mode, Phase, Role, Stage
from cooperation.facets import AMOUNT, QUANTITY, count
from cooperation.models import (
    Article,
    Citation,
    Development,
    Instrument,
    Partnership,
    Party,
    Program,
    ProgramRole,
    Publisher,
    System,
)
from tests.facets.worlds import bind, make_random_world
from tests.keeping import once

pytestmark = pytest.mark.django_db
DAYS = [{}, {"as_of": "2026-01-15"}, {"known_on": "2026-01-15"}, {"as_of": "2025-12-31", "known_on": "2026-02-08"}]


@once
def make_world_with_figures():
    """Write a random world in which some statements give figures."""
    make_random_world(seed=31)
    chance = random.Random(61)
    with ledger.writing():
        for development in Development.objects.order_by("pk"):
            if chance.random() < 0.5:
                development.quantity_qualifier = "undisclosed"
            if chance.random() < 0.3:
                development.amount_qualifier = "undisclosed"
            ledger.record(development)


def ask(noun, day):
    """Return what the whole list of a noun counts on a day, given as parameters."""
    filterset = bind(noun, "&".join(f"{name}={value}" for name, value in day.items()))
    return count(filterset, has_facets=False)


def keys(rows):
    return BitMap(rows.order_by().values_list("pk", flat=True))


@pytest.mark.parametrize("day", DAYS)
def test_parts_of_programs(day):
    make_world_with_figures()
    counted, current = ask("programs", day), Program.objects.visible().current(**day)
    assert counted.total > 3
    for phase in Phase:
        assert counted.of_phase(phase).matching == keys(current.filter(stage_then__in=Stage.of_phases([phase])))
    assert counted.of_phase(None).matching == keys(current.filter(stage_then=""))
    for mode in Mode:
        assert counted.of_mode(mode).matching == keys(current.filter(mode=mode))
    held = ProgramRole.objects.all()
    for party in Party.objects.all():
        for role in Role:
            own = held.filter(party=party, role=role)
            assert counted.of_role(party, role).matching == keys(current.filter(pk__in=own.values("program")))
    parties = list(Party.objects.values_list("pk", flat=True))
    assert counted.count_held(parties) == {
        pk: current.filter(pk__in=held.filter(party=pk).values("program")).count() for pk in parties
    }
    assert any(counted.count_held(parties).values())


@pytest.mark.parametrize("day", DAYS)
def test_programs_of_records(day):
    make_world_with_figures()
    counted, current = ask("programs", day), Program.objects.visible().current(**day)
    partnerships, instruments, systems = (list(m.objects.all()) for m in (Partnership, Instrument, System))
    assert counted.count_by("partnership", [row.pk for row in partnerships]) == {
        row.pk: current.filter(partnership=row).count() for row in partnerships
    }
    assert counted.count_by("instrument", [row.pk for row in instruments]) == {
        row.pk: current.of_instruments([row]).count() for row in instruments
    }
    families = {row.pk: System.objects.filter(pk=row.pk).descents().values("pk") for row in systems}
    assert counted.count_by("system", [row.pk for row in systems]) == {
        pk: current.of_family(family).count() for pk, family in families.items()
    }


@pytest.mark.parametrize("day", DAYS)
def test_parts_of_developments(day):
    make_world_with_figures()
    told, counting = ask("developments", day), Development.objects.counted(**day)
    assert told.counting().matching == keys(counting)
    for figure in (QUANTITY, AMOUNT):
        stating = told.stating(figure)
        assert stating.total
        assert stating.matching == keys(counting.exclude(**{f"{figure}_qualifier": ""}))
    for publisher in Publisher.objects.all():
        own = Citation.objects.known(known_on=day.get("known_on")).filter(article__publisher=publisher)
        first = own.filter(article__published=F("development__reported_on")).values("development")
        assert told.first_told_by(publisher).matching == keys(counting.filter(pk__in=first))


@pytest.mark.parametrize("day", [{}, {"known_on": "2026-01-15"}])
def test_parts_of_articles(day):
    make_world_with_figures()
    articles, known = ask("articles", day), Article.objects.visible().known(**day)
    developments = ask("developments", {"as_of": "2026-01-15", **day})
    cited = Citation.objects.filter(development__in=list(developments.matching)).values("article")
    reporting = articles.reporting(developments)
    assert reporting.total
    assert reporting.matching == keys(known.filter(pk__in=cited))
    years = [row.published.year for row in known]
    assert articles.count_years() == [(year, years.count(year)) for year in sorted(set(years), reverse=True)]
    publishers = list(Publisher.objects.values_list("pk", flat=True))
    assert articles.count_by("publisher", publishers) == {pk: known.filter(publisher=pk).count() for pk in publishers}
