"""Rows as lists show them: each queryset brings along what one line answers, whatever the number of rows."""

from django.db.models import Count, IntegerField, Max, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce

from cooperation.facets import count, read_index
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
    Publisher,
    System,
)
from cooperation.views.day import build_query

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


def find_data_day(noun, index=None):
    """Return the moment at which a public row of a noun last changed, None if there is none: its “data as of”.

    `index` is that of the page, if it has one.
    """
    # Where many drafts were written last, the database goes through them all before it meets a public row.
    keep = (index or read_index()).keep
    return keep(("data day", noun), lambda: find_public(noun).aggregate(day=Max("modified"))["day"])


def with_line(noun, rows, day):
    """Bring along what a line of this noun says on the `day`; programs and partnerships come with `on_day`."""
    return LINES[noun](rows, day)


def give_counts(noun, rows, day):
    """Say on each of `rows` (a list) how many programs or articles its list has on the `day`, where a line says so.

    The lists' own counts tell it: what a record is named in can be a tenth of a table.
    """
    if noun not in COUNTS:
        return rows
    name, counted_noun, count_all = COUNTS[noun]
    counted = count_list(counted_noun, day)
    counts = count_all(counted, [row.pk for row in rows])
    for row in rows:
        setattr(row, name, counts[row.pk])
    return rows


def count_list(noun, day):
    """Return what the whole list of a noun counts on the `day`."""
    return count(filter_public(noun, ask_list(noun, day)), has_facets=False)


def ask_list(noun, day, **parameters):
    """Return `parameters`, and the `day` as far as a list of the noun takes it, as its address says them."""
    return build_query(day, FILTERS[noun].base_filters, **parameters)


def _program_lines(rows, day):
    counted = Development.objects.counted(**day).filter(program=OuterRef("pk"))
    earned = counted.moving().order_by("-place").values("effective_day")[:1]
    cited = Citation.objects.counted(**day).filter(development__program=OuterRef("pk"))
    articles = _count(cited, "development__program", "article")
    return rows.select_related("partnership").annotate(stage_day=Subquery(earned), article_count=articles)


def _partnership_lines(rows, day):
    return rows.prefetch_related(_public("parties", Party))


def _development_lines(rows, day):
    return rows.with_names().with_citations(day.get("known_on"))


def _article_lines(rows, day):
    cited = Citation.objects.filter(article=OuterRef("pk"), development__public=True)
    return rows.with_names().annotate(development_count=_count(cited, "article", "development"))


def _system_lines(rows, day):
    return rows.select_related("parent").prefetch_related(_public("makers", Party))


def _party_lines(rows, day):
    return rows.select_related("parent")


def _official_lines(rows, day):
    said = Development.objects.visible().known(**day).filter(said_by_official=OuterRef("pk"))
    return rows.select_related("party").annotate(statement_count=_count(said, "said_by_official"))


def _instrument_lines(rows, day):
    return rows.select_related("provider")


def _publisher_lines(rows, day):
    return rows


def _count_in(facet):
    return lambda counted, keys: counted.count_by(facet, keys)


# The name of the number, the noun of what is counted, and how.
COUNTS = {
    "partnerships": ("program_count", "programs", _count_in("partnership")),
    "systems": ("program_count", "programs", _count_in("system")),
    "instruments": ("program_count", "programs", _count_in("instrument")),
    "parties": ("program_count", "programs", lambda counted, keys: counted.count_held(keys)),
    "publishers": ("article_count", "articles", _count_in("publisher")),
}
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


def _public(relation, model):
    return Prefetch(relation, queryset=model.objects.visible())


def _count(rows, by, what="pk"):
    counts = rows.order_by().values(by).annotate(n=Count(what, distinct=True)).values("n")
    return Coalesce(Subquery(counts), 0, output_field=IntegerField())
