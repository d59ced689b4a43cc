"""Composite values: several columns that pages, API and bundles read and write as one mapping."""

from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q

from cooperation.choices import WITHOUT_NUMBER, Qualifier


@dataclass(frozen=True)
class FigureParts:
    """The keys of a composite value: `numbers` are None and `words` empty where nothing is stated."""

    numbers: tuple = ()
    words: tuple = ()
    defaults: tuple = ()


class Figure:
    """A mapping over the columns `<name>_<key>`, without the keys that state nothing; None if none does.

    Setting it sets every column; `parts.defaults` are (key, value) pairs that are left out when read.
    """

    def __init__(self, name, parts):
        """Name the columns' prefix and the keys."""
        self.name, self.parts = name, parts

    def __get__(self, record, owner=None):
        """Return the mapping, or None."""
        if record is None:
            return self
        stated = {key: self._column(record, key) for key in (*self.parts.numbers, *self.parts.words)}
        defaults = dict(self.parts.defaults)
        return {k: v for k, v in stated.items() if v not in (None, "") and defaults.get(k) != v} or None

    def __set__(self, record, mapping):
        """Set all columns from `mapping`; None clears them."""
        stated = {**dict(self.parts.defaults), **(mapping or {})}
        for key in self.parts.numbers:
            setattr(record, f"{self.name}_{key}", stated.get(key))
        for key in self.parts.words:
            setattr(record, f"{self.name}_{key}", stated.get(key) or "")

    def _column(self, record, key):
        return getattr(record, f"{self.name}_{key}")


def figure_whole(name, measure):
    """Return the database constraint that holds what `validate_figure` says of a quantity or amount."""

    def where(**columns):
        return Q(**{f"{name}_{key}": value for key, value in columns.items()})

    no_span = where(min=None, max=None)
    measured = ~where(**{measure: ""})
    nothing = where(qualifier="", value=None, **{measure: ""}) & no_span
    wordy = where(qualifier__in=[q.value for q in WITHOUT_NUMBER], value=None) & no_span
    span = where(qualifier=Qualifier.BETWEEN.value, value=None, min__gte=0, min__lt=F(f"{name}_max")) & measured
    pointed = [q.value for q in Qualifier if q not in WITHOUT_NUMBER and q != Qualifier.BETWEEN]
    point = where(qualifier__in=pointed, value__gte=0) & no_span & measured
    return models.CheckConstraint(
        condition=nothing | wordy | span | point,
        name=f"development_{name}_whole",
        violation_error_message=f"The parts of the {name} do not fit together.",
    )
