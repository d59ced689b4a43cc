"""The one query behind all facets that no bitmap counts, whatever the list.

A facet is a set of links, pairs of a row of the list and a value. Sets of rows that facets share are named once, as
common table expressions; the counts of all facets are put together by UNION ALL.
"""

import json
from typing import NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language

from cooperation.facets.bitmaps import ADDING_UP
from cooperation.facets.paths import find_paths
from cooperation.models import Program, System

NO_KEYS = ("SELECT CAST(NULL AS bigint) WHERE 1 = 0", ())
NO_LINKS = ("SELECT CAST(NULL AS bigint) AS record, NULL AS value WHERE 1 = 0", ())
SYSTEMS = System._meta.db_table
FAMILY = (
    f"family(top, member) AS (SELECT id, id FROM {SYSTEMS} UNION "  # noqa: S608 - no input
    f"SELECT family.top, below.id FROM {SYSTEMS} below JOIN family ON below.parent_id = family.member)"
)


class Source(NamedTuple):
    """Where the links of a facet start: a model, the named set of its rows, and paths to the rows of the list."""

    model: type
    rows: str
    record_paths: tuple


class Statement:
    """Puts the query together: named sets of primary keys, then the counts of each facet."""

    def __init__(self, filterset, find_rows):
        """Start without a facet; `find_rows(without)` returns the rows that all parameters but these leave."""
        self.filterset, self.find_rows = filterset, find_rows
        self.using = filterset.queryset.db
        self.sets = {}
        self.counts = []

    def add_facet(self, name):
        """Add the counts of one facet: all other parameters on, its own left out unless it keeps its own."""
        without = find_left_out(self.filterset, name)
        chosen = self._name_set("chosen", without, lambda: self.find_rows(without))
        if self.filterset.is_shared(name):
            subjects, record_paths = self.filterset.find_subjects(name, without)
            source = Source(subjects.model, self._name_set("subjects", without, lambda: subjects), record_paths)
        else:
            source = Source(self.filterset.queryset.model, chosen, (("pk", {}),))
        self.counts.append(self._build_count(name, source, chosen))

    def fetch(self):
        """Run the query and return its rows."""
        # Materialized, or PostgreSQL works a set out anew for each row that it guesses to be the only one.
        sets = [(f"{name}(id) AS MATERIALIZED ({sql})", params) for name, (sql, params) in self.sets.values()]
        named = ", ".join([FAMILY, *(sql for sql, _ in sets)])
        counts = " UNION ALL ".join(sql for sql, _ in self.counts)
        with connections[self.using].cursor() as cursor:
            cursor.execute(f"WITH RECURSIVE {named} {counts}", [p for _, some in (*sets, *self.counts) for p in some])
            return cursor.fetchall()

    def _name_set(self, kind, without, find_rows):
        """Return the name of a set of primary keys, found and compiled at its first mention."""
        if (kind, without) not in self.sets:
            compiled = self._compile(find_rows().order_by().values_list("pk"), NO_KEYS)
            self.sets[kind, without] = (f"{kind}_{len(self.sets)}", compiled)
        return self.sets[kind, without][0]

    def _build_count(self, name, source, chosen):
        links, params = self._build_links(name, source)
        record, joins = "links.record", ""
        if self.filterset.queryset.model is System and source.model is not System:
            # A program about a system counts for all systems above it.
            record, joins = "up.top", " JOIN family up ON up.member = links.record"
        columns, target, group = _build_value(self.filterset.filters[name])
        sql = (
            f"SELECT CAST('{name}' AS text), {columns}, COUNT(DISTINCT {record}) FROM ({links}) links{joins}{target} "  # noqa: S608 - no input
            f"AND {record} IN (SELECT id FROM {chosen}) GROUP BY {group}"
        )
        return sql, params

    def _build_links(self, name, source):
        links = [
            self._compile(_find_links(source, record_path, path, self.filterset.day), NO_LINKS)
            for record_path in source.record_paths
            for path in find_paths(source.model, name, self.filterset.day)
        ]
        return " UNION ALL ".join(sql for sql, _ in links), [p for _, params in links for p in params]

    def _compile(self, rows, nothing):
        try:
            return rows.query.get_compiler(using=self.using).as_sql()
        except EmptyResultSet:
            return nothing


class Tables:
    """The rows of a bound, valid filterset, and the values of its `facets`, counted from the tables."""

    def __init__(self, filterset, facets=(), find_rows=None):
        """Ask nothing yet; `find_rows(without)` returns the rows that all parameters but these leave."""
        self.filterset, self.facets, self.find_rows = filterset, facets, find_rows or filterset.narrow

    def find_matching(self):
        """Return no bitmap: there is none."""
        return None

    def list_groups(self, order, descends):
        """Return no groups of rows that follow each other: there are no bitmaps of them."""
        return None

    def count(self):
        """Return the number of rows; one query."""
        return self.filterset.narrow().count()

    def count_values(self):
        """Return {facet: {value: (label, count)}}, no label where values are codes; records stand by name.

        It takes one query, none without facets.
        """
        counted = {name: {} for name in self.facets}
        if counted:
            statement = Statement(self.filterset, self.find_rows)
            for name in counted:
                statement.add_facet(name)
            for name, value, english, names, count in statement.fetch():
                counted[name][value] = (_find_label(english, names), count)
        return {name: dict(sorted(rows.items(), key=_by_name)) for name, rows in counted.items()}


def find_left_out(filterset, name):
    """Return the parameters that are off while a facet is counted: its own, if it is given and its values mean OR."""
    return () if name in ADDING_UP or not filterset.chosen(name) else (name,)


def _by_name(row):
    value, (label, _) = row
    return label.casefold(), value


def _find_label(english, names):
    return json.loads(names).get((get_language() or "en")[:2], english) if names else ""


def _find_links(source, record_path, path, day):
    name, where = record_path
    named_set = RawSQL(f"SELECT id FROM {source.rows}", ())  # noqa: S608, S611 - no input
    rows = source.model.objects.order_by().filter(pk__in=named_set)
    if source.model is Program:
        rows = rows.on_day(**day)
    rows = rows.filter(**where, **path.where)
    return rows.annotate(record=F(name), value=path.value).values_list("record", "value")


def _build_value(filter_):
    """Return the columns of a value, the joins and condition that lead to them, and what they are grouped by."""
    if hasattr(filter_, "codes"):
        return "links.value, '', ''", " WHERE links.value <> ''", "links.value"
    table = filter_.of._meta.db_table
    if filter_.of is System:
        joins = f" JOIN family ON family.member = links.value JOIN {table} target ON target.id = family.top"
    else:
        joins = f" JOIN {table} target ON target.id = links.value"
    columns = "target.slug, target.name, CAST(target.names AS text)"
    return columns, f"{joins} WHERE target.public", "target.id"
