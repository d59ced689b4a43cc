"""Many primary keys in statements: as a subquery of one parameter, and in batches that fit into one."""

import json
from itertools import islice

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

BATCH = 5_000  # below the number of parameters that SQLite and PostgreSQL take in one statement


def as_rows(keys):
    """Return primary keys as a subquery of one parameter; a list of thousands would be a parameter each."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(keys))])


def batches(keys, size=BATCH):
    """Yield `keys` in sorted lists of at most `size`, by default as many as fit into one statement."""
    waiting = iter(sorted(keys))
    while batch := list(islice(waiting, size)):
        yield batch


def among(key, batch):
    """Return the condition that `key` is one of `batch`, which is sorted; without gaps its ends say it all."""
    if batch[-1] - batch[0] == len(batch) - 1:
        return Q(**{f"{key}__gte": batch[0], f"{key}__lte": batch[-1]})
    return Q(**{f"{key}__in": batch})
