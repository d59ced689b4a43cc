"""Form fields: what may be typed into a parameter, and what is said of anything else."""

import datetime
from copy import copy

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from cooperation import dates

MAX_VALUES = 50
MAX_LENGTH = 200
SHOWN = 20  # characters of a value that is too long to be repeated

TOO_MANY = _("%(count)d values are too many; use at most %(most)d.")
TOO_LONG = _("“%(value)s…” is too long; use at most %(most)d characters.")
NOT_A_CODE = _("“%(value)s” is not known; use one of %(allowed)s.")
NOT_A_RECORD = _("“%(value)s” is not known; use an id from the list of %(records)s.")
NOT_A_MOMENT = _("“%(value)s” is not a point in time; write it as 2026-02-09 or 2026-02-09T08:30:00Z.")

refuse_null_characters = ProhibitNullCharactersValidator()


def clean_value(value):
    """Return `value` without blanks around it; raise ValidationError if no parameter can take it."""
    if len(value) > MAX_LENGTH:
        params = {"value": value[:SHOWN].replace("\0", "�"), "most": MAX_LENGTH}
        raise ValidationError(TOO_LONG, code="max_length", params=params)
    refuse_null_characters(value)
    return value.strip()


def refuse_unknown(unknown, message, **params):
    """Raise one ValidationError for all values of `unknown`, if there are any."""
    if unknown:
        raise ValidationError(
            [ValidationError(message, code="invalid_choice", params={"value": value, **params}) for value in unknown]
        )


class SharedField:
    """A field that is the same for all requests: each form has its own, but what it is made of is not copied."""

    def __deepcopy__(self, memo):
        """Return a field with the same choices, widget and validators."""
        return copy(self)


class RepeatedField(SharedField, forms.MultipleChoiceField):
    """Takes a parameter as often as it is given; empty ones count as not given."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value):
        """Return the distinct values in the order given."""
        values = [value] if isinstance(value, str) else list(value or [])
        if len(values) > MAX_VALUES:
            raise ValidationError(TOO_MANY, code="max_values", params={"count": len(values), "most": MAX_VALUES})
        return list(dict.fromkeys(filter(None, map(clean_value, values))))


class CodesField(RepeatedField):
    """Values of a code list."""

    def validate(self, value):
        """Refuse what is not in the list, and say what is."""
        allowed = [code for code, _label in self.choices]
        refuse_unknown([code for code in value if code not in allowed], NOT_A_CODE, allowed=", ".join(allowed))


class RecordsField(RepeatedField):
    """Ids of public records; cleans to the records. The widget offers those that were given, and no others."""

    def __init__(self, *, model, **kwargs):
        """Name the model whose ids are taken."""
        super().__init__(**kwargs)
        self.model = model
        self.found = {}

    def __deepcopy__(self, memo):
        """Return a field that has found nothing yet."""
        copied = super().__deepcopy__(memo)
        copied.found, copied.widget = {}, copy(self.widget)
        return copied

    def clean(self, value):
        """Return the records, in the order given, out of those that the form has `found` by slug."""
        slugs = self.to_python(value)
        self.choices = [(slug, _show(self.found.get(slug, slug))) for slug in slugs]
        unknown = [slug for slug in slugs if slug not in self.found]
        refuse_unknown(unknown, NOT_A_RECORD, records=self.model._meta.verbose_name_plural)
        return [self.found[slug] for slug in slugs]


def _show(record):
    return str(getattr(record, "local_name", record))


class TextField(SharedField, forms.CharField):
    """One short text."""

    def to_python(self, value):
        """Refuse what is too long before anything else is done with it."""
        return clean_value(super().to_python(value))


class ChoiceField(SharedField, forms.ChoiceField):
    """One value of a short list."""

    def to_python(self, value):
        """Refuse what is too long before a message repeats it."""
        return clean_value(super().to_python(value))

    def validate(self, value):
        """Refuse what is not in the list, and say what is."""
        allowed = [choice for choice, _label in self.choices if choice]
        refuse_unknown([value] if value and value not in allowed else [], NOT_A_CODE, allowed=", ".join(allowed))


class DayField(TextField):
    """A day as YYYY-MM-DD; nothing else is guessed at."""

    widget = forms.DateInput(attrs={"type": "date"})

    def to_python(self, value):
        """Return the day, or None."""
        written = super().to_python(value)
        return dates.parse_day(written) if written else None


class MomentField(TextField):
    """A day, or a date with time as in ISO 8601; UTC where no zone is given."""

    def to_python(self, value):
        """Return an aware datetime in UTC, or None."""
        written = super().to_python(value)
        return _parse_moment(written) if written else None


def _parse_moment(written):
    """Return the moment; a `+` that was not escaped in the address arrives as a blank."""
    try:
        moment = parse_datetime(written.replace(" ", "+") if "T" in written else f"{written}T00:00:00Z")
        if moment is not None:
            return moment.replace(tzinfo=moment.tzinfo or datetime.UTC).astimezone(datetime.UTC)
    except (ValueError, OverflowError):
        pass  # 30 February, or a zone that leads out of the calendar
    raise ValidationError(NOT_A_MOMENT, code="invalid", params={"value": written})
