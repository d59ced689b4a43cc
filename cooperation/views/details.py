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
from cooperation.claims import find_contradictions
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
from cooperation.views.rows import filter_public, with_line
from cooperation.views.story import build_story, number_anchors, with_anchors

MOST_RELATED = 100


@dataclass(frozen=True)
class Related:
    """The first rows of another noun that go with a record, and the address of the list of all."""

    rows: list
    has_more: bool
    address: str


def find_related(noun, url_name, **parameters):
    """Return the rows that the list at `url_name` shows for `parameters`, by the same FilterSet."""
    query = QueryDict(mutable=True)
    query.update(parameters)
    rows = list(with_line(noun, filter_public(noun, query).qs)[: MOST_RELATED + 1])
    return Related(rows[:MOST_RELATED], len(rows) > MOST_RELATED, f"{reverse(url_name)}?{query.urlencode()}")


class RecordDetail(DetailView):
    """The page of one public record, called `record` in the template."""

    noun = ""
    context_object_name = "record"

    def get_queryset(self):
        """Look among public records alone."""
        return with_line(self.noun, self.model.objects.visible())

    def get_template_names(self):
        """Return the noun's own detail template."""
        return [f"{self.noun}/detail.html"]

    def get_context_data(self, **kwargs):
        """Add what hangs together with the record, and the day of the data."""
        found = self.find_context(self.object)
        return super().get_context_data(data_as_of=self.object.modified, **found, **kwargs)

    def find_context(self, record):
        """Return the further names that the template's comment lists."""
        return {}


class ProgramDetail(RecordDetail):
    """What the program is, and the story that earned its stage."""

    noun = "programs"
    model = Program

    def get_queryset(self):
        """Bring the systems, roles and instruments along."""
        return Program.objects.visible().with_names()

    def find_context(self, record):
        """Return the story, the phase and where sources contradict each other."""
        story = build_story(_story_of(record))
        return {"story": story, "phase": _phase_of(record), "contradictions": find_contradictions(story.counted)}


class PartnershipDetail(RecordDetail):
    """Who cooperates, what is said on the whole, and the programs by phase."""

    noun = "partnerships"
    model = Partnership

    def find_context(self, record):
        """Return the story and the programs in their phases."""
        programs = find_related("programs", "program-list", partnership=record.slug)
        return {"story": build_story(_story_of(record)), "programs": programs, "phases": _group_by_phase(programs.rows)}


class SystemDetail(RecordDetail):
    """What the system is, its family and the programs about it."""

    noun = "systems"
    model = System

    def find_context(self, record):
        """Return the family and the programs."""
        return {
            "children": record.children.visible(),
            "programs": find_related("programs", "program-list", system=record.slug),
        }


class PartyDetail(RecordDetail):
    """Who the party is, who speaks for it, what it makes and where it takes part."""

    noun = "parties"
    model = Party

    def find_context(self, record):
        """Return what names the party."""
        return {
            "children": record.children.visible(),
            "officials": record.officials.visible(),
            "makes": record.makes.visible(),
            "instruments": record.provides.visible(),
            "partnerships": record.partnerships.visible(),
            "programs": find_related("programs", "program-list", party=record.slug),
        }


class OfficialDetail(RecordDetail):
    """Who the official is, and what they said."""

    noun = "officials"
    model = Official

    def find_context(self, record):
        """Return the statements."""
        said = find_related("developments", "development-list", official=record.slug)
        with_anchors(said.rows)
        return {"said": said}


class InstrumentDetail(RecordDetail):
    """What the instrument gives, and the programs that draw on it."""

    noun = "instruments"
    model = Instrument

    def find_context(self, record):
        """Return the programs."""
        return {"programs": find_related("programs", "program-list", instrument=record.slug)}


class PublisherDetail(RecordDetail):
    """How far the publisher can be relied on, and its articles."""

    noun = "publishers"
    model = Publisher

    def find_context(self, record):
        """Return the articles."""
        return {"articles": find_related("articles", "article-list", publisher=record.slug)}


class ArticleDetail(RecordDetail):
    """What the article says, with the passages that earned a development."""

    noun = "articles"
    model = Article

    def dispatch(self, request, *args, **kwargs):
        """Keep what a signed-in reader sees out of shared caches."""
        answer = super().dispatch(request, *args, **kwargs)
        if request.user.is_authenticated:
            patch_cache_control(answer, private=True)
        return answer

    def find_context(self, record):
        """Return the citations by position, and whether this reader may read the text between them."""
        citations = number_anchors(list(_citations_of(record)))
        reports = list({c.development_id: c.development for c in citations}.values())
        is_open = record.text_kind != TextKind.FULL or self.request.user.is_authenticated
        return {"citations": citations, "reports": reports, "is_open": is_open}


class DevelopmentRedirect(RedirectView):
    """A development stands by an anchor on the page of its program or partnership."""

    def get_redirect_url(self, *args, **kwargs):
        """Return the address of the anchor."""
        rows = Development.objects.visible().select_related("program", "partnership")
        development = get_object_or_404(rows, slug=kwargs["slug"])
        subject = development.subject
        return reverse(f"{subject._meta.model_name}-detail", args=[subject.slug]) + f"#{development.slug}"


def _story_of(record):
    return record.developments.visible().with_names().with_citations().latest_first()


def _citations_of(article):
    developments = Development.objects.visible().with_names()
    rows = Citation.objects.filter(article=article, development__public=True).order_by("start", "end", "pk")
    return rows.prefetch_related(Prefetch("development", queryset=developments))


def _group_by_phase(programs):
    """Return (phase, programs) pairs in the order of the phase list; those without a stage come last, under None."""
    order = {phase: place for place, phase in enumerate([*Phase, None])}
    ordered = sorted(programs, key=lambda program: order[_phase_of(program)])
    return [(phase, list(group)) for phase, group in groupby(ordered, key=_phase_of)]


def _phase_of(program):
    """Return the phase of a program's stage; None without a stage."""
    return Stage(program.stage).phase if program.stage else None
