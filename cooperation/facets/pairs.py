"""How many of the programs that a filterset leaves have two values at once: the numbers of a matrix."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pairs:
    """The values of two facets with programs in common, and how many: {(row's value, column's value): count}."""

    rows: list
    columns: list
    counts: dict


def count_pairs(filterset, counted, rows, columns, most=None):
    """Return the `Pairs` of the facets `rows` and `columns`, of each the first `most` values if that is given.

    `counted` is what `count` returned for the valid filterset of programs, with facets. A count is what the list gives
    with the two values in the place of those chosen, for parties beside them. That holds where a program has one value
    (stage, mode, phase) or where several add up by AND (party): those are what may be asked for.
    """
    values = {facet.name: facet.values for facet in counted.facets}
    found = {name: _find_bitmaps(filterset, counted, name, values[name])[:most] for name in {rows, columns}}
    counts = {
        (row.value, column.value): common
        for row, programs in found[rows]
        for column, others in found[columns]
        if (common := programs.intersection_cardinality(others))
    }
    return Pairs([row for row, _ in found[rows]], [column for column, _ in found[columns]], counts)


def _find_bitmaps(filterset, counted, name, values):
    """Return (value, programs left that have it) pairs, for values with such programs."""
    bitmaps, keys = counted.counter.bitmaps[name], _find_keys(filterset.filters[name], values)
    pairs = [(value, bitmaps[keys[value.value]] & counted.matching) for value in values if keys[value.value] in bitmaps]
    return [(value, programs) for value, programs in pairs if programs]


def _find_keys(filter_, values):
    """Return {value in an address: value of a bitmap}: a code is its own, a record has its primary key."""
    names = [value.value for value in values]
    if hasattr(filter_, "codes"):
        return dict(zip(names, names, strict=True))
    return {slug: str(pk) for slug, pk in filter_.of.objects.filter(slug__in=names).values_list("slug", "pk")}
