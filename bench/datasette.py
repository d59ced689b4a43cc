"""Datasette over the same rows: as a view in the portal's own SQLite file, and as a table made for it in another one.

Its facets know columns and JSON arrays, not tables between tables: so what a program has several of stands in arrays,
which the view gathers with each question, and the table has ready, as somebody who publishes with Datasette would do.
"""

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from bench.server import HOST, serve

PROGRAM = Path("var/bench/datasette/bin/datasette")
FILE = Path("var/bench/datasette.sqlite3")
VIEW = "benchmark_programs"  # there while Datasette is served
PATIENCE = 120_000  # milliseconds; with its own limits it would leave out facets, and answer nothing at last
SETTINGS = {"sql_time_limit_ms": PATIENCE, "facet_time_limit_ms": PATIENCE, "suggest_facets": "off"}
SELECT = """
SELECT program.id, program.slug, program.name, partnership.name AS partnership, mode, stage, program.latest_day,
    (SELECT json_group_array(slug) FROM {portal}cooperation_partnership_parties member
        JOIN {portal}cooperation_party party ON party.id = party_id
        WHERE member.partnership_id = program.partnership_id) AS parties,
    (SELECT json_group_array(slug) FROM {portal}cooperation_program_systems
        JOIN {portal}cooperation_system system ON system.id = system_id WHERE program_id = program.id) AS systems,
    (SELECT json_group_array(category) FROM (
        SELECT system.category FROM {portal}cooperation_program_systems
            JOIN {portal}cooperation_system system ON system.id = system_id WHERE program_id = program.id
        UNION SELECT program.category WHERE program.category <> '')) AS categories
FROM {portal}cooperation_program program
JOIN {portal}cooperation_partnership partnership ON partnership.id = program.partnership_id
WHERE program.public AND program.latest_day IS NOT NULL
"""
INDEXED = ("mode", "stage", "latest_day")


def is_there():
    """Say whether Datasette is installed and can read the database."""
    return PROGRAM.exists() and connection.vendor == "sqlite"


@contextmanager
def serve_datasette():
    """Serve view and table, the table as one that does not change, which spares some counting; yield the port."""
    portal = connection.settings_dict["NAME"]
    write_table(portal, FILE)
    settings = [word for name, value in SETTINGS.items() for word in ("--setting", name, str(value))]
    command = [str(PROGRAM), "serve", str(portal), "-i", str(FILE), "--host", HOST, *settings]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE VIEW {VIEW} AS {SELECT.format(portal='')}")
    try:
        with serve(lambda port: [*command, "--port", str(port)], {}) as port:
            yield port
    finally:
        FILE.unlink()
        with connection.cursor() as cursor:
            cursor.execute(f"DROP VIEW {VIEW}")


def find_paths():
    """Return the addresses of view and table."""
    return f"/{Path(connection.settings_dict['NAME']).stem}/{VIEW}", f"/{FILE.stem}/programs"


def write_table(portal, file):
    """Write the rows that the database in the file `portal` lists into a new `file`."""
    file.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as database:
        database.execute("ATTACH ? AS portal", [str(portal)])
        database.execute(f"CREATE TABLE programs AS {SELECT.format(portal='portal.')}")
        database.execute("CREATE UNIQUE INDEX programs_id ON programs (id)")
        for column in INDEXED:
            database.execute(f"CREATE INDEX programs_{column} ON programs ({column})")
        database.commit()
