"""The detail pages: one public record each, with what hangs together with it. A hidden record is an unknown one."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch
from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.generic import DetailView, RedirectView

from cooperation.choices import Phase, Stage, TextKind
from cooperation.claims import build_history, build_promises, compare_claims, find_contradictions, sum_partnership
from cooperation.exports.files import ATOM, offer
from cooperation.filters import CLOCKS
from cooperation.models import (
    Article,
    Citation,
    Development,
    Instrument,
    Official,
    Partnership,
    Party,
    Program,
    Publisher,
    System,
)
from cooperation.search.nouns import NOUN_LABELS
from cooperation.views.citing import cite_article, cite_page
from cooperation.views.day import AskedDay, DayMixin
from cooperation.views.metadata import describe_record
from cooperation.views.rows import filter_public, with_line
from cooperation.views.story import build_story, number_anchors, with_anchors

MOST_RELATED = 100
FEEDS = ("programs", "partnerships")  # what has a feed for each record


@dataclass(frozen=True)
class Related:
    """The first rows of another noun that go with a record, and the address of the list of all."""

    rows: list
    has_more: bool
    address: str


def find_related(noun, url_name, day, **parameters):
    """Return the rows that the list at `url_name` shows for `parameters` on the `day`, by the same FilterSet."""
    query = QueryDict(mutable=True)
    query.update({**parameters, **{name: str(asked) for name, asked in day.items()}})
    rows = list(with_line(noun, filter_public(noun, query).qs, day)[: MOST_RELATED + 1])
    return Related(rows[:MOST_RELATED], len(rows) > MOST_RELATED, f"{reverse(url_name)}?{query.urlencode()}")


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


class ProgramDetail(RecordDetail):
    """What the program is, and the story that earned its stage."""

    noun = "programs"
    model = Program

    def get_queryset(self):
        """Bring the systems, roles and instruments along."""
        return Program.objects.visible().on_day(**self.day.keywords).with_names()

    def find_context(self, record, day):
        """Return the story, the phase, and what the figures of the story say beside each other."""
        story = build_story(_story_of(record, day))
        return {
            "story": story,
            "phase": _phase_of(record),
            "contradictions": find_contradictions(story.counted),
            "comparison": compare_claims([*story.counted, *story.aside]),
            "promises": build_promises(story.counted, self.day.end),
            "history": build_history(story.counted),
        }


class PartnershipDetail(RecordDetail):
    """Who cooperates, what is said on the whole, and the programs by phase."""

    noun = "partnerships"
    model = Partnership

    def get_queryset(self):
        """Say when the partnership was last heard of."""
        return with_line(self.noun, Partnership.objects.visible().on_day(**self.day.keywords), self.day.keywords)

    def find_context(self, record, day):
        """Return the story, the programs in their phases and what their figures add up to."""
        programs = find_related("programs", "program-list", day, partnership=record.slug)
        story = build_story(_story_of(record, day))
        return {
            "story": story,
            "programs": programs,
            "phases": _group_by_phase(programs.rows),
            "sums": sum_partnership(record, day),
        }


class SystemDetail(RecordDetail):
    """What the system is, its family and the programs about it."""

    noun = "systems"
    model = System

    def find_context(self, record, day):
        """Return the family and the programs."""
        return {
            "children": record.children.visible(),
            "programs": find_related("programs", "program-list", day, system=record.slug),
        }


class PartyDetail(RecordDetail):
    """Who the party is, who speaks for it, what it makes and where it takes part."""

    noun = "parties"
    model = Party

    def find_context(self, record, day):
        """Return what names the party."""
        return {
            "children": record.children.visible(),
            "officials": record.officials.visible(),
            "makes": record.makes.visible(),
            "instruments": record.provides.visible(),
            "partnerships": record.partnerships.visible(),
            "programs": find_related("programs", "program-list", day, party=record.slug),
        }


class OfficialDetail(RecordDetail):
    """Who the official is, and what they said."""

    noun = "officials"
    model = Official

    def find_context(self, record, day):
        """Return the statements."""
        said = find_related("developments", "development-list", day, official=record.slug)
        with_anchors(said.rows)
        return {"said": said}


class InstrumentDetail(RecordDetail):
    """What the instrument gives, and the programs that draw on it."""

    noun = "instruments"
    model = Instrument

    def find_context(self, record, day):
        """Return the programs."""
        return {"programs": find_related("programs", "program-list", day, instrument=record.slug)}


class PublisherDetail(RecordDetail):
    """How far the publisher can be relied on, and its articles."""

    noun = "publishers"
    model = Publisher

    def find_context(self, record, day):
        """Return the articles."""
        return {"articles": find_related("articles", "article-list", day, publisher=record.slug)}


class ArticleDetail(RecordDetail):
    """What the article says, with the passages that earned a development."""

    noun = "articles"
    model = Article
    clocks = ("known_on",)

    def dispatch(self, request, *args, **kwargs):
        """Keep what a signed-in reader sees out of shared caches."""
        answer = super().dispatch(request, *args, **kwargs)
        if request.user.is_authenticated:
            patch_cache_control(answer, private=True)
        return answer

    def find_cite(self, record):
        """Return how to cite the page, and the article itself."""
        return cite_article(self.request, record, self.day)

    def find_context(self, record, day):
        """Return the citations by position, whether this reader may read between them, and if it came after the day."""
        citations = number_anchors(list(_citations_of(record, day)))
        reports = list({c.development_id: c.development for c in citations}.values())
        is_open = record.text_kind != TextKind.FULL or self.request.user.is_authenticated
        is_later = "known_on" in day and record.published > day["known_on"]
        return {"citations": citations, "reports": reports, "is_open": is_open, "is_later": is_later}


class DevelopmentRedirect(RedirectView):
    """A development stands by an anchor on the page of its program or partnership."""

    def get_redirect_url(self, *args, **kwargs):
        """Return the address of the anchor."""
        rows = Development.objects.visible().select_related("program", "partnership")
        development = get_object_or_404(rows, slug=kwargs["slug"])
        subject = development.subject
        page = reverse(f"{subject._meta.model_name}-detail", args=[subject.slug])
        day = AskedDay(self.request.GET, CLOCKS).as_query
        return f"{page}{'?' if day else ''}{day}#{development.slug}"


def _story_of(record, day):
    told = record.developments.visible().known(**day)
    return told.with_names().with_citations(day.get("known_on")).latest_first()


def _citations_of(article, day):
    developments = Development.objects.visible().with_names()
    known = Citation.objects.known(**day)
    rows = known.filter(article=article, development__public=True).order_by("start", "end", "pk")
    return rows.prefetch_related(Prefetch("development", queryset=developments))


def _group_by_phase(programs):
    """Return (phase, programs) pairs in the order of the phase list; those without a stage come last, under None."""
    order = {phase: place for place, phase in enumerate([*Phase, None])}
    ordered = sorted(programs, key=lambda program: order[_phase_of(program)])
    return [(phase, list(group)) for phase, group in groupby(ordered, key=_phase_of)]


def _phase_of(program):
    """Return the phase of a program's stage on the day asked about; None without a stage."""
    return Stage(program.stage_then).phase if program.stage_then else None
