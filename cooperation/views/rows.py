"""Rows as lists show them: each queryset brings along what one line answers, whatever the number of rows."""

from django.db.models import Count, IntegerField, Max, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce

from cooperation.filters import FILTERS
from cooperation.models import (
    Article,
    Citation,
    Development,
    Instrument,
    Official,
    Partnership,
    Party,
    Program,
    ProgramRole,
    Publisher,
    System,
)

MODELS = {
    "partnerships": Partnership,
    "programs": Program,
    "systems": System,
    "parties": Party,
    "officials": Official,
    "instruments": Instrument,
    "publishers": Publisher,
    "articles": Article,
    "developments": Development,
}


def find_public(noun):
    """Return the public rows of a noun."""
    return MODELS[noun].objects.visible()


def filter_public(noun, query):
    """Return the FilterSet of a noun over its public rows, bound to `query` (a QueryDict) and checked."""
    filterset = FILTERS[noun](query, queryset=find_public(noun))
    filterset.is_valid()
    return filterset


def find_latest_change():
    """Return the moment at which a public development last changed, None if there is none: “data as of”."""
    return find_data_day("developments")


def find_data_day(noun):
    """Return the moment at which a public row of a noun last changed, None if there is none: its “data as of”."""
    return find_public(noun).aggregate(day=Max("modified"))["day"]


def with_line(noun, rows, day):
    """Bring along what a line of this noun says on the `day`; programs and partnerships come with `on_day`."""
    return LINES[noun](rows, day)


def _program_lines(rows, day):
    counted = Development.objects.counted(**day).filter(program=OuterRef("pk"))
    earned = counted.moving().latest_first().values("effective_day")[:1]
    cited = Citation.objects.counted(**day).filter(development__program=OuterRef("pk"))
    articles = _count(cited, "development__program", "article")
    return rows.select_related("partnership").annotate(stage_day=Subquery(earned), article_count=articles)


def _partnership_lines(rows, day):
    programs = Program.objects.visible().current(**day).filter(partnership=OuterRef("pk"))
    return rows.prefetch_related(_public("parties", Party)).annotate(program_count=_count(programs, "partnership"))


def _development_lines(rows, day):
    return rows.with_names().with_citations(day.get("known_on"))


def _article_lines(rows, day):
    cited = Citation.objects.filter(article=OuterRef("pk"), development__public=True)
    return rows.with_names().annotate(development_count=_count(cited, "article", "development"))


def _system_lines(rows, day):
    links = Program.systems.through.objects.filter(system=OuterRef("pk"), **_current("program", day))
    return (
        rows.select_related("parent")
        .prefetch_related(_public("makers", Party))
        .annotate(program_count=_count(links, "system", "program"))
    )


def _party_lines(rows, day):
    held = ProgramRole.objects.filter(party=OuterRef("pk"), **_current("program", day))
    return rows.select_related("parent").annotate(program_count=_count(held, "party", "program"))


def _official_lines(rows, day):
    said = Development.objects.visible().known(**day).filter(said_by_official=OuterRef("pk"))
    return rows.select_related("party").annotate(statement_count=_count(said, "said_by_official"))


def _instrument_lines(rows, day):
    links = Program.instruments.through.objects.filter(instrument=OuterRef("pk"), **_current("program", day))
    return rows.select_related("provider").annotate(program_count=_count(links, "instrument", "program"))


def _publisher_lines(rows, day):
    articles = Article.objects.visible().known(day.get("known_on")).filter(publisher=OuterRef("pk"))
    return rows.annotate(article_count=_count(articles, "publisher"))


LINES = {
    "partnerships": _partnership_lines,
    "programs": _program_lines,
    "systems": _system_lines,
    "parties": _party_lines,
    "officials": _official_lines,
    "instruments": _instrument_lines,
    "publishers": _publisher_lines,
    "articles": _article_lines,
    "developments": _development_lines,
}


def _current(path, day):
    """Return the condition that the program at `path` is listed on the day."""
    return {f"{path}__in": Program.objects.visible().current(**day).order_by().values("pk")}


def _public(relation, model):
    return Prefetch(relation, queryset=model.objects.visible())


def _count(rows, by, what="pk"):
    counts = rows.order_by().values(by).annotate(n=Count(what, distinct=True)).values("n")
    return Coalesce(Subquery(counts), 0, output_field=IntegerField())
