"""The places of developments: they order those of a program whatever the day is (see `Development.place`)."""

from collections import defaultdict
from typing import NamedTuple

from django.db import connection
from django.db.models import Case, F, Q, Value, When, Window
from django.db.models.functions import RowNumber

from cooperation.models import Development, Program
from cooperation.models.developments import LATEST_FIRST, STAGE_POSITION, STAGE_SPAN
from cooperation.models.keys import among, batches

EARLIEST_FIRST = [order.copy().reverse_ordering() for order in LATEST_FIRST]
MOVING = Q(moves=True, program__isnull=False)  # a development of a program always has a stage


class Misplaced(NamedTuple):
    """A development whose stored place is not the one that it must have."""

    pk: int
    slug: str
    stored: int
    place: int

    def __str__(self):
        return f"{self.slug}: has place {self.stored}, must have {self.place}"


def find_misplaced():
    """Return all developments whose place must be another, as `Misplaced`."""
    misplaced = _find_misplaced(Development.objects.filter(program=None))
    for batch in batches(Program.objects.values_list("pk", flat=True)):
        misplaced += _find_misplaced(Development.objects.filter(among("program", batch)))
    return misplaced


def write_places(misplaced):
    """Give developments the places that they must have."""
    keys = defaultdict(set)
    for found in misplaced:
        keys[found.place].add(found.pk)
    for place, placed in keys.items():
        for batch in batches(placed):
            Development.objects.filter(among("pk", batch)).update(place=place)


def settle_places(programs, developments):
    """Write the places of the developments of `programs`, and take them from those `developments` that have none."""
    for batch in batches(programs):
        _renumber(Development.objects.filter(among("program", batch)))
    for batch in batches(developments):
        Development.objects.filter(among("pk", batch), program=None).exclude(place=0).update(place=0)


def _renumber(developments):
    """Write the places of `developments`, which hold all of a program or none, without reading them."""
    places, params = _with_places(developments).values("id", "must_be").query.sql_with_params()
    table = connection.ops.quote_name(Development._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET place = numbered.must_be FROM ({places}) AS numbered "  # noqa: S608 - no input
            f"WHERE {table}.id = numbered.id AND {table}.place <> numbered.must_be",
            params,
        )


def _with_places(developments):
    """Say in `must_be` which place each must have; `developments` hold all of a program or none."""
    number = Window(RowNumber(), partition_by=[F("program"), F("moves")], order_by=EARLIEST_FIRST)
    place = Case(When(MOVING, then=number * STAGE_SPAN + STAGE_POSITION), default=Value(0))
    return developments.order_by().annotate(must_be=place)


def _find_misplaced(developments):
    rows = _with_places(developments).values_list("pk", "slug", "place", "must_be")
    return [row for row in map(Misplaced._make, rows) if row.stored != row.place]
