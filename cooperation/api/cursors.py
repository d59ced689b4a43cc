"""Cursors: the place after a row, from which a list goes on however deep it is.

A cursor is signed, so that it holds nothing but what the portal wrote, and belongs to one query: to all parameters but
those that say how much of a row and how many rows are shown.
"""

from dataclasses import dataclass
from hashlib import sha256

from django.core import signing
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

PARAMETER = "cursor"
SIGNER = signing.Signer(salt="cooperation.api.cursors")  # without the time: the same answer has the same bytes
MAX_LENGTH = 4_000
BESIDE_THE_QUERY = (PARAMETER, "page_size", "fields")


@dataclass(frozen=True)
class Cursor:
    """The place after the row of `position`, None for the first row, and the `count` of all rows, None if not known."""

    position: list | None = None
    count: int | None = None


def read_cursor(parameters):
    """Return the cursor given, the first one if it is empty; raise ValidationError if it is not one of this query."""
    written = parameters[PARAMETER]
    if not written:
        return Cursor()
    try:
        query, position, count = SIGNER.unsign_object(written[:MAX_LENGTH])
    except signing.BadSignature:
        query = None
    if query != _digest(parameters):
        raise ValidationError({PARAMETER: [_("This cursor is not one of this query; begin with an empty one.")]})
    return Cursor(position, count)


def write_cursor(parameters, cursor):
    """Return what an address says for `cursor`."""
    return SIGNER.sign_object([_digest(parameters), cursor.position, cursor.count])


def _digest(parameters):
    asked = sorted((name, values) for name, values in parameters.lists() if name not in BESIDE_THE_QUERY)
    return sha256(repr(asked).encode()).hexdigest()[:16]
