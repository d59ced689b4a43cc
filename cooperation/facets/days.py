"""How far each program was on a day, and on several days one after the other: one query that reads an index alone."""

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
    return {stage: programs for _, stage, programs in _fetch(day, ())}


def find_stages_at(ends, day):
    """Yield what `find_stages` returns for each of `ends`, days in rising order of which the last is that of `day`.

    Of each stretch between two ends only what happened in it is asked; it overrides what was before, because
    `Development.place` rises with the day.
    """
    moves = [{} for _ in ends]
    for number, stage, programs in _fetch(day, ends[:-1]):
        moves[number][stage] = programs
    stages = {}
    for moved in moves:
        stages = _move(stages, moved)
        yield stages


def _move(stages, moved):
    """Return the stages after a stretch of time; what was only spoken of in it stays where it was."""
    known, silent = BitMap().union(*stages.values()), moved.get("", BitMap())
    gone = BitMap().union(*moved.values()) - silent
    after = {stage: (stages.get(stage, BitMap()) - gone) | moved.get(stage, BitMap()) for stage in Stage.values}
    return after | {"": (stages.get("", BitMap()) - gone) | (silent - known)}


def _fetch(day, ends):
    """Return (number of the stretch, stage, programs); `ends` part the days into stretches."""
    params = [connection.ops.adapt_datefield_value(value) for value in (*ends, *day.values())]
    with connection.cursor() as cursor:
        cursor.execute(_build_statement(day, ends), params)
        rows = cursor.fetchall()
    return [
        (stretch, Stage.values[position] if position >= 0 else "", _read_keys(keys)) for stretch, position, keys in rows
    ]


def _build_statement(day, ends):
    """Return the query; the greatest place among what counted tells the stage (see `Development.place`).

    It is written by hand, because SQLite must see literals to know that the partial index holds all rows asked for.
    The primary keys come as one text a stage: fetched as 100,000 rows they take a third longer.
    """
    stretches = " ".join(f"WHEN effective_day <= %s THEN {number}" for number in range(len(ends)))
    stretch, group = (f"CASE {stretches} ELSE {len(ends)} END", "program_id, stretch") if ends else ("0", "program_id")
    conditions = "".join(f" AND {CONDITIONS[name]}" for name in day)
    places = (
        f"SELECT program_id AS program, {stretch} AS stretch, MAX(place) AS place "  # noqa: S608 - no input
        f"FROM {Development._meta.db_table} "
        f"WHERE public AND NOT rank = '{Rank.DEPRECATED.value}' AND program_id IS NOT NULL{conditions} GROUP BY {group}"
    )
    position = f"CASE WHEN place = 0 THEN -1 ELSE place %% {STAGE_SPAN} END"
    keys = JOINED[connection.vendor]
    return f"SELECT stretch, {position}, {keys} FROM ({places}) AS places GROUP BY stretch, 2"  # noqa: S608


def _read_keys(keys):
    return BitMap(json.loads(f"[{keys}]"))
