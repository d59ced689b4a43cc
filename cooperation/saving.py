"""Saves many records of one model in set statements, with the history that saving one after the other leaves.

Only `ledger` calls this room.
"""

from django.db import connection
from django.utils import timezone
from simple_history.models import HistoricalRecords

from cooperation.models.keys import among, batches
from cooperation.models.records import find_token_reason
from cooperation.rows import insert_records, insert_rows

ROWS = 250  # that one statement changes


def save_all(rows):
    """Save `rows` of one model, new and stored ones, as `save()` would do with each."""
    for row in rows:
        if hasattr(row, "prepare"):
            row.prepare()
    new, stored = [row for row in rows if row.pk is None], [row for row in rows if row.pk is not None]
    if new:
        insert_records(new)
        _keep_history(type(new[0]), [row.pk for row in new], "+")
    if stored:
        _change(stored)
        _keep_history(type(stored[0]), [row.pk for row in stored], "~")


def relate_all(name, pairs):
    """Set the many-to-many field `name` of records; `pairs` are (record, [related record, …])."""
    model = type(pairs[0][0])
    links = Links(model._meta.get_field(name))
    wanted = {(record.pk, other.pk): None for record, related in pairs for other in related}
    gone = {}
    for link, record, other in links.find(record.pk for record, _ in pairs):
        if (record, other) not in wanted:
            gone[link] = record
        wanted.pop((record, other), None)
    for batch in batches(gone):
        links.model.objects.filter(pk__in=batch).delete()
    _keep_history(model, set(gone.values()), "~")
    insert_rows(links.model, links.fields, wanted)
    _keep_history(model, {record for record, _ in wanted}, "~")
    forget_prefetched([record for record, _ in pairs], name)


def forget_prefetched(records, name):
    """Have the next look at `name`, a list of related rows, read what is stored: it was written past the records."""
    for record in records:
        getattr(record, "_prefetched_objects_cache", {}).pop(name, None)


class Links:
    """The table behind a many-to-many field, seen from the records that have the field."""

    def __init__(self, field):
        """Find its two keys."""
        self.model = field.remote_field.through
        names = (field.m2m_field_name(), field.m2m_reverse_field_name())
        self.fields = [self.model._meta.get_field(name) for name in names]
        self.source, self.target = (field.attname for field in self.fields)

    def find(self, records):
        """Yield (primary key, record, related record), all as keys, of the links of `records` (keys)."""
        for batch in batches(records):
            rows = self.model.objects.filter(among(self.source, batch)).order_by("pk")
            yield from rows.values_list("pk", self.source, self.target)


def _change(rows):
    """Write the columns in which one of the stored `rows` differs from what is stored, and when they were modified."""
    model, now = type(rows[0]), timezone.now()
    settled = getattr(model, "settled", ())
    fields = [f for f in model._meta.concrete_fields if not f.primary_key and f.name not in settled]
    by_key = {row.pk: row for row in rows}
    changed = set()
    for row in rows:
        _renew_keys(row)
    for batch in batches(by_key):
        for stored in model.objects.filter(among("pk", batch)).order_by().values("pk", *(f.attname for f in fields)):
            row = by_key[stored["pk"]]
            changed |= {f.name for f in fields if getattr(row, f.attname) != stored[f.attname]}
    if any(field.name == "modified" for field in fields):
        changed.add("modified")
        for row in rows:
            row.modified = now
    if changed:
        model.objects.bulk_update(rows, sorted(changed), batch_size=ROWS)


def _renew_keys(row):
    """Take the keys of related records that were saved after they had been assigned."""
    for field in row._meta.concrete_fields:
        if field.is_relation and field.is_cached(row):
            setattr(row, field.name, field.get_cached_value(row))


def _keep_history(model, keys, kind):
    """Write a history entry for each of the rows of `model` with these `keys`; `kind` is + for new rows, else ~.

    It is copied from what is stored: to build the entries one by one takes longer than to build the rows.
    """
    history = model.history.model
    entry = {
        "history_date": timezone.now(),
        "history_change_reason": find_token_reason(),
        "history_type": kind,
        "history_user": getattr(history.get_default_history_user(model()), "pk", None),
    }
    added = {history._meta.get_field(name): value for name, value in entry.items()}
    values = [field.get_db_prep_save(value, connection) for field, value in added.items()]
    for batch in batches(keys):
        last = history.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        kept, kept_values = model.objects.filter(among("pk", batch)).order_by().values("pk").query.sql_with_params()
        _execute(
            "INSERT INTO {history} ({tracked}, {added}) SELECT {tracked}, {values} FROM {model} "  # noqa: S608 - no input
            f"WHERE {{key}} IN ({kept}) ORDER BY {{key}}",
            [*values, *kept_values],
            history=history._meta.db_table,
            model=model._meta.db_table,
            key=model._meta.pk.column,
            tracked=[field.column for field in history.tracked_fields],
            added=[field.column for field in added],
            values=len(values),
        )
        for field in history._history_m2m_fields if kind == "~" else ():
            _keep_links(history, field, last)


def _keep_links(history, field, last):
    """Write beside the history entries after the `last` one what is linked to their records now."""
    links, kept = Links(field), HistoricalRecords.m2m_models[field]
    columns = [f.column for f in links.model._meta.concrete_fields]
    _execute(
        "INSERT INTO {kept} ({columns}, {entry}) SELECT {columns}, {entry} FROM {links} "
        "JOIN (SELECT {entry}, {key} AS record FROM {history} WHERE {entry} > %s) AS entries ON {source} = record "
        "ORDER BY {entry}, {columns}",
        [last],
        kept=kept._meta.db_table,
        columns=columns,
        entry=history._meta.pk.column,
        links=links.model._meta.db_table,
        key=field.model._meta.pk.column,
        history=history._meta.db_table,
        source=links.source,
    )


def _execute(statement, params, **names):
    """Run a statement with the names of tables and columns put in; a number stands for as many parameters."""
    quote = connection.ops.quote_name
    parts = {}
    for key, given in names.items():
        if isinstance(given, int):
            parts[key] = ", ".join(["%s"] * given)
        else:
            parts[key] = ", ".join(map(quote, [given] if isinstance(given, str) else given))
    with connection.cursor() as cursor:
        cursor.execute(statement.format(**parts), params)
