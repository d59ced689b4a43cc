"""List with facets, detail page and CSV as a tutorial writes them."""

import csv
from itertools import chain

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, Value
from django.db.models.functions import Coalesce, NullIf
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, render

from bench.peers.filters import ProgramFilter, find_programs
from cooperation.models import Development, Program

PAGE = 25
BLOCK = 2_000
FACETS = {
    "party": F("partnership__parties__slug"),
    "system": F("systems__slug"),
    "mode": F("mode"),
    "stage": F("stage"),
    "category": Coalesce("systems__category", NullIf("category", Value(""))),
}
COUNTED = Q(developments__public=True) & ~Q(developments__rank="deprecated")
HEADER = (
    *("id", "name", "partnership", "parties", "mode", "stage", "latest day", "category", "systems", "roles"),
    *("instruments", "developments", "articles", "modified"),
)


def list_programs(request):
    """Answer a page of rows with the total and the counts of five facets."""
    rows = ProgramFilter(request.GET, queryset=find_programs()).qs
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "peers/list.html", {"page": page, "facets": count_facets(request.GET)})


def count_facets(data):
    """Return {facet: [(value, count), …]}, one GROUP BY for each, its own parameter left out."""
    return {name: count_facet(data, name) for name in FACETS}


def count_facet(data, name):
    """Return the values of one facet, the commonest first."""
    others = data.copy()
    others.pop(name, None)
    kept = ProgramFilter(others, queryset=Program.objects.filter(public=True, latest_day__isnull=False).order_by()).qs
    rows = Program.objects.filter(pk__in=kept.values("pk")).order_by().values(value=FACETS[name])
    return list(
        rows.exclude(value=None).annotate(n=Count("pk", distinct=True)).order_by("-n").values_list("value", "n")
    )


def show_program(request, slug):
    """Answer a program with all that is told of it."""
    rows = find_programs().prefetch_related("roles_held__party", "instruments")
    program = get_object_or_404(rows, slug=slug)
    told = Development.objects.filter(program=program, public=True).order_by("-effective_day")
    developments = told.prefetch_related("citations__article__publisher")
    return render(request, "peers/detail.html", {"program": program, "developments": developments})


class Echo:
    """A file that hands back what is written to it."""

    def write(self, value):
        """Return the line."""
        return value


def export_programs(request):
    """Answer all rows of the list as CSV, object by object."""
    rows = ProgramFilter(request.GET, queryset=find_programs()).qs
    rows = rows.prefetch_related("roles_held__party", "instruments").annotate(
        development_count=Count("developments", filter=COUNTED, distinct=True),
        article_count=Count("developments__citations__article", filter=COUNTED, distinct=True),
    )
    writer = csv.writer(Echo())
    cells = chain([HEADER], map(build_row, rows.iterator(BLOCK)))
    return StreamingHttpResponse(map(writer.writerow, cells), content_type="text/csv")


def build_row(program):
    """Return the cells of one program."""
    return (
        program.slug,
        program.name,
        program.partnership.name,
        ";".join(party.name for party in program.partnership.parties.all()),
        program.get_mode_display(),
        program.get_stage_display(),
        program.latest_day,
        program.category,
        ";".join(f"{system.name} ({system.category})" for system in program.systems.all()),
        ";".join(f"{held.role}: {held.party.name}" for held in program.roles_held.all()),
        ";".join(instrument.name for instrument in program.instruments.all()),
        program.development_count,
        program.article_count,
        program.modified,
    )
