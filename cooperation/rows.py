"""Puts many rows into a table past the model layer, which takes most of the time where they are many."""

from contextlib import contextmanager
from itertools import chain, islice
from operator import attrgetter

from django.db import connection, models
from django.utils import timezone

CACHE = 64_000  # kilobytes of a SQLite file at hand while many rows are written; it has 2,000 by itself
TOGETHER = 200  # rows that are put by one statement
AS_IT_IS = (models.IntegerField, models.BooleanField, models.ForeignKey, models.BinaryField)


def insert_records(records):
    """Insert new `records` of one model and give them their primary keys; no signal is sent."""
    fields, now = records[0]._meta.concrete_fields, timezone.now()
    stamps = [f.attname for f in fields if getattr(f, "auto_now", False) or getattr(f, "auto_now_add", False)]
    for record, key in zip(records, _take_keys(type(records[0]), len(records)), strict=True):
        record.pk, record._state.adding, record._state.db = key, False, connection.alias
        for name in stamps:
            setattr(record, name, now)
    insert_rows(type(records[0]), fields, zip(*(map(attrgetter(f.attname), records) for f in fields), strict=True))


def insert_rows(model, fields, rows):
    """Insert `rows`, tuples of the values of `fields`, by COPY on PostgreSQL."""
    prepared = _prepare(fields, rows)
    if not prepared:
        return
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.executemany(f"{_into(model, fields)} VALUES ({_places(fields)})", prepared)
        return
    with connection.cursor() as cursor, cursor.copy(f"COPY {_name(model, fields)} FROM STDIN") as copy:
        for row in prepared:
            copy.write_row(row)


@contextmanager
def much_at_hand():
    """Have SQLite keep more of its file in memory: rows go into indexes here and there, all over a large file.

    PostgreSQL has its memory from its settings.
    """
    if connection.vendor == "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute(f"PRAGMA cache_size = -{CACHE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {usual}")


def put_rows(model, unique, others, rows):
    """Insert `rows`, tuples of the `unique` and `others` columns, or change the others where a row has the unique ones.

    `unique` and `others` are names of fields; no two rows have the same unique ones. Many go into one statement: where
    triggers follow it, as those of the full-text search, SQLite writes down what they did after each statement.
    """
    fields = [model._meta.get_field(name) for name in (*unique, *others)]
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in others)
    conflict = f"ON CONFLICT ({', '.join(map(quote, unique))}) DO UPDATE SET {changes}"
    waiting = iter(_prepare(fields, rows))
    with connection.cursor() as cursor:
        while batch := list(islice(waiting, TOGETHER)):
            places = ", ".join([f"({_places(fields)})"] * len(batch))
            cursor.execute(f"{_into(model, fields)} VALUES {places} {conflict}", list(chain.from_iterable(batch)))


def _take_keys(model, count):
    """Return as many primary keys that no row had yet, in rising order."""
    table, column = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(sequence, [connection.ops.quote_name(table), column, count])
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = (cursor.fetchone() or (0,))[0]
        return range(last + 1, last + 1 + count)


def _prepare(fields, rows):
    """Return `rows` with values as the database's driver takes them."""
    columns = list(zip(*rows, strict=True))
    if not columns:
        return []
    return list(zip(*map(_prepare_column, fields, columns), strict=True))


def _prepare_column(field, values):
    if isinstance(field, AS_IT_IS):
        return values
    if isinstance(field, models.CharField | models.TextField):  # where a value may be a member of a code list
        return [value if value is None or type(value) is str else str(value) for value in values]
    if isinstance(field, models.DateField):  # there are few different ones
        prepared = {value: field.get_db_prep_save(value, connection) for value in set(values)}
        return [prepared[value] for value in values]
    return [None if value is None else field.get_db_prep_save(value, connection) for value in values]


def _into(model, fields):
    return f"INSERT INTO {_name(model, fields)}"


def _name(model, fields):
    """Return the name of the table, with those of the columns."""
    quote = connection.ops.quote_name
    return f"{quote(model._meta.db_table)} ({', '.join(quote(field.column) for field in fields)})"


def _places(fields):
    return ", ".join(["%s"] * len(fields))
