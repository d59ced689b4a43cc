"""Which rows of a list a page shows, and which other pages there are. Pure."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from cooperation.filters.base import PAGE_SIZES


class PagingForm(forms.Form):
    """Which page of how many rows."""

    page = forms.IntegerField(label=_("Page"), min_value=1, required=False)
    page_size = forms.IntegerField(label=_("Rows per page"), min_value=1, max_value=PAGE_SIZES[-1], required=False)


@dataclass(frozen=True)
class Paging:
    """Where in the rows a page stands."""

    number: int
    size: int
    total: int

    @property
    def pages(self):
        """Return the number of pages; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def is_beyond(self):
        """Return whether the page asked for comes after the last one."""
        return self.number > self.pages

    @property
    def start(self):
        """Return the position of the first row, counted from 0."""
        return (self.number - 1) * self.size

    @property
    def first(self):
        """Return the position of the first row, counted from 1."""
        return self.start + 1

    @property
    def last(self):
        """Return the position of the last row, counted from 1."""
        return min(self.total, self.start + self.size)

    @property
    def previous(self):
        """Return the number of the page before, or None."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self):
        """Return the number of the page after, or None."""
        return self.number + 1 if self.number < self.pages else None

    @property
    def window(self):
        """Return the page numbers to show, None where some are left out."""
        near = range(self.number - 2, self.number + 3)
        shown = sorted({1, self.pages, *(n for n in near if 1 <= n <= self.pages)})
        gapped = zip(shown, [*shown[1:], shown[-1]], strict=True)
        return [entry for n, after in gapped for entry in ([n, None] if after > n + 1 else [n])]


def build_paging(total, asked):
    """Return where the page that was asked for stands among `total` rows."""
    return Paging(asked["page"] or 1, asked["page_size"] or PAGE_SIZES[0], total)
