"""Rows as lists show them: each queryset brings along what one line answers, whatever the number of rows."""

from django.db.models import Count, IntegerField, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from cooperation.choices import Rank
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
    """Return the public rows of a noun as its list starts with them."""
    rows = MODELS[noun].objects.visible()
    return rows.current() if noun == "programs" else rows


def filter_public(noun, query):
    """Return the FilterSet of a noun over its public rows, bound to `query` (a QueryDict) and checked."""
    filterset = FILTERS[noun](query, queryset=find_public(noun))
    filterset.is_valid()
    return filterset


def with_line(noun, rows):
    """Bring along what a line of this noun says."""
    return LINES[noun](rows)


def _program_lines(rows):
    counted = Development.objects.counted().filter(program=OuterRef("pk"))
    earned = counted.moving().latest_first().values("effective_day")[:1]
    articles = _count_articles("development__program")
    return rows.select_related("partnership").annotate(stage_day=Subquery(earned), article_count=articles)


def _partnership_lines(rows):
    programs = Program.objects.visible().current().filter(partnership=OuterRef("pk"))
    return rows.prefetch_related(_public("parties", Party)).annotate(program_count=_count(programs, "partnership"))


def _development_lines(rows):
    return rows.with_names().with_citations()


def _article_lines(rows):
    cited = Citation.objects.filter(article=OuterRef("pk"), development__public=True)
    return rows.with_names().annotate(development_count=_count(cited, "article", "development"))


def _system_lines(rows):
    links = Program.systems.through.objects.filter(system=OuterRef("pk"), **_current("program"))
    return (
        rows.select_related("parent")
        .prefetch_related(_public("makers", Party))
        .annotate(program_count=_count(links, "system", "program"))
    )


def _party_lines(rows):
    held = ProgramRole.objects.filter(party=OuterRef("pk"), **_current("program"))
    return rows.select_related("parent").annotate(program_count=_count(held, "party", "program"))


def _official_lines(rows):
    said = Development.objects.visible().filter(said_by_official=OuterRef("pk"))
    return rows.select_related("party").annotate(statement_count=_count(said, "said_by_official"))


def _instrument_lines(rows):
    links = Program.instruments.through.objects.filter(instrument=OuterRef("pk"), **_current("program"))
    return rows.select_related("provider").annotate(program_count=_count(links, "instrument", "program"))


def _publisher_lines(rows):
    articles = Article.objects.visible().filter(publisher=OuterRef("pk"))
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


def _current(path):
    """Return the condition that the program at `path` is listed."""
    return {f"{path}__in": find_public("programs").order_by().values("pk")}


def _public(relation, model):
    return Prefetch(relation, queryset=model.objects.visible())


def _count(rows, by, what="pk"):
    counts = rows.order_by().values(by).annotate(n=Count(what, distinct=True)).values("n")
    return Coalesce(Subquery(counts), 0, output_field=IntegerField())


def _count_articles(subject):
    cited = Citation.objects.filter(
        ~Q(development__rank=Rank.DEPRECATED),
        article__public=True,
        development__public=True,
        **{subject: OuterRef("pk")},
    )
    return _count(cited, subject, "article")
