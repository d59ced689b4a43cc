"""Facet counts for a bound, valid filterset: how many rows a click on a value gives.

Each facet is counted with all other parameters on and its own left out; `party`, whose values add up by AND, keeps the
chosen ones. All facets together take one query.
"""

import json
from dataclasses import dataclass

from django.utils.translation import get_language

from cooperation.facets.counting import count_values


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


def count_facets(filterset):
    """Return the facets that `filterset` declares, in its order; none if it is not valid, as there are no rows then."""
    if not filterset.is_valid():
        return []
    counted = {name: {} for name in filterset.facets}
    for name, *row in count_values(filterset):
        value, english, names, count = row
        counted[name][value] = (english, names, count)
    return [_build_facet(filterset, name, rows) for name, rows in counted.items()]


def _build_facet(filterset, name, rows):
    build = _build_code_values if hasattr(filterset.filters[name], "codes") else _build_record_values
    return Facet(name, str(filterset.form.fields[name].label), build(filterset, name, rows))


def _build_code_values(filterset, name, rows):
    """Return the values in the order of the code list."""
    selected = filterset.chosen(name)
    return [
        FacetValue(
            code.value, str(code.label), rows.get(code.value, ("", "", 0))[-1], code.value in selected, code.colour
        )
        for code in filterset.filters[name].codes
        if code.value in rows or code.value in selected
    ]


def _build_record_values(filterset, name, rows):
    """Return the values by count, the largest first, then by name."""
    selected = {record.slug: record for record in filterset.form.cleaned_data[name]}
    values = [
        FacetValue(slug, _find_name(english, names), count, slug in selected)
        for slug, (english, names, count) in rows.items()
    ]
    values += [FacetValue(slug, record.local_name, 0, True) for slug, record in selected.items() if slug not in rows]
    return sorted(values, key=lambda value: (-value.count, value.label.casefold(), value.value))


def _find_name(english, names):
    return json.loads(names).get((get_language() or "en")[:2], english)
