"""Form fields for columns that hold JSON, so that nobody has to write brackets and quotation marks."""

from django import forms
from django.template.loader import render_to_string


class KeyedTextsWidget(forms.MultiWidget):
    """One labelled text input per key, in a group."""

    template_name = "admin/widgets/keyed_texts.html"
    use_fieldset = True

    def __init__(self, labels, attrs=None):
        """`labels` are shown by key."""
        self.labels = labels
        super().__init__({key: forms.TextInput(attrs={"class": "vTextField"}) for key in labels}, attrs)

    def decompress(self, value):
        """Return the text of each key, in order."""
        return [(value or {}).get(key, "") for key in self.labels]

    def get_context(self, name, value, attrs):
        """Give each input its label."""
        context = super().get_context(name, value, attrs)
        for subwidget, label in zip(context["widget"]["subwidgets"], self.labels.values(), strict=True):
            subwidget["label"] = label
        return context

    def render(self, name, value, attrs=None, renderer=None):
        """Use the project's templates, which Django's form renderer does not look in."""
        return render_to_string(self.template_name, self.get_context(name, value, attrs))


class KeyedTextsField(forms.MultiValueField):
    """A mapping from known keys to texts; a key without text is left out."""

    def __init__(self, *, labels, **kwargs):
        """`labels` are shown by key."""
        self.keys = tuple(labels)
        parts = [forms.CharField(required=False) for _ in labels]
        super().__init__(parts, widget=KeyedTextsWidget(labels), require_all_fields=False, **kwargs)

    def compress(self, data_list):
        """Return the mapping."""
        return {key: text for key, text in zip(self.keys, data_list, strict=False) if text}


class LinesField(forms.CharField):
    """A list of texts, written one per line; empty lines do not count."""

    widget = forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"})

    def prepare_value(self, value):
        """Write a stored list as lines; what was typed stays as it is."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        """Return the list."""
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def has_changed(self, initial, data):
        """Compare as lists."""
        return (initial or []) != self.to_python(data)


def build_names_field(**kwargs):
    """Return the field for `names`."""
    return KeyedTextsField(labels={"fr": "French", "uk": "Ukrainian"}, help_text="", **kwargs)


def build_external_ids_field(**kwargs):
    """Return the field for `external_ids`."""
    labels = {"wikidata": "Wikidata", "sipri": "SIPRI", "kiel": "Kiel"}
    return KeyedTextsField(labels=labels, help_text="A Wikidata id looks like Q142.", **kwargs)


def build_aliases_field(**kwargs):
    """Return the field for `aliases`."""
    return LinesField(help_text="Other names in any script, one per line.", **kwargs)


JSON_FIELDS = {"names": build_names_field, "external_ids": build_external_ids_field, "aliases": build_aliases_field}
