"""Every column has a parameter, or a reason to have none."""

import pytest

from cooperation.filters import FILTERS, RecordFilter
from cooperation.models import System

SETTLED = "derived by the ledger for its own work"
LOOKED_AT = "read on the page, not asked for"
FIGURE = "a figure means nothing without its qualifier and unit; compared on the page"
EXEMPT = {
    "public": SETTLED,
    "state": "all that is listed is published",
    "place": SETTLED,
    "created": "`modified_since` answers what is new",
    "names": "`q` looks in them",
    "aliases": "`q` looks in them",
    "external_ids": LOOKED_AT,
    "summary": "`q` looks in a partnership's; a development's is read",
    "text": "`q` looks in abstracts and passages; full texts are for signed-in readers and answer nobody",
    "text_kind": "decides who reads the text, not what is found",
    "said_as": LOOKED_AT,
    "said_by_party": "`official` asks for speakers; a party's own statements are read on its page",
    "position": "`q` and `party` find officials",
    "address": LOOKED_AT,
    "started": LOOKED_AT,
    "started_earliest": "the bounds of `started`",
    "started_latest": "the bounds of `started`",
    "parties": "the parameter is called `party`",
    "date": "`since` and `until` ask the effective day",
    "earliest": "`since` and `until` ask the effective day",
    "latest": "`since` and `until` ask the effective day",
    "reported_on": "`since` and `until` ask the effective day",
    "due": "promised days are listed by the evidence check",
    "due_earliest": "the bounds of `due`",
    "due_latest": "the bounds of `due`",
    "moves": LOOKED_AT,
    "counted_in": LOOKED_AT,
    "rank_reason": "`rank` asks for the verdict",
    "ceiling_amount": FIGURE,
    "ceiling_currency": FIGURE,
    **{f"quantity_{part}": FIGURE for part in ("value", "min", "max", "qualifier", "unit", "basis", "per")},
    **{f"amount_{part}": FIGURE for part in ("value", "min", "max", "qualifier", "currency")},
}
# Fields whose parameter has another name.
PARAMETERS = {
    "slug": "id",
    "search_text": "q",
    "name": "q",
    "title": "q",
    "modified": "modified_since",
    "latest_day": "since",
    "effective_day": "since",
    "published": "since",
    "systems": "system",
    "instruments": "instrument",
    "makers": "maker",
    "said_by_official": "official",
}
SYSTEM_PARENT = "system"  # a system stands for its family


def find_parameter(model, field):
    return SYSTEM_PARENT if (model, field) == (System, "parent") else PARAMETERS.get(field, field)


def test_there_is_a_filterset_for_every_noun():
    assert list(FILTERS) == [
        "programs",
        "developments",
        "partnerships",
        "articles",
        "parties",
        "officials",
        "systems",
        "instruments",
        "publishers",
    ]
    assert all(issubclass(filterset, RecordFilter) for filterset in FILTERS.values())


@pytest.mark.parametrize("noun", FILTERS)
def test_every_field_can_be_filtered_or_is_exempt(noun):
    filterset = FILTERS[noun]
    model = filterset.Meta.model
    fields = [f.name for f in (*model._meta.concrete_fields, *model._meta.many_to_many) if not f.primary_key]
    missing = [f for f in fields if find_parameter(model, f) not in filterset.base_filters and f not in EXEMPT]
    assert missing == []


def test_every_exemption_is_of_a_field():
    models = [filterset.Meta.model for filterset in FILTERS.values()]
    fields = {f.name for model in models for f in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    assert set(EXEMPT) - fields == set()
