"""Search over all nouns at once: records of the public lists in whose names every word occurs."""

from dataclasses import dataclass

from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cooperation import text
from cooperation.models import (
    Article,
    Development,
    Instrument,
    Official,
    Partnership,
    Party,
    Program,
    Publisher,
    System,
)

MAX_LENGTH = 200
NAME_COLUMNS = {Article: "title", Development: Coalesce("program__name", "partnership__name")}
# Noun, label, model and the relations that a row of the result prints.
NOUNS = (
    ("programs", _("Programs"), Program, ["partnership"]),
    ("partnerships", _("Partnerships"), Partnership, []),
    ("parties", _("Parties"), Party, ["parent"]),
    ("systems", _("Systems"), System, ["parent"]),
    ("officials", _("Officials"), Official, ["party"]),
    ("instruments", _("Instruments"), Instrument, ["provider"]),
    ("publishers", _("Publishers"), Publisher, []),
    ("articles", _("Articles"), Article, ["publisher"]),
    ("developments", _("Developments"), Development, ["program", "partnership"]),
)


@dataclass(frozen=True)
class Group:
    """What was found of one noun; `has_more` says that there are more than `records`."""

    noun: str
    label: str
    records: list
    has_more: bool


def search(query, limit=10, as_of=None, known_on=None):
    """Return a group for each noun of which something public matches, with at most `limit` records; one query a noun.

    Of programs, developments and articles, those of the day `as_of` that were known on the day `known_on`.
    Records of which a name or alias begins with the query come first, the rest follows by name.
    """
    folded = text.fold(query[:MAX_LENGTH].replace("\0", " "))
    if not text.words(folded):
        return []
    day = {"as_of": as_of, "known_on": known_on}
    groups = (_find_group(noun, folded, limit, day) for noun in NOUNS)
    return [group for group in groups if group.records]


def _find_group(noun, folded, limit, day):
    name, label, model, relations = noun
    rows = _find_listed(model, day).matching(folded).select_related(*relations).order_by(*_build_order(model, folded))
    found = list(rows[: limit + 1])
    return Group(name, str(label), found[:limit], len(found) > limit)


def _find_listed(model, day):
    """Return the rows of `model` that its list shows on the day."""
    public = model.objects.visible()
    if model is Program:
        return public.current(**day)
    if model is Development:
        return public.known(**day)
    return public.known(day["known_on"]) if model is Article else public


def _build_order(model, folded):
    begins = Q(search_text__startswith=folded) | Q(search_text__contains=f"\n{folded}")
    return Case(When(begins, then=Value(0)), default=Value(1)), NAME_COLUMNS.get(model, "name"), "slug"
