"""Which rows of a filterset a page shows: primary keys, so that a list works out what a line says for those alone.

Where few rows match, they alone are ordered. Where many do, the database would go through all rows before the page;
the bitmaps of days and stages tell how many there are before, so that it orders those of a few days or one stage.
By name, rows are met in groups whose names follow each other. On a past day the latest day is another one: for
programs, developments are walked through until the page is full; of partnerships, bitmaps tell it.
"""

from itertools import chain, islice

from pyroaring import BitMap

from cooperation.facets import orders
from cooperation.facets.bitmaps import UNTIL
from cooperation.facets.orders import (
    as_asked,
    find_order,
    is_soon_met,
    is_then,
    list_by_name,
    order_by_slug,
)
from cooperation.facets.walks import is_walked, order_by_day, walk_after, walk_back
from cooperation.models import Partnership


def find_page(filterset, start, stop, counted):
    """Return the primary keys of the rows from `start` up to `stop` of a valid filterset, in its order.

    `counted` is what `count` returned for it.
    """
    return list(chain.from_iterable(stream_pages(filterset, start, stop, counted)))


def stream_pages(filterset, start, stop, counted):
    """Yield what `find_page` returns in lists; where rows come in groups, one is looked for when it is asked for."""
    is_many = counted.matching is not None and len(counted.matching) > orders.MANY_ENOUGH
    groups = _list_groups(filterset, counted, stop) if is_many else None
    if groups is None:
        yield _find_at_once(filterset, start, stop, counted)
    else:
        yield from _find_in_groups(filterset, groups, counted.matching, start, stop)


def _find_at_once(filterset, start, stop, counted):
    matching = counted.matching
    if matching is None:
        return list(filterset.qs.values_list("pk", flat=True)[start:stop])
    found = _find_then(filterset, counted, start, stop)
    if found is not None:
        return found
    is_dense = (
        find_order(filterset).is_by_own_name
        and len(matching) > orders.FEW
        and matching.max() < orders.MET * len(matching)
    )
    if len(matching) > orders.MANY or is_dense:
        return _look_through(filterset, matching, start, stop)
    return _order_few(filterset, matching)[start:stop]


def _order_few(filterset, keys):
    rows = filterset.find_rows().filter(pk__in=as_asked(keys))
    return list(filterset.order(rows).values_list("pk", flat=True))


def _look_through(filterset, matching, start, stop):
    """Return the page by going through all rows in their order; many match, so that the first ones are soon met."""
    # Without conditions, SQLite reads the order of names from an index alone.
    rows = (
        filterset.queryset.model._base_manager.all() if find_order(filterset).is_by_own_name else filterset.find_rows()
    )
    rows = filterset.order(rows).values_list("pk", flat=True)
    return list(islice(filter(matching.__contains__, rows.iterator(chunk_size=orders.STEP)), start, stop))


def _find_in_groups(filterset, groups, matching, start, stop):
    """Yield the page by way of groups of rows that follow each other."""
    position = 0
    # From the first row on, no more than the page has; further on, it hardly begins with one of the groups.
    enough = stop if start == 0 else max(orders.LEAST, stop - start)
    for keys in _gather(groups, matching, min(orders.FEW, enough)):
        first, last = max(0, start - position), stop - position
        position += len(keys)
        if position > start:
            if _is_met_by_id(filterset, keys, last):
                ordered = islice(order_by_slug(filterset.queryset.model, keys), first, last)
                yield [pk for pk, _ in ordered]
            else:
                yield _order_few(filterset, keys)[first:last]
        if position >= stop:
            break


def _is_met_by_id(filterset, keys, last):
    """Say whether to meet the rows of one group up to the `last` takes less time than to order them.

    What is beyond the few is one group; but for names, slugs alone decide in one.
    """
    if len(keys) <= orders.FEW or find_order(filterset).name == "name":
        return False
    return len(keys) > orders.MANY or is_soon_met(keys, min(last, len(keys)))


def _list_groups(filterset, counted, stop):
    """Return bitmaps in the order asked for; None if there are none, or too many."""
    name, _, descends = find_order(filterset)
    if name == "name":
        return list_by_name(filterset) if is_soon_met(counted.matching, stop) else None
    return None if is_then(filterset) and name == "updated" else counted.counter.list_groups(name, descends)


def _gather(groups, matching, enough):
    """Yield the keys of groups put together until they are `enough`; what is beyond the few is one group."""
    keys = BitMap()
    for bitmap in groups:
        own = bitmap & matching
        if keys and len(keys) + len(own) > orders.FEW:
            yield keys
            keys = BitMap()
        keys |= own
        if len(keys) >= enough:
            yield keys
            keys = BitMap()
    if keys:
        yield keys


def _find_then(filterset, counted, start, stop):
    """Return the page of a past day by the latest days then; None for other orders and nouns, and for few programs."""
    if not filterset.day or find_order(filterset).name != "updated":
        return None
    if filterset.noun == "partnerships":
        return _order_then(filterset, counted)[start:stop]
    if is_walked(filterset, counted.matching):
        return _walk(filterset, counted.matching, start, stop)
    return None


def _walk(filterset, matching, start, stop):
    until = filterset.find_given().get(UNTIL)
    if find_order(filterset).descends:
        return walk_back(filterset.day, matching, start, stop, until)
    if stop > orders.MOST_WALKED:
        return None
    return [pk for pk, *_ in walk_after(filterset.day, matching, None, stop, until, descends=False)[start:]]


def _order_then(filterset, counted):
    """Return the partnerships of a past day by their latest day then; those not yet heard of come last."""
    days, descends = counted.counter.find_latest_days(), find_order(filterset).descends
    heard = BitMap(days) & counted.matching
    others = [pk for pk, _ in order_by_slug(Partnership, counted.matching - heard)]
    return [*order_by_day(Partnership, heard, days, descends), *others]
