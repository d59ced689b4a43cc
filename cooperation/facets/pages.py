"""Which rows of a filterset a page shows: primary keys, so that a list works out what a line says for those alone.

For programs on a past day the database would have to find the latest day of each before it could order them. So where
few programs match, they alone are ordered; where many do, developments are walked back from the day until the page is
full.
"""

from datetime import date
from itertools import groupby

from django.db.models import Max, Q

from cooperation.models import Development, Program

FEW = 5_000  # keys that fit into one statement, and matches too rare to be met soon on the way back
STEP = 1_000  # developments read at first on the way back
GROWTH = 8
LATEST_FIRST = ("", "updated")


def find_page(filterset, start, stop, matching=None):
    """Return the primary keys of the rows from `start` up to `stop` of a valid filterset, in its order.

    `matching` is the bitmap of all rows that it leaves, of programs alone.
    """
    if matching is None:
        return list(filterset.qs.values_list("pk", flat=True)[start:stop])
    if len(matching) <= FEW:
        rows = filterset.find_rows().filter(pk__in=list(matching))
        return list(filterset.order(rows).values_list("pk", flat=True)[start:stop])
    walked = _walk_back(filterset.day, matching, start, stop) if _can_walk(filterset) else None
    return find_page(filterset, start, stop) if walked is None else walked


def find_after(filterset, after, size, matching=None):
    """Return (primary key, value, id) of the `size` rows that follow `after`, a (value, id), None for the first ones.

    `value` is what the order of a valid filterset compares, in a form that JSON can hold; rows without one come last.
    The database looks for the rows alone, not for those before them.
    """
    if matching is not None and len(matching) <= FEW:
        rows = filterset.find_rows().filter(pk__in=list(matching))
    else:
        rows = filterset.narrow()
    expression, descends = filterset.filters["sort"].find_order(filterset.form.cleaned_data["sort"])
    rows = rows.order_by().annotate(compared=expression).values_list("pk", "compared", "slug")
    value, slug = after or (None, None)
    found = []
    if after is None or value is not None:
        ordered = rows.exclude(compared=None).order_by("-compared" if descends else "compared", "slug")
        found = list(_keep_after(ordered, value, slug, "lt" if descends else "gt")[:size])
        slug = None
    if len(found) < size:
        rest = rows.filter(compared=None).order_by("slug")
        found += (rest if slug is None else rest.filter(slug__gt=slug))[: size - len(found)]
    return [
        (pk, compared.isoformat() if isinstance(compared, date) else compared, slug) for pk, compared, slug in found
    ]


def _keep_after(rows, value, slug, beyond):
    """Keep what comes after the row of `value` and `slug`; the first condition lets an index begin there."""
    if value is None:
        return rows
    further = Q(**{f"compared__{beyond}": value}) | Q(slug__gt=slug)
    return rows.filter(Q(**{f"compared__{beyond}e": value}) & further)


def _can_walk(filterset):
    return filterset.day and filterset.form.cleaned_data["sort"] in LATEST_FIRST


def _walk_back(day, matching, start, stop):
    """Return the keys, latest day first and then by id; None if too many programs share a day."""
    days = _find_latest_days(day, matching, stop)
    position, first, shown = 0, 0, set()
    for _, group in groupby(days, key=days.get):
        keys = list(group)
        if position < stop and position + len(keys) > start:
            if len(keys) > FEW:
                return None
            first = first if shown else position
            shown.update(keys)
        position += len(keys)
    return _order(shown, days)[start - first : stop - first]


def _find_latest_days(day, matching, enough):
    """Return {program: its latest day} for at least `enough` of `matching`, latest first, no day cut in two."""
    # No effective day is later than the report, so that the walk begins with the earlier day of either clock.
    counted = Development.objects.counted(**day).filter(effective_day__lte=min(day.values()))
    told = counted.exclude(program=None).order_by("-effective_day")
    if enough > FEW:  # as a file with all rows asks: one sum over an index costs less than so many steps
        latest = told.values("program").annotate(latest=Max("effective_day")).order_by("-latest")
        return {program: last for program, last in latest.values_list("program", "latest") if program in matching}
    size = STEP
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


def _order(keys, days):
    """Return the keys by their day, the latest first, and on one day by id as the database orders it."""
    rows = Program.objects.filter(pk__in=keys) if len(keys) <= FEW else Program.objects.all()
    by_slug = rows.order_by("slug").values_list("pk", flat=True)
    return sorted(filter(keys.__contains__, by_slug), key=days.get, reverse=True)  # equal ones stay in their order
