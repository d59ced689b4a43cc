"""What a bound filterset counts: its rows, and for each value of a facet how many rows a click on it gives.

Each facet is counted with all other parameters on and its own left out; `party`, whose values add up by AND, keeps the
chosen ones. Programs and developments are counted from stored bitmaps (`bitmaps`, renewed by `index`), whose rows are
those that the public sees on the filterset's day whatever queryset it starts with; the other nouns by what they share
with these (`shared`, `partnerships`, `articles`), and by what is their own, as changes are, with one query over the
tables (`tables`).
`count_pairs` and `count_periods` go on from what `count` has read.
"""

from cooperation.facets.articles import Articles
from cooperation.facets.counted import Counted, Facet, FacetValue
from cooperation.facets.cursors import find_after
from cooperation.facets.developments import Developments
from cooperation.facets.kept import read_index
from cooperation.facets.pages import find_page, stream_pages
from cooperation.facets.pairs import Pairs, count_pairs
from cooperation.facets.partnerships import Partnerships
from cooperation.facets.periods import Period, count_periods
from cooperation.facets.programs import Programs
from cooperation.facets.shared import Instruments, Officials, Parties, Publishers, Systems
from cooperation.facets.tables import Tables
from cooperation.facets.values import AMOUNT, QUANTITY

__all__ = [
    "AMOUNT",
    "QUANTITY",
    "Counted",
    "Facet",
    "FacetValue",
    "Pairs",
    "Period",
    "count",
    "count_facets",
    "count_pairs",
    "count_periods",
    "find_after",
    "find_page",
    "keep",
    "keep_few",
    "read_index",
    "stream_pages",
]

COUNTERS = {
    "programs": Programs,
    "developments": Developments,
    "partnerships": Partnerships,
    "systems": Systems,
    "parties": Parties,
    "articles": Articles,
    "officials": Officials,
    "publishers": Publishers,
    "instruments": Instruments,
}


def count(filterset, has_facets=True):
    """Return what `filterset` counts; nothing if it is not valid, as there are no rows then.

    Without facets this reads no other bitmaps than those of the values chosen.
    """
    if not filterset.is_valid():
        return Counted(0, [])
    rows = _find_rows(filterset, filterset.facets if has_facets else ())
    matching = rows.find_matching()
    total = rows.count() if matching is None else len(matching)
    return Counted(total, _build_facets(filterset, rows), matching, rows)


def count_facets(filterset, names=None):
    """Return the facets alone: all that the filterset declares, or those of `names`."""
    wanted = filterset.facets if names is None else names
    return _build_facets(filterset, _find_rows(filterset, wanted)) if wanted and filterset.is_valid() else []


def keep(name, read):
    """Return what `read()` returned the first time that `name` was asked for, as long as no public record changes."""
    return read_index().keep(name, read)


def keep_few(name, read):
    """Do the same for what depends on the day asked about: of names that begin alike the last few are kept."""
    return read_index().keep_few(name, read)


def _find_rows(filterset, facets=()):
    return COUNTERS.get(filterset.noun, Tables)(filterset, facets)


def _build_facets(filterset, rows):
    return [_build_facet(filterset, name, values) for name, values in rows.count_values().items()]


def _build_facet(filterset, name, rows):
    build = _build_code_values if hasattr(filterset.filters[name], "codes") else _build_record_values
    return Facet(name, str(filterset.form.fields[name].label), build(filterset, name, rows))


def _build_code_values(filterset, name, rows):
    """Return the values in the order of the code list."""
    # The code's own label: the lazy one would find the language out anew through a proxy, each time it is read.
    selected = filterset.chosen(name)
    return [
        FacetValue(code.value, code.code.label(), rows.get(code.value, ("", 0))[1], code.value in selected, code.colour)
        for code in filterset.filters[name].codes
        if code.value in rows or code.value in selected
    ]


def _build_record_values(filterset, name, rows):
    """Return the values by count, the largest first, then by name, as `rows` come."""
    selected = {record.slug: record for record in filterset.form.cleaned_data[name]}
    values = [FacetValue(slug, label, n, slug in selected) for slug, (label, n) in rows.items()]
    missing = [FacetValue(slug, record.local_name, 0, True) for slug, record in selected.items() if slug not in rows]
    missing.sort(key=lambda value: (value.label.casefold(), value.value))
    return [*sorted(values, key=lambda value: -value.count), *missing]
