"""Asks filtersets, and makes what they find."""

from django.http import QueryDict

from cooperation import ledger
from cooperation.filters import FILTERS
from tests import factories as make


def bind(noun, query=""):
    filterset = FILTERS[noun]
    rows = filterset.Meta.model.objects.visible()
    return filterset(QueryDict(query), queryset=rows.current() if noun == "programs" else rows)


def find(noun, query=""):
    filterset = bind(noun, query)
    assert filterset.is_valid(), filterset.errors
    return [row.slug for row in filterset.qs]


def read_errors(noun, query):
    filterset = bind(noun, query)
    assert list(filterset.qs) == []
    return {name: list(sentences) for name, sentences in filterset.errors.items()}


def find_real_value(noun, name, world):
    """Return a value of the parameter that the one record of `noun` in `world` answers to."""
    row = world[bind(noun).qs.model.__name__.lower()]
    values = {
        "q": row.slug,
        "id": row.slug,
        "modified_since": "2020-01-01",
        "sort": "-name",
        "party": "ukraine",
        "mode": "supply",
        "stage": "agreed",
        "phase": "promise",
        "category": "missile",
        "role": "recipient",
        "country": "ua",
        "since": "2026-02-09",
        "until": "2026-02-09",
        "as_of": "2026-02-09",
        "known_on": "2026-02-09",
        "maker": "france",
        "provider": "france",
        "language": "en",
        "rank": "normal",
        "channel": "telegram",
        "credibility": "2",
        "reliability": "C",
        "parent": "france",
        "kind": getattr(row, "kind", ""),
    }
    return values.get(name) or world[name].slug


def add_program(world, stage="agreed", date="2026-02-09", **fields):
    program = make.make_program(world["partnership"], **fields)
    development = make.make_development(program, stage=stage, date=date, slug=f"{program.slug}-{stage}")
    make.make_citation(world["article"], development)
    ledger.publish([program, development])
    return program
