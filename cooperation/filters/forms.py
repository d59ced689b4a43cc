"""The form of a filterset: what its parameters take, the records of all of them found in one query."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, JSONField, TextField, Value
from django.db.models.functions import Cast

from cooperation.filters.fields import RecordsField
from cooperation.models import Article, Development

# Where a record without a name has the words by which a chip shows it.
WORDS = {Article: "title", Development: "summary"}


class RecordsForm(forms.Form):
    """Finds the records of its RecordsFields before it cleans; they carry id, slug and name alone."""

    def full_clean(self):
        """Find, then clean."""
        fields = {name: field for name, field in self.fields.items() if isinstance(field, RecordsField)}
        asked = {name: _read_slugs(field, self[name].data) for name, field in fields.items()}
        for name, record in find_records({name: (fields[name].model, asked[name]) for name in fields if asked[name]}):
            fields[name].found[record.slug] = record
        super().full_clean()


def find_records(asked):
    """Return (name, public record) pairs for `asked`, `{name: (model, slugs)}`; one query, none if nothing is asked."""
    parts = [_select(name, model, slugs) for name, (model, slugs) in asked.items()]
    rows = parts[0].union(*parts[1:], all=True) if parts else []
    return [(name, _build_record(asked[name][0], values)) for name, *values in rows]


def _select(name, model, slugs):
    """Select the same columns from every model: parameter, key, slug, words and names in other languages."""
    words, names = (WORDS[model], Value({}, JSONField())) if model in WORDS else ("name", F("names"))
    columns = {
        "parameter": Value(name, TextField()),
        "words": Cast(words, TextField()),
        "translations": names,
    }
    rows = model.objects.visible().filter(slug__in=slugs).order_by()
    return rows.annotate(**columns).values_list("parameter", "pk", "slug", "words", "translations")


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
