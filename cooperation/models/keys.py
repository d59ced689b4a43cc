"""Primary keys as the rows of a subquery."""

import json

from django.db import connection
from django.db.models.expressions import RawSQL


def as_rows(keys):
    """Return primary keys as a subquery of one parameter; a list of thousands would be a parameter each."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(keys)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(keys))])
