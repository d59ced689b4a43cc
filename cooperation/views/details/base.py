"""What all detail pages share: the record, the day asked about, and the programs that go with a record."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.http import QueryDict
from django.urls import reverse
from django.views.generic import DetailView

from cooperation.exports.files import ATOM, offer
from cooperation.facets import count, find_page
from cooperation.filters import CLOCKS
from cooperation.models import Development, Program
from cooperation.search.nouns import NOUN_LABELS
from cooperation.views.citing import cite_page
from cooperation.views.copies import CopyMixin
from cooperation.views.day import DayMixin
from cooperation.views.metadata import describe_record
from cooperation.views.rows import MODELS, ask_list, filter_public, find_public, with_line
from cooperation.views.story import tell, with_anchors

MOST_PROGRAMS = 10
FEEDS = ("programs", "partnerships")  # what has a feed for each record


class RecordDetail(CopyMixin, DayMixin, DetailView):
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


class Listed:
    """What the list of a noun has for `parameters` on a day, which every part of a page can go on from."""

    def __init__(self, noun, day, has_facets=False, **parameters):
        """Count."""
        self.query = ask_list(noun, day, **parameters)
        self.filterset = filter_public(noun, self.query)
        self.counted = count(self.filterset, has_facets)

    def find_address(self, **chosen):
        """Return the address of the list, narrowed to the values chosen, `{parameter: values}`."""
        query = QueryDict(mutable=True)
        for name, values in chosen.items():
            query.setlist(name, values)
        query.update(self.query)
        return f"{reverse(f'{MODELS[self.filterset.noun]._meta.model_name}-list')}?{query.urlencode()}"

    def find_latest(self, most, counted=None):
        """Return the primary keys of the latest rows, of a part of what was counted if that is given."""
        counted = self.counted if counted is None else counted
        return find_page(self.filterset, 0, most, counted) if counted.total else []


def find_programs(day, most=MOST_PROGRAMS, **parameters):
    """Return the `Programs` that the list shows for `parameters` on the `day`, with at most so many rows."""
    return describe_programs(Listed("programs", day, has_facets=True, **parameters), day, most)


def describe_programs(listed, day, most=MOST_PROGRAMS):
    """Return the `Programs` of a list of programs counted with facets, with at most so many rows."""
    facets = {facet.name: facet.values for facet in listed.counted.facets}
    rows = find_lines("programs", listed.find_latest(most) if most else [], day)
    return Programs(listed.counted.total, facets, rows, listed.find_address())


def find_last_heard_of(partnerships, day, most, first=None):
    """Return the first `most` of `partnerships` with `latest_then`: the one heard of last by the `day` comes first.

    `first` names an annotation that goes before that, the greatest first.
    """
    orders = [first] if first else []
    if not day:
        latest_first = F("latest_then").desc(nulls_last=True)
        return list(partnerships.on_day().order_by(*(f"-{name}" for name in orders), latest_first, "slug")[:most])
    # The database would look through all that was told of each of them.
    days = Listed("partnerships", day).counted.counter.find_latest_days()
    by_slug = partnerships.order_by("slug").values_list("pk", *orders)
    ordered = sorted(by_slug, key=lambda row: (*row[1:], days.get(row[0], "")), reverse=True)  # ties stay by slug
    keys = [pk for pk, *_ in ordered[:most]]
    found = partnerships.in_order(keys)
    for row in found:
        row.latest_then = date.fromisoformat(days[row.pk]) if row.pk in days else None
    return found


def find_told(keys, day):
    """Return the public developments with these primary keys with their words, the latest first."""
    return with_anchors(tell(Development.objects.filter(pk__in=keys), day).latest_first()) if keys else []


def find_lines(noun, keys, day):
    """Return the public rows with these primary keys in their order, with what a line says on the `day`."""
    rows = find_public(noun)
    rows = rows.on_day(**day) if hasattr(rows, "on_day") else rows
    return with_line(noun, rows, day).in_order(keys)


def find_short_lines(keys, day):
    """Return the public programs with these primary keys in their order, with how far they were on the `day` alone."""
    return Program.objects.visible().on_day(**day).in_order(keys)
