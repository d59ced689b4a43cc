"""What all detail pages share: the record, the day asked about, and the programs that go with a record."""

from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.views.generic import DetailView

from cooperation.exports.files import ATOM, offer
from cooperation.facets import count, find_page
from cooperation.filters import CLOCKS
from cooperation.search.nouns import NOUN_LABELS
from cooperation.views.citing import cite_page
from cooperation.views.day import DayMixin
from cooperation.views.metadata import describe_record
from cooperation.views.rows import filter_public, find_public, with_line

MOST_PROGRAMS = 10
FEEDS = ("programs", "partnerships")  # what has a feed for each record


class RecordDetail(DayMixin, DetailView):
    """The page of one public record, called `record` in the template."""

    noun = ""
    context_object_name = "record"

    def get_queryset(self):
        """Look among public records alone."""
        return with_line(self.noun, self.model.objects.visible(), self.day.keywords)

    def get_template_names(self):
        """Return the noun's own detail template."""
        return [f"{self.noun}/detail.html"]

    def get_context_data(self, **kwargs):
        """Add what hangs together with the record, and the day of the data."""
        found = self.find_context(self.object, self.day.keywords)
        return super().get_context_data(
            data_as_of=self.object.modified,
            cite=self.find_cite(self.object),
            metadata=describe_record(self.request, NOUN_LABELS[self.noun], self.object),
            offers=self.find_offers(),
            **found,
            **kwargs,
        )

    def find_offers(self):
        """Return the feed of the record, if it has one."""
        return offer(self.request.path, self.request.GET, CLOCKS, (ATOM,)) if self.noun in FEEDS else []

    def find_cite(self, record):
        """Return how to cite the page."""
        rows = reverse(f"api:{self.noun}-detail", args=[record.slug])
        return cite_page(self.request, record.local_name, self.day, rows)

    def find_context(self, record, day):
        """Return the further names that the template's comment lists, as they were on the `day`."""
        return {}


@dataclass(frozen=True)
class Programs:
    """The programs that go with a record: how many, the values of each facet, the latest rows, and the list of all.

    A count is what a click gives: `address` followed by one more parameter is the list of exactly so many.
    """

    total: int
    facets: dict
    rows: list
    address: str


def find_programs(day, most=MOST_PROGRAMS, **parameters):
    """Return the `Programs` that the list shows for `parameters` on the `day`, with at most so many rows."""
    query = QueryDict(mutable=True)
    query.update({**parameters, **{name: str(asked) for name, asked in day.items()}})
    filterset = filter_public("programs", query)
    counted = count(filterset)
    keys = find_page(filterset, 0, most, counted.matching) if most and counted.total else []
    facets = {facet.name: facet.values for facet in counted.facets}
    address = f"{reverse('program-list')}?{query.urlencode()}"
    return Programs(counted.total, facets, find_lines("programs", keys, day), address)


def find_lines(noun, keys, day):
    """Return the public rows with these primary keys in their order, with what a line says on the `day`."""
    if not keys:
        return []
    rows = find_public(noun)
    rows = rows.on_day(**day) if hasattr(rows, "on_day") else rows
    found = with_line(noun, rows, day).in_bulk(keys)
    return [found[key] for key in keys]
