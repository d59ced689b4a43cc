"""The names of the records that are values of facets."""

from django.db.models import F, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import get_language


def read_names(models):
    """Return {model: {primary key as text: (slug, name in the active language)}} of what is public; one query.

    Records stand in the order of their names.
    """
    named = {model.__name__: [] for model in models}
    parts = [_select(model) for model in models]
    for model, key, slug, name in parts[0].union(*parts[1:], all=True) if parts else ():
        named[model].append((name.casefold(), slug, str(key), name))
    return {model: {key: (slug, name) for _, slug, key, name in sorted(named[model.__name__])} for model in models}


def _select(model):
    columns = {"model": Value(model.__name__, TextField()), "key": F("pk"), "label": _build_name()}
    return model.objects.visible().order_by().annotate(**columns).values_list("model", "key", "slug", "label")


def _build_name():
    """Return the expression of the name in the active language; the English one stands in the column."""
    language, name = (get_language() or "en")[:2], Cast("name", TextField())
    return name if language == "en" else Coalesce(KeyTextTransform(language, "names"), name, output_field=TextField())
