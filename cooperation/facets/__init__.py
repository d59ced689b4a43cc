"""What a bound filterset counts: its rows, and for each value of a facet how many rows a click on it gives.

Each facet is counted with all other parameters on and its own left out; `party`, whose values add up by AND, keeps the
chosen ones. Programs are counted from stored bitmaps (`programs`, kept by `index`), whose rows are those of
`Program.objects.visible().current()` on the filterset's day whatever queryset it starts with; all facets of other
nouns take one query over the tables (`tables`). `count_pairs` and `count_periods` go on from what `count` has read.
"""

from dataclasses import dataclass, field

from pyroaring import BitMap

from cooperation.facets.pages import find_after, find_page
from cooperation.facets.pairs import Pairs, count_pairs
from cooperation.facets.periods import Period, count_periods
from cooperation.facets.programs import Programs
from cooperation.facets.tables import Tables

__all__ = [
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
    "find_matching",
    "find_page",
]


@dataclass(frozen=True)
class FacetValue:
    """One value: as it stands in an address, its label in the active language, and how many rows it gives."""

    value: str
    label: str
    count: int
    is_selected: bool
    colour: str = ""


@dataclass(frozen=True)
class Facet:
    """A parameter with the values that give rows, and with those that are selected."""

    name: str
    label: str
    values: list[FacetValue]


@dataclass(frozen=True)
class Counted:
    """How many rows a filterset leaves, its facets in the order in which it declares them, and which rows they are.

    `matching` has the primary keys of programs, `programs` the bitmaps they come from; both are None for other nouns.
    """

    total: int
    facets: list[Facet]
    matching: BitMap | None = None
    programs: Programs | None = field(default=None, compare=False, repr=False)


def count(filterset, has_facets=True):
    """Return what `filterset` counts; nothing if it is not valid, as there are no rows then.

    Without facets this reads no other bitmaps than those of the values chosen.
    """
    if not filterset.is_valid():
        return Counted(0, [])
    rows = _find_rows(filterset, filterset.facets if has_facets else ())
    programs = rows if isinstance(rows, Programs) else None
    matching = programs.find_matching() if programs else None
    total = rows.count() if matching is None else len(matching)
    return Counted(total, _build_facets(filterset, rows), matching, programs)


def count_facets(filterset, names=None):
    """Return the facets alone: all that the filterset declares, or those of `names`."""
    wanted = filterset.facets if names is None else names
    return _build_facets(filterset, _find_rows(filterset, wanted)) if filterset.is_valid() else []


def find_matching(filterset):
    """Return the bitmap of the programs that a valid filterset leaves; None for other nouns."""
    rows = _find_rows(filterset)
    return rows.find_matching() if isinstance(rows, Programs) else None


def _find_rows(filterset, facets=()):
    return (Programs if filterset.noun == "programs" else Tables)(filterset, facets)


def _build_facets(filterset, rows):
    return [_build_facet(filterset, name, values) for name, values in rows.count_values().items()]


def _build_facet(filterset, name, rows):
    build = _build_code_values if hasattr(filterset.filters[name], "codes") else _build_record_values
    return Facet(name, str(filterset.form.fields[name].label), build(filterset, name, rows))


def _build_code_values(filterset, name, rows):
    """Return the values in the order of the code list."""
    selected = filterset.chosen(name)
    return [
        FacetValue(code.value, str(code.label), rows.get(code.value, ("", 0))[1], code.value in selected, code.colour)
        for code in filterset.filters[name].codes
        if code.value in rows or code.value in selected
    ]


def _build_record_values(filterset, name, rows):
    """Return the values by count, the largest first, then by name."""
    selected = {record.slug: record for record in filterset.form.cleaned_data[name]}
    values = [FacetValue(slug, label, n, slug in selected) for slug, (label, n) in rows.items()]
    values += [FacetValue(slug, record.local_name, 0, True) for slug, record in selected.items() if slug not in rows]
    return sorted(values, key=lambda value: (-value.count, value.label.casefold(), value.value))
