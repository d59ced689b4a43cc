"""Which rows of a filterset a page shows: primary keys, so that a list works out what a line says for those alone.

Where few rows match, they alone are ordered. Where many do, the database would go through all rows before the page;
the bitmaps of days and stages tell how many there are before, so that it orders those of a few days or one stage.
By name, rows are met in groups whose names follow each other. On a past day the latest day is another one: for
programs, developments are walked back from the day until the page is full; of partnerships, bitmaps tell it.
"""

from datetime import date
from itertools import chain, groupby, islice

from django.db.models import F, Max, Q
from pyroaring import BitMap

from cooperation.facets.bitmaps import UNTIL
from cooperation.models import Development, Partnership, Program
from cooperation.models.keys import as_rows

FEW = 5_000  # keys that fit into one statement, and matches too rare to be met soon on the way back
MANY_ENOUGH = 500  # to look for the right days or stages instead of ordering all
STEP = 1_000  # rows read at first on a walk
GROWTH = 8
LATEST_FIRST = ("", "updated")
MANY = 200_000  # matches beyond which to go through all rows takes less time than to order them
MOST_WALKED = 200_000  # programs that are looked for by walking back
MOST_MET = 20_000  # rows among which those of a cursor's page are looked for
MOST_READ = 200_000  # rows at a time, which bounds the memory
MET = 8  # rows that are ordered in the time in which one is met
NAMES = 1_000  # names between which rows are looked for at a time
LEAST = 100  # rows that are ordered together at least


def find_page(filterset, start, stop, counted):
    """Return the primary keys of the rows from `start` up to `stop` of a valid filterset, in its order.

    `counted` is what `count` returned for it.
    """
    return list(chain.from_iterable(stream_pages(filterset, start, stop, counted)))


def stream_pages(filterset, start, stop, counted):
    """Yield what `find_page` returns in lists; where rows come in groups, one is looked for when it is asked for."""
    is_many = counted.matching is not None and len(counted.matching) > MANY_ENOUGH
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
    is_dense = _is_by_name_alone(filterset) and len(matching) > FEW and matching.max() < MET * len(matching)
    if len(matching) > MANY or is_dense:
        return _look_through(filterset, matching, start, stop)
    return _order_few(filterset, matching)[start:stop]


def find_after(filterset, after, size, matching=None):
    """Return (primary key, value, id) of the `size` rows that follow `after`, a (value, id), None for the first ones.

    `value` is what the order of a valid filterset compares, in a form that JSON can hold; rows without one come last.
    The database looks for the rows alone, not for those before them.
    """
    found = None
    if matching is not None and _is_soon_met(matching, size):
        found = _read_after(filterset, filterset.find_rows(), after, size, matching)
    if found is None:
        is_few = matching is not None and len(matching) <= FEW
        rows = filterset.find_rows().filter(pk__in=list(matching)) if is_few else filterset.narrow()
        found = _read_after(filterset, rows, after, size)
    return [
        (pk, compared.isoformat() if isinstance(compared, date) else compared, slug) for pk, compared, slug in found
    ]


def _read_after(filterset, rows, after, size, wanted=None):
    """Return what `find_after` does of `rows`; None if those `wanted`, a bitmap, stand too far apart."""
    expression, descends = filterset.filters["sort"].find_order(filterset.form.cleaned_data["sort"])
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
    while most <= MOST_MET:
        read = list(rows[:most])
        found = [row for row in read if row[0] in wanted]
        if len(found) >= size or len(read) < most:
            return found[:size]
        most *= GROWTH
    return None


def _keep_after(rows, value, slug, beyond):
    """Keep what comes after the row of `value` and `slug`; the first condition lets an index begin there."""
    if value is None:
        return rows
    further = Q(**{f"compared__{beyond}": value}) | Q(slug__gt=slug)
    return rows.filter(Q(**{f"compared__{beyond}e": value}) & further)


def _order_few(filterset, keys):
    rows = filterset.find_rows().filter(pk__in=_name(keys))
    return list(filterset.order(rows).values_list("pk", flat=True))


def _name(keys):
    """Return a bitmap of primary keys as a statement takes them."""
    return list(keys) if len(keys) <= FEW else as_rows(keys)


def _look_through(filterset, matching, start, stop):
    """Return the page by going through all rows in their order; many match, so that the first ones are soon met."""
    # Without conditions, SQLite reads the order of names from an index alone.
    rows = filterset.queryset.model._base_manager.all() if _is_by_name_alone(filterset) else filterset.find_rows()
    rows = filterset.order(rows).values_list("pk", flat=True)
    return list(islice(filter(matching.__contains__, rows.iterator(chunk_size=STEP)), start, stop))


def _find_in_groups(filterset, groups, matching, start, stop):
    """Yield the page by way of groups of rows that follow each other."""
    position = 0
    for keys in _gather(groups, matching, min(FEW, max(LEAST, stop - start))):
        first, last = max(0, start - position), stop - position
        position += len(keys)
        if position > start:
            if _is_walked(filterset, keys, last):
                yield list(islice(_order_by_slug(filterset.queryset.model, keys), first, last))
            else:
                yield _order_few(filterset, keys)[first:last]
        if position >= stop:
            break


def _is_walked(filterset, keys, last):
    """Say whether to meet the rows of one group up to the `last` takes less time than to order them.

    What is beyond the few is one group; but for names, slugs alone decide in one.
    """
    if len(keys) <= FEW or _find_order(filterset) == "name":
        return False
    return len(keys) > MANY or _is_soon_met(keys, min(last, len(keys)))


def _list_groups(filterset, counted, stop):
    """Return bitmaps in the order asked for; None if there are none, or too many."""
    name = _find_order(filterset)
    expression, descends = filterset.filters["sort"].find_order(filterset.form.cleaned_data["sort"])
    if name == "name":
        return _list_by_name(filterset, expression, descends) if _is_soon_met(counted.matching, stop) else None
    return None if _is_then(filterset) else counted.counter.list_groups(name, descends)


def _find_order(filterset):
    """Return what the rows are ordered by, be it upwards or downwards."""
    return (filterset.form.cleaned_data["sort"] or filterset.filters["sort"].default).removeprefix("-")


def _is_by_name_alone(filterset):
    """Say whether the rows are ordered by a name that is their own."""
    expression, _ = filterset.filters["sort"].find_order(filterset.form.cleaned_data["sort"])
    return _find_order(filterset) == "name" and isinstance(expression, F)


def _is_soon_met(matching, stop):
    """Say whether to meet as many of the rows as `stop` among all others takes less time than to order the rows."""
    return len(matching) > FEW and stop / len(matching) * matching.max() * MET < len(matching)


def _is_then(filterset):
    """Say whether the rows are programs of a past day, which have other latest days and stages."""
    return bool(filterset.day) and filterset.noun == "programs"


def _list_by_name(filterset, expression, descends):
    """Yield the rows with some names after those with the names before; `NAMES` at a time, more where some share one.

    A row has its name in one of the columns that `expression` compares, be it that of a record which it names.
    """
    rows = filterset.queryset.model._base_manager.order_by()
    columns = [column.name for column in ([expression] if isinstance(expression, F) else expression.source_expressions)]
    owner, _, name = columns[0].rpartition("__")
    named = rows.model._meta.get_field(owner).related_model._base_manager if owner else rows
    names = named.order_by(f"-{name}" if descends else name).values_list(name, flat=True)
    beyond, upto = ("lt", "gte") if descends else ("gt", "lte")
    after = {}
    while True:
        last = list(names.filter(**_compare(name, after))[NAMES - 1 : NAMES])
        end = {upto: last[0]} if last else {}
        keys = BitMap()
        for column in columns:
            between = rows.filter(**_compare(column, after | end)).exclude(**{column: None})
            keys.update(between.values_list("pk", flat=True))
        yield keys
        if not end:
            return
        after = {beyond: end[upto]}


def _compare(column, bounds):
    return {f"{column}__{how}": value for how, value in bounds.items()}


def _gather(groups, matching, most):
    """Yield the keys of groups put together as long as they have no more than `most` rows."""
    keys = BitMap()
    for bitmap in groups:
        own = bitmap & matching
        if keys and len(keys) + len(own) > most:
            yield keys
            keys = BitMap()
        keys |= own
    if keys:
        yield keys


def _find_then(filterset, counted, start, stop):
    """Return the page of a past day by the latest days then; None for other orders and nouns, and for few programs."""
    if not filterset.day or _find_order(filterset) != "updated":
        return None
    if filterset.noun == "partnerships":
        return _order_then(filterset, counted)[start:stop]
    is_latest_first = filterset.form.cleaned_data["sort"] in LATEST_FIRST
    if filterset.noun == "programs" and is_latest_first and len(counted.matching) > FEW:
        return _walk_back(filterset.day, counted.matching, start, stop, filterset.find_given().get(UNTIL))
    return None


def _walk_back(day, matching, start, stop, until=None):
    """Return the keys, latest day first and then by id; none has anything after the day `until`, if it is given."""
    days = _find_latest_days(day, matching, min(stop, len(matching)), until)
    position, first, shown = 0, 0, set()
    for _, group in groupby(days, key=days.get):
        keys = list(group)
        if position < stop and position + len(keys) > start:
            first = first if shown else position
            shown.update(keys)
        position += len(keys)
    return _order(Program, shown, days)[start - first : stop - first]


def _find_latest_days(day, matching, enough, until):
    """Return {program: its latest day} for at least `enough` of `matching`, latest first, no day cut in two."""
    # No effective day is later than the report, so that the walk begins with the earlier day of either clock.
    counted = Development.objects.counted(**day).filter(effective_day__lte=min(filter(None, (until, *day.values()))))
    told = counted.exclude(program=None).order_by("-effective_day")
    if enough > MOST_WALKED or (enough > FEW and 2 * enough > len(matching)):
        # As a file with all rows asks: one sum over an index costs less than so many steps.
        latest = told.values("program").annotate(latest=Max("effective_day")).order_by("-latest")
        return {program: last for program, last in latest.values_list("program", "latest") if program in matching}
    size = max(STEP, 2 * enough)
    while True:
        rows = list(told.values_list("program", "effective_day")[:size])
        is_all = len(rows) < size
        last = None if is_all else rows[-1][1]  # the day that may go on behind what was read
        days = {}
        for program, effective_day in rows:
            if program in matching and effective_day != last:
                days.setdefault(program, effective_day)
        if is_all or len(days) >= enough:
            return days
        size *= GROWTH


def _order_then(filterset, counted):
    """Return the partnerships of a past day by their latest day then; those not yet heard of come last."""
    days = counted.counter.find_latest_days()
    _, descends = filterset.filters["sort"].find_order(filterset.form.cleaned_data["sort"])
    heard = BitMap(days) & counted.matching
    return [*_order(Partnership, heard, days, descends), *_order_by_slug(Partnership, counted.matching - heard)]


def _order(model, keys, days, descends=True):
    """Return the keys by their day, the latest first if it `descends`, and on one day by id."""
    return sorted(_order_by_slug(model, keys), key=days.get, reverse=descends)  # equal ones stay in their order


def _order_by_slug(model, keys):
    """Yield the keys by id, as the database orders it; of many, no more rows are read than are asked for."""
    rows = model.objects.order_by("slug").values_list("pk", "slug")
    rows, size = (rows.filter(pk__in=list(keys)), FEW + 1) if len(keys) <= FEW else (rows, STEP)
    last = ""
    while True:
        # Not through a cursor: PostgreSQL would order all rows before the first one of them could be read.
        read = list(rows.filter(slug__gt=last)[:size])
        yield from (pk for pk, _ in read if pk in keys)
        if len(read) < size:
            return
        last, size = read[-1][1], min(size * GROWTH, MOST_READ)
