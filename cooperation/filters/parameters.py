"""Filters: what a parameter takes and which column it asks, where it asks one."""

from copy import copy

import django_filters
from django.utils.translation import gettext_lazy as _

from cooperation import search
from cooperation.filters.fields import ChoiceField, CodesField, DayField, MomentField, RecordsField, TextField
from cooperation.models import System
from cooperation.models.keys import as_rows

SORT_LABELS = {
    "updated": (_("Latest first"), _("Oldest first")),
    "name": (_("Name, A to Z"), _("Name, Z to A")),
    "stage": (_("Stage, first to last"), _("Stage, last to first")),
}


class SharedFilter(django_filters.Filter):
    """A filter whose choices are the same for all requests: each filterset has its own, but they are not copied."""

    def __deepcopy__(self, memo):
        """Return a filter with the same choices."""
        return copy(self)


class ColumnFilter(SharedFilter):
    """Compares the column `field_name`, by default the one of the parameter's name."""

    def filter(self, qs, value):
        """Narrow `qs`, unless nothing was given."""
        return qs.filter(**{f"{self.field_name}__{self.lookup_expr}": value}) if value else qs

    def prepare(self, value):
        """Return what a verb of the filterset works with."""
        return value


class CodesFilter(ColumnFilter):
    """Values of a code list; one of them is enough."""

    field_class = CodesField

    def __init__(self, codes, **kwargs):
        """Take the choices from the code list."""
        super().__init__(lookup_expr="in", choices=[(code.value, code.label) for code in codes], **kwargs)
        self.codes = codes


class RecordsFilter(ColumnFilter):
    """Ids of records of the model `of`, by default of the filterset's own; one of them is enough."""

    field_class = RecordsField

    def __init__(self, of=None, **kwargs):
        """Name the model."""
        super().__init__(lookup_expr="in", **kwargs)
        self.of = of

    @property
    def field(self):
        """Return the field for the model."""
        self.extra["model"] = self.of or self.model
        return super().field

    def filter(self, qs, value):
        """Narrow `qs` by primary keys."""
        return super().filter(qs, [record.pk for record in value])


class FamilyFilter(RecordsFilter):
    """Ids of systems, each of which stands for its family."""

    def prepare(self, value):
        """Return the primary keys of the families; asked once, however often it is filtered."""
        if not hasattr(self, "_family"):
            self._family = System.objects.filter(pk__in=[system.pk for system in value]).families()
        return self._family


class TextFilter(ColumnFilter):
    """A short text."""

    field_class = TextField


class WordsFilter(TextFilter):
    """Words that must all occur."""

    def prepare(self, value):
        """Return the primary keys of the public rows that have them, None if `value` has no word; looked for once."""
        if not hasattr(self, "_keys"):
            self._keys = search.find_keys(self.model, value)
        return self._keys

    def filter(self, qs, value):
        """Narrow `qs` by primary keys."""
        keys = self.prepare(value) if value else None
        return qs if keys is None else qs.filter(pk__in=as_rows(keys))


class DayFilter(ColumnFilter):
    """The first or the last day that counts."""

    field_class = DayField


class ClockFilter(DayFilter):
    """A day asked about. It narrows nothing by itself: the filterset starts with the rows of that day."""

    def filter(self, qs, value):
        """Leave `qs` as it is."""
        return qs


class MomentFilter(ColumnFilter):
    """The moment from which on it counts."""

    field_class = MomentField


def since_filter(column):
    """Return the filter of the first day of `column`."""
    return DayFilter(field_name=column, lookup_expr="gte", label=_("Since"), help_text=_("A day such as 2026-02-09."))


def until_filter(column):
    """Return the filter of the last day of `column`."""
    return DayFilter(field_name=column, lookup_expr="lte", label=_("Until"), help_text=_("A day such as 2026-02-09."))


WITHOUT_GAPS = ("name",)  # the orders in which every row has a value


class SortFilter(SharedFilter):
    """The order of the rows: `orders` by name, each an expression and whether it runs downwards; the slug decides."""

    field_class = ChoiceField

    def __init__(self, orders, default, **kwargs):
        """Offer each order and its reverse."""
        choices = [("", SORT_LABELS[default][0])]
        for name in orders:
            choices += zip((name, f"-{name}"), SORT_LABELS[name], strict=True)
        super().__init__(label=_("Sort by"), choices=choices, **kwargs)
        self.orders, self.default = orders, default

    def filter(self, qs, value):
        """Order `qs`, by default if nothing was asked for; rows without a day come last."""
        expression, descends = self.find_order(value)
        # Where no row lacks a value, saying what comes last would only keep databases from their index.
        nulls_last = None if (value or self.default).removeprefix("-") in WITHOUT_GAPS else True
        return qs.order_by(getattr(expression, "desc" if descends else "asc")(nulls_last=nulls_last), "slug")

    def find_order(self, value):
        """Return what rows are compared by, and whether it runs downwards."""
        expression, descends = self.orders[(value or self.default).removeprefix("-")]
        return expression, descends != value.startswith("-")
