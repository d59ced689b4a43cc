"""Filtersets of what happens: programs, developments, partnerships and articles."""

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from cooperation.choices import ArticleKind, Channel, Credibility, Language, Rank
from cooperation.filters.base import BY_DAY, DevelopmentsFilter, ProgramsFilter, RecordFilter
from cooperation.filters.parameters import CodesFilter, RecordsFilter, SortFilter, since_filter, until_filter
from cooperation.filters.verbs import (
    DEVELOPMENT_VERBS,
    PARTNERSHIP_VERBS,
    PROGRAM_VERBS,
    keys,
)
from cooperation.models import Article, Citation, Development, Partnership, Program
from cooperation.models.developments import STAGE_POSITION, position_of

ABOUT_PROGRAMS = ("party", "system", "mode", "stage", "phase", "category", "instrument")


class ProgramFilter(RecordFilter):
    """Programs."""

    noun = "programs"
    facets = ABOUT_PROGRAMS
    verbs = PROGRAM_VERBS

    since = since_filter("latest_then")
    until = until_filter("latest_then")
    sort = SortFilter({**BY_DAY, "stage": (position_of("stage_then"), False)}, default="updated")

    class Meta:
        model = Program
        fields = []

    def find_rows(self):
        """Start with the programs that had something counted by then."""
        return self.queryset.current(**self.day)


class DevelopmentFilter(RecordFilter):
    """Developments; stage and day are their own, the rest is that of the program or partnership they are about."""

    noun = "developments"
    facets = ABOUT_PROGRAMS
    verbs = DEVELOPMENT_VERBS

    program = RecordsFilter(Program, label=_("Program"))
    channel = CodesFilter(Channel, label=_("Channel"))
    credibility = CodesFilter(Credibility, label=_("Credibility"))
    rank = CodesFilter(Rank, label=_("Rank"))
    since = since_filter("effective_day")
    until = until_filter("effective_day")
    sort = SortFilter(
        {
            "updated": (F("effective_day"), True),
            "name": (Coalesce("program__name", "partnership__name"), False),
            "stage": (STAGE_POSITION, False),
        },
        default="updated",
    )

    class Meta:
        model = Development
        fields = []

    def find_rows(self):
        """Start with what was known by then."""
        return self.queryset.known(**self.day)


class PartnershipFilter(ProgramsFilter):
    """Partnerships; one of the programs answers all that asks about programs."""

    noun = "partnerships"
    facets = ABOUT_PROGRAMS
    verbs = PARTNERSHIP_VERBS
    row_paths = ("partnership",)

    partnership = None
    since = since_filter("latest_then")
    until = until_filter("latest_then")
    sort = SortFilter(BY_DAY, default="updated")

    class Meta:
        model = Partnership
        fields = []

    def find_rows(self):
        """Say when each was last heard of by then; a partnership of which nothing was known yet stays."""
        return self.queryset.on_day(**self.day)

    def having(self, rows, programs):
        """Ask for a program of the partnership."""
        return rows.filter(Exists(programs.filter(partnership=OuterRef("pk"))))


class ArticleFilter(DevelopmentsFilter):
    """Articles; one of the developments reported answers all that asks about programs."""

    noun = "articles"
    facets = (*ABOUT_PROGRAMS, "publisher", "kind", "language")
    verbs = {"publisher": lambda articles, publishers, day: articles.filter(publisher__in=publishers)}
    row_paths = ("citations__article",)

    as_of = None  # an article tells what was known, not what was true
    program = RecordsFilter(Program, label=_("Program"))
    kind = CodesFilter(ArticleKind, label=_("Kind"))
    language = CodesFilter(Language, label=_("Language"))
    channel = CodesFilter(Channel, label=_("Channel"))
    since = since_filter("published")
    until = until_filter("published")
    sort = SortFilter({"updated": (F("published"), True), "name": (F("title"), False)}, default="updated")

    class Meta:
        model = Article
        fields = []

    def find_rows(self):
        """Start with what was published by then."""
        return self.queryset.known(**self.day)

    def having(self, rows, developments):
        """Ask for a citation."""
        return rows.filter(pk__in=Citation.objects.filter(development__in=keys(developments)).values("article"))
