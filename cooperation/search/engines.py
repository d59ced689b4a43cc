"""The full-text search of the database, asked the same on both: FTS5 on SQLite, `tsvector` on PostgreSQL.

Migration 0012 makes what is asked here. It follows the documents by itself.
"""

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.db import DatabaseError, connection, transaction
from pyroaring import BitMap


@dataclass(frozen=True)
class Engine:
    """How one database is asked: the records of a noun that answer a query, and how the query is written."""

    select: str
    both: str
    either: str
    whole: str
    beginning: str

    def find_keys(self, asked):
        """Return a BitMap of primary keys for each of `asked`, pairs of a noun and a query; in one statement."""
        selects = [self.select.format(place=place, noun=noun) for place, (noun, _) in enumerate(asked)]
        found = [BitMap() for _ in asked]
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(selects), [query for _, query in asked])
            for place, rows in groupby(cursor, key=itemgetter(0)):
                found[place].update(key for _, key in rows)
        return found

    def write_query(self, marked):
        """Return the query for records that answer all of `marked`, pairs of a mark and a term."""
        return self.both.join(self._write_term(mark, term) for mark, term in marked)

    def _write_term(self, mark, term):
        if term.inside:
            return f"({self.either.join(self.whole.format(mark + word) for word in sorted(term.inside))})"
        return (self.whole if term.whole else self.beginning).format(mark + term.word)


SQLITE = Engine(
    select="SELECT {place}, rowid FROM cooperation_search_{noun} WHERE cooperation_search_{noun} MATCH %s",
    both=" AND ",
    either=" OR ",
    whole='"{}"',
    beginning='"{}" *',
)
POSTGRESQL = Engine(
    select="SELECT {place}, record FROM cooperation_searchdocument WHERE noun = '{noun}' AND tokens @@ %s::tsquery",
    both=" & ",
    either=" | ",
    whole="'{}'",
    beginning="'{}':*",
)


def find_engine():
    """Return that of the database."""
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE


def is_whole(noun):
    """Say whether what is looked into has the words of all documents of a noun, and no others.

    On PostgreSQL it is a column and its index, of which the database itself takes care.
    """
    if connection.vendor == "postgresql":
        return True
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            _command(cursor, noun, "integrity-check")
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlite_errorname", None) != "SQLITE_CORRUPT_VTAB":
            raise
        return False
    return True


def rebuild(noun):
    """Have SQLite make anew what is looked into, of all documents of a noun."""
    with connection.cursor() as cursor:
        _command(cursor, noun, "rebuild")


def _command(cursor, noun, words):
    table = f"cooperation_search_{noun}"
    cursor.execute(f"INSERT INTO {table} ({table}, rank) VALUES (%s, 1)", [words])  # noqa: S608 - no input
