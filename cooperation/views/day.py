"""The day that a page is asked about: read from the address, shown in a form and a banner, kept by links."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.views.generic.base import ContextMixin

from cooperation.filters import CLOCKS, DayForm


def build_query(day, clocks=CLOCKS, **parameters):
    """Return `parameters`, and the `day` as querysets take it as far as `clocks` names it, as an address says them."""
    query = QueryDict(mutable=True)
    query.update({**parameters, **{name: str(asked) for name, asked in day.items() if name in clocks}})
    return query


@dataclass(frozen=True)
class AskedDay:
    """The day as a page shows it: `clocks` are the parameters that the page takes, `query` its address's."""

    query: QueryDict
    clocks: tuple

    @cached_property
    def form(self):
        """Return the form for another day, bound and checked."""
        form = DayForm(self.query)
        form.is_valid()
        return form

    @property
    def keywords(self):
        """Return the day as querysets take it."""
        return self.form.read_day(self.clocks)

    @property
    def as_of(self):
        """Return the day whose truth is asked for, None for today."""
        return self.form.cleaned_data.get("as_of")

    @property
    def known_on(self):
        """Return the day whose knowledge is asked for, None for today."""
        return self.form.cleaned_data.get("known_on")

    @property
    def end(self):
        """Return the day up to which the page tells: the one asked about, today without one or for one to come."""
        return min([timezone.localdate(), *self.keywords.values()])

    @property
    def is_asked(self):
        """Return whether the address asks about a day, or tries to."""
        return any(map(self.query.get, CLOCKS))

    @property
    def kept(self):
        """Return (name, value) pairs of the address that the form for another day keeps; the page starts anew."""
        left_out = ("page", *CLOCKS)
        return [(name, value) for name, values in self.query.lists() if name not in left_out for value in values]

    @cached_property
    def as_query(self):
        """Return the day as links carry it on, `as_of=…&known_on=…`; empty for today."""
        return urlencode(self.form.read_day()) if self.form.is_valid() else ""

    @property
    def without(self):
        """Return the rest of the address, for the way back to today."""
        query = self.query.copy()
        for name in CLOCKS:
            query.pop(name, None)
        return query.urlencode()


class DayMixin(ContextMixin):
    """A page that can be asked about a day; `clocks` are the parameters that it takes, others are only carried on."""

    clocks = CLOCKS

    @cached_property
    def day(self):
        """Return the day asked about."""
        return AskedDay(self.request.GET, self.clocks)

    def get_context_data(self, **kwargs):
        """Add `day`."""
        return super().get_context_data(day=self.day, **kwargs)
