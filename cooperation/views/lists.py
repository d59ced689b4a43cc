"""The lists: one class for all nouns; what a filter means stands in the FilterSet that each list names."""

from dataclasses import dataclass
from datetime import date

from django.template.loader import get_template
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from cooperation.exports.files import CLAIMS, CSV, KINDS, TABLES, offer
from cooperation.facets import count, find_page
from cooperation.filters import CLOCKS
from cooperation.filters.base import PAGE_SIZES
from cooperation.views.citing import cite_page
from cooperation.views.controls import Chip, build_chips, build_controls, build_orders, find_kept
from cooperation.views.copies import CopyMixin
from cooperation.views.day import DayMixin
from cooperation.views.facets import build_panel
from cooperation.views.metadata import describe_list
from cooperation.views.paging import PagingForm, build_paging
from cooperation.views.rows import MODELS, filter_public, find_data_day, give_counts, with_line
from cooperation.views.story import with_anchors

MOST_WAYS = 5  # conditions that are tried out where nothing matches all of them


@dataclass(frozen=True)
class Card:
    """A row ready to be shown; that of a development says under which day it stands."""

    slug: str
    html: str
    effective_day: date | None


@dataclass(frozen=True)
class WayOut:
    """A condition without which there would be rows, and how many."""

    chip: Chip
    total: int


class RecordList(CopyMixin, DayMixin, TemplateView):
    """The page of one noun's rows, with the form, facets, chips and pages of the address.

    With `card`, the template of one row, rows come ready to be shown and are kept until something public changes.
    """

    noun = ""
    card = ""
    title = ""
    intro = ""

    def get_template_names(self):
        """Return the noun's own list template."""
        return [f"{self.noun}/list.html"]

    def get(self, request, *args, **kwargs):
        """Answer the page; one beyond the last is not found, in words."""
        context = self.get_context_data(**kwargs)
        paging = context["paging"]
        return self.render_to_response(context, status=404 if paging and paging.is_beyond else 200)

    def get_context_data(self, **kwargs):
        """Gather what the template's comment names."""
        filterset = filter_public(self.noun, self.request.GET)
        paging_form = PagingForm(self.request.GET)
        is_valid = all([filterset.is_valid(), paging_form.is_valid()])
        counted = count(filterset) if is_valid else None
        paging = build_paging(counted.total, paging_form.cleaned_data) if is_valid else None
        facets = [facet for facet in counted.facets if facet.values] if is_valid else []
        controls = build_controls((filterset.form, paging_form), self.request.GET)
        chips = build_chips(filterset.form, facets, self.request.GET)
        is_empty = is_valid and not counted.total
        offers = self.find_offers(filterset) if is_valid else []
        return super().get_context_data(
            noun=self.noun,
            title=self.title,
            intro=self.intro,
            controls=controls,
            kept=find_kept(controls, self.request.GET),
            facets=build_panel(facets, self.noun, self.request.GET),
            orders=build_orders(filterset.filters["sort"], filterset.form.cleaned_data["sort"]) if is_valid else {},
            chips=chips,
            narrowed=describe(chips),
            ways_out=self.find_ways_out(chips) if is_empty else [],
            cite=self.find_cite(chips) if is_valid else None,
            ignored=self.find_ignored(filterset),
            paging=paging,
            page_sizes=PAGE_SIZES,
            rows=self.get_rows(filterset, counted, paging) if paging else [],
            offers=offers,
            claims=self.find_claims(filterset) if is_valid else [],
            data_as_of=find_data_day(self.noun, filterset.index),
            metadata=describe_list(self.request, self.title, self.intro, offers),
            **kwargs,
        )

    def get_rows(self, filterset, counted, paging):
        """Return the rows of the page; none beyond the last, whatever its number."""
        if paging.is_beyond:
            return []
        keys = find_page(filterset, paging.start, paging.start + paging.size, counted)
        if not self.card:
            return self.find_lines(filterset, keys)
        kind = self.card, get_language(), get_script_prefix(), self.day.as_query
        return counted.keep_cards(kind, keys, lambda missing: self.make_cards(filterset, missing))

    def find_lines(self, filterset, keys):
        """Return the rows with what a line says; what was withdrawn since it was counted is left out."""
        rows = with_line(self.noun, filterset.find_rows(), self.day.keywords).in_order(keys)
        return give_counts(self.noun, rows, self.day.keywords)

    def make_cards(self, filterset, keys):
        """Return {primary key: `Card`}."""
        return {row.pk: self.make_card(row) for row in self.find_lines(filterset, keys)}

    def make_card(self, row):
        """Show a row by itself."""
        asked = {MODELS[self.noun]._meta.model_name: row, "day": self.day, "in_list": True}
        return Card(row.slug, get_template(self.card).render(asked), getattr(row, "effective_day", None))

    def find_ways_out(self, chips):
        """Return the conditions without any one of which there would be rows; only the first few are tried."""
        ways = [WayOut(chip, self.count_without(chip)) for chip in chips[:MOST_WAYS]]
        return [way for way in ways if way.total]

    def count_without(self, chip):
        """Return how many rows there would be without one condition."""
        query = self.request.GET.copy()
        query.setlist(chip.name, [value for value in query.getlist(chip.name) if value != chip.value])
        return count(filter_public(self.noun, query), has_facets=False).total

    def find_cite(self, chips):
        """Return how to cite the list, narrowed as it is."""
        narrowed = describe(chips)
        title = f"{self.title} ({narrowed})" if narrowed else self.title
        return cite_page(self.request, title, self.day, f"{self.path.rstrip('/')}{CSV.suffix}")

    @property
    def path(self):
        """Return the path of the list, also where another page shows its rows."""
        return reverse(f"{MODELS[self.noun]._meta.model_name}-list")

    def find_offers(self, filterset, kinds=KINDS, **more):
        """Return the list in other formats, narrowed as it is."""
        return offer(self.path, self.request.GET, filterset.allowed_parameters(), kinds, **more)

    def find_claims(self, filterset):
        """Return what is said of programs as files, one row a claim; other nouns have none."""
        return self.find_offers(filterset, TABLES, rows=CLAIMS) if self.noun == "programs" else []

    def find_ignored(self, filterset):
        """Return the parameters that say nothing to this list; a day that links carry on is not told."""
        return [name for name in filterset.find_unknown_parameters(self.request.GET) if name not in CLOCKS]


def describe(chips):
    """Return what narrows a list, in words; empty if nothing does."""
    return ", ".join(f"{chip.label}: {chip.text}" for chip in chips)


class PartnershipList(RecordList):
    """Who cooperates lastingly."""

    noun = "partnerships"
    card = "partnerships/_row.html"
    title = _("Partnerships")
    intro = _("Two or more parties that cooperate lastingly in defence.")


class ProgramList(RecordList):
    """What is done together, and how far it has got."""

    noun = "programs"
    card = "programs/_row.html"
    title = _("Programs")
    intro = _("One mode of cooperation in one partnership. The stage is what the statements up to now add up to.")


class SystemList(RecordList):
    """What programs are about."""

    noun = "systems"
    title = _("Systems")
    intro = _("Weapons and other equipment that programs are about.")


class PartyList(RecordList):
    """Who takes part."""

    noun = "parties"
    title = _("Parties")
    intro = _("States, organisations, ministries, forces, companies and research bodies that take part.")


class OfficialList(RecordList):
    """Who speaks or signs."""

    noun = "officials"
    title = _("Officials")
    intro = _("People who speak or sign for a party.")


class InstrumentList(RecordList):
    """Where money comes from."""

    noun = "instruments"
    title = _("Instruments")
    intro = _("Sources of money that programs draw on.")


class PublisherList(RecordList):
    """Who publishes."""

    noun = "publishers"
    title = _("Publishers")
    intro = _("Who published the articles, and how far each can be relied on.")


class ArticleList(RecordList):
    """What everything rests on."""

    noun = "articles"
    card = "articles/_row.html"
    clocks = ("known_on",)
    title = _("Articles")
    intro = _("The source documents. Every fact of the portal opens the passage that reports it.")


class DevelopmentList(RecordList):
    """What is new."""

    noun = "developments"
    card = "developments/_entry.html"
    title = _("Developments")
    intro = _("What is new: dated statements, the latest first, each with the words that report it.")

    def find_lines(self, filterset, keys):
        """Return them with the anchors of their passages."""
        return with_anchors(super().find_lines(filterset, keys))
