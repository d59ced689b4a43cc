"""The first page: what is new, how far programs are, what is still to come, and who cooperates."""

from dataclasses import dataclass

from django.views.generic import TemplateView

from cooperation.facets import count, find_page, keep_few
from cooperation.models import Program
from cooperation.outlook import build_outlook, find_lately_due
from cooperation.views.copies import CopyMixin
from cooperation.views.day import DayMixin, build_query
from cooperation.views.rows import filter_public, find_latest_change, find_public, give_counts, with_line
from cooperation.views.story import with_anchors

NEWS = 6
LATELY = 100  # programs heard of last that are looked through for promises
DUE = 40  # promises whose day passed last, whose programs are looked through as well
MOST_PROMISES = 5
MOST_CONTRADICTIONS = 3
MOST_VALUES = 8
MOST_PARTNERSHIPS = 8


@dataclass(frozen=True)
class Bar:
    """A value of a facet drawn as a bar: `share` of the longest one, or `start` and `share` of a whole, in percent.

    Both are written with a point, as SVG takes them in every language.
    """

    value: str
    label: str
    count: int
    colour: str
    share: str
    start: str = "0%"


class HomePage(CopyMixin, DayMixin, TemplateView):
    """What is new, how far programs are, what is still to come, and who cooperates."""

    template_name = "home.html"

    def get_context_data(self, **kwargs):
        """Gather what the template's comment names."""
        filterset = filter_public("programs", build_query(self.day.keywords))
        counted = count(filterset)
        facets = {facet.name: facet.values for facet in counted.facets}
        lately = find_page(filterset, 0, LATELY, counted) if counted.total else []
        return super().get_context_data(
            total=counted.total,
            phases=build_stack(facets["phase"]),
            modes=build_bars(facets["mode"]),
            parties=build_bars(facets["party"]),
            has_more_parties=len(facets["party"]) > MOST_VALUES,
            news=self.find_news(),
            outlook=self.find_outlook(lately),
            most_promises=MOST_PROMISES,
            most_contradictions=MOST_CONTRADICTIONS,
            looked_through=LATELY if counted.total > LATELY else None,
            partnerships=self.find_partnerships(lately),
            data_as_of=find_latest_change(),
            **kwargs,
        )

    def find_news(self):
        """Return the latest developments with the anchors of their words.

        The day of the last of them comes first, from an index: to sort by all that decides the order would take the
        whole table. No development counts from a later day than that of the article that reports it, so that a walk
        back by effective day can begin with the day that was asked about by either clock.
        """
        day = self.day.keywords
        counted = find_public("developments").counted(**day)
        if day:
            counted = counted.filter(effective_day__lte=self.day.end)
        days = list(counted.order_by("-effective_day").values_list("effective_day", flat=True)[:NEWS])
        last = counted.filter(effective_day__gte=days[-1]) if days else counted.none()
        keys = list(last.latest_first().values_list("pk", flat=True)[:NEWS])
        rows = with_line("developments", find_public("developments"), day).in_order(keys)
        return with_anchors(rows)

    def find_outlook(self, lately):
        """Return what is still to come of the programs heard of `lately` and of those with promises lately due.

        It takes all their developments, two thirds of the page's time, so that it is kept until something changes.
        """
        day, today = self.day.keywords, self.day.end

        def build():
            keys = {*lately, *find_lately_due(day, today, DUE)} if lately else set()
            return build_outlook(keys, day, today)

        return keep_few(("outlook", today, *day.items()), build)

    def find_partnerships(self, lately):
        """Return the partnerships of the programs heard of last, in that order."""
        found = dict(Program.objects.filter(pk__in=lately).values_list("pk", "partnership"))
        keys = list(dict.fromkeys(found[key] for key in lately if key in found))[:MOST_PARTNERSHIPS]
        day = self.day.keywords
        rows = with_line("partnerships", find_public("partnerships").on_day(**day), day).in_order(keys)
        return give_counts("partnerships", rows, day)


def build_bars(values):
    """Return the values with most programs as bars, the longest first."""
    largest = sorted(values, key=lambda value: -value.count)[:MOST_VALUES]
    return [_build_bar(value, _percent(value.count, largest[0].count)) for value in largest]


def build_stack(values):
    """Return all values as bars that follow each other and fill the whole."""
    whole, bars, before = sum(value.count for value in values), [], 0
    for value in values:
        bars.append(_build_bar(value, _percent(value.count, whole), _percent(before, whole)))
        before += value.count
    return bars


def _build_bar(value, share, start="0%"):
    return Bar(value.value, value.label, value.count, value.colour, share, start)


def _percent(part, whole):
    return f"{100 * part / whole:.2f}%"
