"""How far each program was on a day, and on several days one after the other: one query that reads an index alone."""

import json
from itertools import accumulate

from django.db import connection
from pyroaring import BitMap

from cooperation.choices import Rank, Stage
from cooperation.models import Development
from cooperation.models.developments import STAGE_SPAN
from cooperation.models.keys import as_rows

CONDITIONS = {"as_of": "effective_day <= %s", "known_on": "reported_on <= %s"}
JOINED = {"sqlite": "GROUP_CONCAT(program)", "postgresql": "STRING_AGG(CAST(program AS text), ',')"}


def carry_stages(index, ends, day):
    """Return what `find_stages_at` does; `index` keeps it from one edition to the next."""

    def renew(kept, changed):
        found = find_stages_at(ends, day, changed.programs)
        return [_replace(stages, changed.programs, now) for stages, now in zip(kept, found, strict=True)]

    return index.carry((f"stages at {len(ends)} ends", *ends, *day.items()), lambda: find_stages_at(ends, day), renew)


def find_stages_at(ends, day, among=None):
    """Return for each of `ends`, days in rising order, {stage: BitMap} of the programs with something counted then.

    `day` are keywords as `current` takes them; the last end is that day, whatever stands there. Programs that nothing
    had moved by then stand under the empty stage. `among`, a bitmap, are the only programs that matter, if it is given.
    Of each stretch between two ends only what happened in it is asked; it overrides what was before, because
    `Development.place` rises with the day.
    """
    moves = [{} for _ in ends]
    for number, stage, programs in _fetch(ends[:-1], day, among):
        moves[number][stage] = programs
    return list(accumulate(moves, _move, initial={}))[1:]


def _replace(stages, programs, found):
    """Return `stages` with `programs` where `found` has them."""
    names = stages.keys() | found.keys()
    return {name: (stages.get(name, BitMap()) - programs) | found.get(name, BitMap()) for name in names}


def _move(stages, moved):
    """Return the stages after a stretch of time; what was only spoken of in it stays where it was."""
    known, silent = BitMap().union(*stages.values()), moved.get("", BitMap())
    gone = BitMap().union(*moved.values()) - silent
    after = {stage: (stages.get(stage, BitMap()) - gone) | moved.get(stage, BitMap()) for stage in Stage.values}
    return after | {"": (stages.get("", BitMap()) - gone) | (silent - known)}


def _fetch(ends, day, among):
    """Return (number of the stretch, stage, programs); `ends` part the days into stretches."""
    params = [connection.ops.adapt_datefield_value(value) for value in (*ends, *day.values())]
    among = None if among is None else as_rows(among)
    with connection.cursor() as cursor:
        cursor.execute(_build_statement(ends, day, among), [*params, *(among.params if among else ())])
        rows = cursor.fetchall()
    return [
        (stretch, Stage.values[position] if position >= 0 else "", _read_keys(keys)) for stretch, position, keys in rows
    ]


def _build_statement(ends, day, among):
    """Return the query; the greatest place among what counted tells the stage (see `Development.place`).

    `among` is a subquery of primary keys, if others do not matter. It is written by hand, because SQLite must see
    literals to know that the partial index holds all rows asked for. The primary keys come as one text a stage:
    fetched as 100,000 rows they take a third longer.
    """
    stretches = " ".join(f"WHEN effective_day <= %s THEN {number}" for number in range(len(ends)))
    stretch, group = (f"CASE {stretches} ELSE {len(ends)} END", "program_id, stretch") if ends else ("0", "program_id")
    conditions = "".join(f" AND {CONDITIONS[name]}" for name in day)
    conditions += f" AND program_id IN ({among.sql})" if among else ""
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
