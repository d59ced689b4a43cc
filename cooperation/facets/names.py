"""The names of the records that are values of facets, found by primary key."""

from django.db.models import F, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import get_language

MOST_KEYS = 100  # beyond, reading all names takes less time than passing the keys


def name_values(counts, models):
    """Return {facet: {slug: (name in the active language, count)}} of public records; one query.

    `counts` is {facet: {primary key as text: count}}, `models` says of which records.
    """
    named = {facet: {} for facet in models}
    parts = [_select(facet, model, counts[facet]) for facet, model in models.items() if counts[facet]]
    for facet, key, slug, name in parts[0].union(*parts[1:], all=True) if parts else ():
        if str(key) in counts[facet]:
            named[facet][slug] = (name, counts[facet][str(key)])
    return named


def _select(facet, model, keys):
    rows = model.objects.visible().order_by()
    if len(keys) <= MOST_KEYS:
        rows = rows.filter(pk__in=[int(key) for key in keys])
    columns = {"facet": Value(facet, TextField()), "key": F("pk"), "label": _build_name()}
    return rows.annotate(**columns).values_list("facet", "key", "slug", "label")


def _build_name():
    """Return the expression of the name in the active language; the English one stands in the column."""
    language, name = (get_language() or "en")[:2], Cast("name", TextField())
    return name if language == "en" else Coalesce(KeyTextTransform(language, "names"), name, output_field=TextField())
