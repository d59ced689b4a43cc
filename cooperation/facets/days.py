"""How far each program was on a day, in one query that reads an index alone."""

import json

from django.db import connection
from pyroaring import BitMap

from cooperation.choices import Rank, Stage
from cooperation.models import Development
from cooperation.models.developments import STAGE_SPAN

CONDITIONS = {"as_of": "effective_day <= %s", "known_on": "reported_on <= %s"}
JOINED = {"sqlite": "GROUP_CONCAT(program)", "postgresql": "STRING_AGG(CAST(program AS text), ',')"}


def find_stages(day):
    """Return {stage: BitMap} of the programs with something counted on `day`, keywords as `current` takes them.

    Programs that nothing had moved by then stand under the empty stage.
    """
    params = [connection.ops.adapt_datefield_value(value) for value in day.values()]
    with connection.cursor() as cursor:
        cursor.execute(_build_statement(day), params)
        rows = cursor.fetchall()
    return {Stage.values[position] if position >= 0 else "": _read_keys(keys) for position, keys in rows}


def _build_statement(day):
    """Return the query; the greatest place among what counted tells the stage (see `Development.place`).

    It is written by hand, because SQLite must see literals to know that the partial index holds all rows asked for.
    The primary keys come as one text a stage: fetched as 100,000 rows they take a third longer.
    """
    conditions = " AND ".join(CONDITIONS[name] for name in day)
    places = (
        f"SELECT program_id AS program, MAX(place) AS place FROM {Development._meta.db_table} "  # noqa: S608 - no input
        f"WHERE public AND NOT rank = '{Rank.DEPRECATED.value}' AND program_id IS NOT NULL AND {conditions} "
        "GROUP BY program_id"
    )
    position = f"CASE WHEN place = 0 THEN -1 ELSE place %% {STAGE_SPAN} END"
    return f"SELECT {position}, {JOINED[connection.vendor]} FROM ({places}) AS places GROUP BY 1"  # noqa: S608


def _read_keys(keys):
    return BitMap(json.loads(f"[{keys}]"))
