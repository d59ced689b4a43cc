"""The form of a filterset: what its parameters take, the records of all of them found in one query at most."""

from collections import defaultdict

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, JSONField, TextField, Value
from django.db.models.functions import Cast
from django.utils.functional import cached_property

from cooperation.facets import read_index
from cooperation.filters.fields import RecordsField
from cooperation.models import Article, Development

# Where a record without a name has the words by which a chip shows it.
WORDS = {Article: "title", Development: "summary"}


class RecordsForm(forms.Form):
    """Finds the records of its RecordsFields before it cleans; they carry id, slug and name alone.

    They are kept for all requests as long as no public record changes: nobody may change them.
    """

    @cached_property
    def index(self):
        """Return the index of the edition that the request meets, from which its rows are counted as well."""
        return read_index()

    def full_clean(self):
        """Find, then clean."""
        fields = [(name, field) for name, field in self.fields.items() if isinstance(field, RecordsField)]
        keys = [(field.model, slug) for name, field in fields for slug in _read_slugs(field, self[name].data)]
        if keys:
            found = defaultdict(dict)
            for record in self.index.keep_cards("asked for", list(dict.fromkeys(keys)), find_records):
                found[type(record)][record.slug] = record
            for _, field in fields:
                field.found = found[field.model]
        super().full_clean()


def find_records(keys):
    """Return {key: public record} for `keys`, (model, slug) each, as far as there are any; one query."""
    slugs = defaultdict(list)
    for model, slug in keys:
        slugs[model].append(slug)
    models = {model.__name__: model for model in slugs}
    parts = [_select(model, asked) for model, asked in slugs.items()]
    records = [_build_record(models[name], values) for name, *values in parts[0].union(*parts[1:], all=True)]
    return {(type(record), record.slug): record for record in records}


def _select(model, slugs):
    """Select the same columns from every model: its name, key, slug, words and names in other languages."""
    words, names = (WORDS[model], Value({}, JSONField())) if model in WORDS else ("name", F("names"))
    columns = {
        "model": Value(model.__name__, TextField()),
        "words": Cast(words, TextField()),
        "translations": names,
    }
    rows = model.objects.visible().filter(slug__in=slugs).order_by()
    return rows.annotate(**columns).values_list("model", "pk", "slug", "words", "translations")


def _build_record(model, values):
    """Return the record with the columns that were selected; it would fetch the others when asked."""
    key, slug, words, translations = values
    columns = {"id": key, "slug": slug, WORDS.get(model, "name"): words}
    if model not in WORDS:
        columns["names"] = translations
    return model.from_db(None, list(columns), list(columns.values()))


def _read_slugs(field, data):
    """Return what may be slugs in `data`; nothing if the field refuses it."""
    try:
        return field.to_python(data)
    except ValidationError:
        return []
