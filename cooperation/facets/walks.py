"""Programs of a past day by their latest day then: developments are walked through until there are enough.

Back from the day asked about, or on from the first day where the oldest come first.
"""

from itertools import groupby
from operator import itemgetter

from django.db.models import Max

from cooperation.facets import orders
from cooperation.facets.orders import as_asked, find_order, is_then, order_by_slug
from cooperation.models import Development, Program


def is_walked(filterset, matching):
    """Say whether the rows are found by a walk: programs of a past day by their latest day then, if many match."""
    return is_then(filterset) and find_order(filterset).name == "updated" and len(matching) > orders.FEW


def walk_back(day, matching, start, stop, until=None):
    """Return the keys, latest day first and then by id; none has anything after the day `until`, if it is given."""
    days = _find_latest_days(day, matching, min(stop, len(matching)), until)
    position, first, shown = 0, 0, set()
    for _, group in groupby(days, key=days.get):
        keys = list(group)
        if position < stop and position + len(keys) > start:
            first = first if shown else position
            shown.update(keys)
        position += len(keys)
    return order_by_day(Program, shown, days)[start - first : stop - first]


def walk_after(day, matching, after, size, until=None, descends=True):
    """Return (primary key, latest day, id) of the `size` programs that follow `after`, a (day, id), None for the first.

    The walk begins on the day of `after` and leads back if it `descends`, else on. What it meets on a day may have had
    something later: such a program is left out.
    """
    onwards = "effective_day__lte" if descends else "effective_day__gte"
    told, found, step = _find_told(day, until, descends), [], max(orders.STEP, 2 * size)
    told = told.filter(**{onwards: after[0]}) if after else told
    while len(found) < size:
        rows = list(told.values_list("program", "effective_day")[:step])
        days, last = _group_days(rows, matching, is_all=len(rows) < step)
        found += follow(Program, _keep_latest(day, days), after, descends)
        if last is None:
            break
        step = min(step * orders.GROWTH, orders.MOST_READ) if rows[0][1] != last else step * orders.GROWTH
        told = told.filter(**{onwards: last})
    return found[:size]


def follow(model, days, after, descends):
    """Return (primary key, day, id) of the records in `days`, {primary key: day}, that follow `after`, in their order.

    Those of the day of `after` follow by id; all that are in `days` follow if it is None.
    """
    rows = model.objects.order_by("slug").values_list("pk", "slug")
    same = {pk for pk, day in days.items() if after and day == after[0]}
    beyond = {pk for pk, day in days.items() if after is None or (day < after[0] if descends else day > after[0])}
    places = [*rows.filter(pk__in=as_asked(same), slug__gt=after[1])] if same else []
    places += rows.filter(pk__in=as_asked(beyond)) if beyond else []
    return sorted(((pk, days[pk], slug) for pk, slug in places), key=itemgetter(1), reverse=descends)


def _find_told(day, until, descends=True):
    """Return the counted developments of programs by their day, up to the one behind which nothing can be."""
    # No effective day is later than the report, so that the walk begins with the earlier day of either clock.
    counted = Development.objects.counted(**day).filter(effective_day__lte=min(filter(None, (until, *day.values()))))
    return counted.exclude(program=None).order_by("-effective_day" if descends else "effective_day")


def _group_days(rows, matching, is_all):
    """Return {program: latest day} of what was read, and the day that may go on behind it, None at the end."""
    last, days = None if is_all else rows[-1][1], {}
    for program, effective_day in rows:
        if program in matching and effective_day != last:
            days[program] = max(days.get(program, effective_day), effective_day)
    return days, last


def _find_latest_days(day, matching, enough, until):
    """Return {program: its latest day} for at least `enough` of `matching`, latest first, no day cut in two."""
    told = _find_told(day, until)
    if enough > orders.MOST_WALKED or (enough > orders.FEW and 2 * enough > len(matching)):
        # As a file with all rows asks: one sum over an index costs less than so many steps.
        latest = told.values("program").annotate(latest=Max("effective_day")).order_by("-latest")
        return {program: last for program, last in latest.values_list("program", "latest") if program in matching}
    size = max(orders.STEP, 2 * enough)
    while True:
        rows = list(told.values_list("program", "effective_day")[:size])
        days, last = _group_days(rows, matching, is_all=len(rows) < size)
        if last is None or len(days) >= enough:
            return days
        size *= orders.GROWTH


def _keep_latest(day, days):
    """Return those of {program: day} that had nothing later."""
    told = Development.objects.counted(**day).filter(program__in=as_asked(days)).order_by()
    latest = dict(told.values("program").annotate(latest=Max("effective_day")).values_list("program", "latest"))
    return {program: last for program, last in days.items() if latest.get(program) == last}


def order_by_day(model, keys, days, descends=True):
    """Return the keys by their day, the latest first if it `descends`, and on one day by id."""
    ordered = [pk for pk, _ in order_by_slug(model, keys)]
    return sorted(ordered, key=days.get, reverse=descends)  # equal ones stay in their order
