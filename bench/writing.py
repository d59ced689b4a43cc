"""Writes rows past Django's own way of doing it, which takes most of the time: COPY on PostgreSQL, else executemany."""

import json
from collections import Counter
from operator import attrgetter

from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.utils import timezone


class Writer:
    """Fills empty tables, and gives the rows of each their primary keys from 1 on."""

    def __init__(self):
        """Start with nothing written."""
        self.written, self.connection = Counter(), connections[DEFAULT_DB_ALIAS]
        self.moment = self.connection.ops.adapt_datetimefield_value(timezone.now())

    def write(self, model, records):
        """Write `records`, of which no column is derived; what they name must have been written, or be among them."""
        for record in records:
            record.pk = self._take_key(model)
        fields = model._meta.concrete_fields
        readers = [self._build_reader(field) for field in fields]
        self._insert(model, fields, ([read(record) for read in readers] for record in records))

    def link(self, through, left, right, pairs):
        """Write the rows between two tables; `left` and `right` are the names of its keys."""
        fields = [through._meta.pk, *(through._meta.get_field(name) for name in (left, right))]
        self._insert(through, fields, ([self._take_key(through), one.pk, other.pk] for one, other in pairs))

    def finish(self):
        """Have the database go on counting behind the keys that were given."""
        statements = self.connection.ops.sequence_reset_sql(no_style(), list(self.written))
        with self.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def _take_key(self, model):
        self.written[model] += 1
        return self.written[model]

    def _build_reader(self, field):
        """Return the function that reads the column of `field` out of a record, as both drivers take it."""
        read = attrgetter(field.attname)
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
            return lambda record: self.moment
        if field.is_relation:
            return lambda record: _read_key(record, field)
        if isinstance(field, models.DateField):
            return lambda record: _spell_day(read(record))
        if isinstance(field, models.JSONField):
            return lambda record: json.dumps(read(record))
        return read

    def _insert(self, model, fields, rows):
        quote = self.connection.ops.quote_name
        columns = ", ".join(quote(field.column) for field in fields)
        into = f"{quote(model._meta.db_table)} ({columns})"
        with self.connection.cursor() as cursor:
            if self.connection.vendor == "postgresql":
                _copy(cursor, into, rows)
            else:
                places = ", ".join(["%s"] * len(fields))
                cursor.executemany(f"INSERT INTO {into} VALUES ({places})", rows)  # noqa: S608 - names of columns


def _spell_day(day):
    return None if day is None else day.isoformat()


def _read_key(record, field):
    """Return the key of what `record` names, which may have got it after it was named."""
    named = field.get_cached_value(record, default=None)
    return getattr(record, field.attname) if named is None else named.pk


def _copy(cursor, into, rows):
    with cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
