"""The fields that all desks share. What is not stated is null, in every field."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


class CodeField(serializers.ChoiceField):
    """The value of a code; its label stands beside it in a `LabelField`."""

    def __init__(self, codes, **kwargs):
        """Take the members of a code list as choices."""
        super().__init__(choices=codes.choices, **kwargs)

    def to_representation(self, value):
        """Return the value, None if there is none."""
        return value or None


class OptionalText(serializers.CharField):
    """A text that may be missing."""

    def __init__(self, **kwargs):
        """Allow null, which is how the outside sees an empty text."""
        super().__init__(allow_null=True, **kwargs)

    def to_representation(self, value):
        """Return the text, None if there is none."""
        return str(value) or None


@extend_schema_field(OpenApiTypes.URI)
class OptionalAddress(OptionalText):
    """An address on the web that may be missing."""


class LabelField(serializers.CharField):
    """The label of the code beside it: `mode_label` of `mode`, in the language of the reader."""

    def __init__(self, code=None, **kwargs):
        """Name the model's `code` field where it is not the field's own name without `_label`."""
        self.code, self.labels = code, None
        super().__init__(**kwargs)

    def bind(self, field_name, parent):
        """Find the code."""
        self.code = self.code or field_name.removesuffix("_label")
        super().bind(field_name, parent)

    def get_attribute(self, record):
        """Return the label; the model's display method would look through all choices anew for each row."""
        if self.labels is None:
            self.labels = dict(record._meta.get_field(self.code).flatchoices)
        return self.labels.get(getattr(record, self.code), "")

    def to_representation(self, label):
        """Return the label, None if there is no code."""
        return str(label) or None


@extend_schema_field(OpenApiTypes.NUMBER)
class NumberField(serializers.Field):
    """A decimal number as JSON's number, a whole one without its decimals."""

    def to_representation(self, value):
        """Return an int or a float."""
        return int(value) if value == value.to_integral_value() else float(value)
