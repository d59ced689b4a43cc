"""The rows that follow a place in the order of a filterset, for cursors: however deep, none before it is looked for."""

from datetime import date
from itertools import islice

from django.db.models import Q
from pyroaring import BitMap

from cooperation.facets import orders
from cooperation.facets.bitmaps import UNTIL
from cooperation.facets.orders import as_asked, find_order, is_soon_met, is_then, list_by_name, order_by_slug
from cooperation.facets.walks import follow, is_walked, walk_after
from cooperation.models import Partnership


def find_after(filterset, after, size, counted):
    """Return (primary key, value, id) of the `size` rows that follow `after`, a (value, id), None for the first ones.

    `value` is what the order of a valid filterset compares, in a form that JSON can hold; rows without one come last.
    `counted` is what `count` returned for it.
    """
    found = None if counted.matching is None else _find_by_bitmap(filterset, after, size, counted)
    if found is None:
        is_few = counted.matching is not None and len(counted.matching) <= orders.FEW
        rows = filterset.find_rows().filter(pk__in=list(counted.matching)) if is_few else filterset.narrow()
        found = _read_after(filterset, rows, after, size)
    return [(pk, value.isoformat() if isinstance(value, date) else value, slug) for pk, value, slug in found]


def _find_by_bitmap(filterset, after, size, counted):
    """Return the rows where bitmaps lead to them sooner than the database; else None."""
    order, matching = find_order(filterset), counted.matching
    if is_walked(filterset, matching):
        place, until = after and (date.fromisoformat(after[0]), after[1]), filterset.find_given().get(UNTIL)
        return walk_after(filterset.day, matching, place, size, until, order.descends)
    if filterset.day and filterset.noun == "partnerships" and order.name == "updated":
        return _follow_partnerships(counted, after, size, order.descends)
    if not is_soon_met(matching, size):
        return None
    if is_then(filterset) and order.name == "stage":
        return _read_by_stage(filterset, after, size, counted)
    if order.name == "name" and not order.is_by_own_name:
        return _read_by_name(filterset, after, size, matching)
    return _read_after(filterset, filterset.find_rows(), after, size, matching)


def _follow_partnerships(counted, after, size, descends):
    """Follow them by their latest day then; those not yet heard of come last."""
    days = {pk: day for pk, day in counted.counter.find_latest_days().items() if pk in counted.matching}
    is_in_days = after is None or after[0] is not None
    found = follow(Partnership, days, after, descends)[:size] if is_in_days else []
    others = order_by_slug(Partnership, counted.matching - BitMap(days), "" if is_in_days else after[1])
    return found + [(pk, None, slug) for pk, slug in islice(others, size - len(found))]


def _read_by_stage(filterset, after, size, counted):
    """Meet the rows by the bitmaps of the stages of a past day, which tell them sooner than the rows do."""
    _, expression, descends = find_order(filterset)
    rows, found = filterset.find_rows().order_by().annotate(compared=expression), []
    for keys in counted.counter.list_groups("stage", descends):
        own = keys & counted.matching
        some = list(islice(own, orders.LEAST))  # not all of them are hidden since they were counted
        for value in rows.filter(pk__in=some).values_list("compared", flat=True)[:1]:
            if after is None or not _is_before(value, after[0], descends):
                last = after[1] if after and value == after[0] else ""
                met = order_by_slug(filterset.queryset.model, own, last)
                found += [(pk, value, slug) for pk, slug in islice(met, size - len(found))]
        if len(found) >= size:
            break
    return found


def _is_before(value, other, descends):
    """Say whether a row with one value comes before one with the other; None comes last."""
    if value is None or other is None:
        return value is not None and other is None
    return value > other if descends else value < other


def _read_by_name(filterset, after, size, matching):
    """Meet the rows in groups of names, from the name of `after` on."""
    found = []
    for keys in list_by_name(filterset, after and after[0]):
        if own := keys & matching:
            rows = filterset.find_rows().filter(pk__in=as_asked(own))
            found += _read_after(filterset, rows, after, size - len(found))
        if len(found) >= size:
            break
    return found


def _read_after(filterset, rows, after, size, wanted=None):
    """Return what `find_after` does of `rows`; None if those `wanted`, a bitmap, stand too far apart."""
    _, expression, descends = find_order(filterset)
    rows = rows.order_by().annotate(compared=expression).values_list("pk", "compared", "slug")
    value, slug = after or (None, None)
    found = []
    if after is None or value is not None:
        ordered = rows.exclude(compared=None).order_by("-compared" if descends else "compared", "slug")
        found = _take(_keep_after(ordered, value, slug, "lt" if descends else "gt"), size, wanted)
        slug = None
    if found is not None and len(found) < size:
        rest = rows.filter(compared=None).order_by("slug")
        without = _take(rest if slug is None else rest.filter(slug__gt=slug), size - len(found), wanted)
        found = None if without is None else found + without
    return found


def _take(rows, size, wanted):
    """Return the first `size` of `rows`, of those `wanted` if given; None if too many others stand before them."""
    if wanted is None:
        return list(rows[:size])
    most = size
    while most <= orders.MOST_MET:
        read = list(rows[:most])
        found = [row for row in read if row[0] in wanted]
        if len(found) >= size or len(read) < most:
            return found[:size]
        most *= orders.GROWTH
    return None


def _keep_after(rows, value, slug, beyond):
    """Keep what comes after the row of `value` and `slug`; the first condition lets an index begin there."""
    if value is None:
        return rows
    further = Q(**{f"compared__{beyond}": value}) | Q(slug__gt=slug)
    return rows.filter(Q(**{f"compared__{beyond}e": value}) & further)
