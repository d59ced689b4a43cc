"""API tokens: made, found, noted and revoked. The secret is in nobody's hands but its owner's; only its digest is kept.

A token reads `cp_<prefix>_<secret>`: eight hexadecimal digits by which it is found, and 32 random bytes, hexadecimal
too. The digest is a plain SHA-256: a secret of 256 random bits cannot be guessed, however fast one may try.
"""

import hashlib
import hmac
import re
import secrets
from contextlib import contextmanager
from datetime import timedelta

from django.db import OperationalError, connection
from django.db.models import Q
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from cooperation.choices import Scope
from cooperation.models.tokens import PREFIX_LENGTH, ApiToken

SECRET_BYTES = 32
DEFAULT_DAYS, MOST_DAYS = 90, 366
NOTED_EVERY = timedelta(minutes=1)

PREFIX = re.compile(rf"[0-9a-f]{{{PREFIX_LENGTH}}}", re.ASCII)
_TOKEN = re.compile(rf"cp_({PREFIX.pattern})_([0-9a-f]{{{2 * SECRET_BYTES}}})", re.ASCII)
_NO_DIGEST = "0" * 64


def make_prefix():
    """Return a new prefix."""
    return secrets.token_hex(PREFIX_LENGTH // 2)


@sensitive_variables()
def issue(token):
    """Save the new `token`, which has its prefix, under a new secret; return the text that its owner keeps."""
    secret = secrets.token_bytes(SECRET_BYTES)
    token.digest = hashlib.sha256(secret).hexdigest()
    token.save(force_insert=True)
    return f"cp_{token.prefix}_{secret.hex()}"


@sensitive_variables()
def find_token(text):
    """Return the token that reads `text`, expired and revoked ones as well, or None.

    An unknown prefix takes as long as a wrong secret: one query and one comparison that does not stop early.
    """
    match = _TOKEN.fullmatch(text)
    if match is None:
        return None
    token = ApiToken.objects.select_related("owner").filter(prefix=match[1]).first()
    digest = hashlib.sha256(bytes.fromhex(match[2])).hexdigest()
    is_right = hmac.compare_digest(digest, token.digest if token else _NO_DIGEST)
    return token if token and is_right else None


def note_use(token):
    """Note that `token` was used, at most once a minute, and not at all while somebody else writes to SQLite."""
    now = timezone.now()
    if token.last_used and now - token.last_used < NOTED_EVERY:
        return
    unnoted = Q(last_used=None) | Q(last_used__lt=now - NOTED_EVERY)
    try:
        with _without_waiting():
            ApiToken.objects.filter(unnoted, pk=token.pk).update(last_used=now)
    except OperationalError:
        return  # readers never wait for a writer: the next request notes it


def revoke(tokens):
    """Revoke `tokens` (a queryset) at once; return how many were not revoked before."""
    return tokens.filter(revoked=None).update(revoked=timezone.now())


def may_write(token, action, record):
    """Whether `token` may `add`, `change` or `publish` the record: by its scopes, and by what its owner may."""
    if action == "publish":
        return token.allows(Scope.PUBLISH) and may_change(token.owner, record)
    return token.owner.has_perm(_permission(action, record))


def may_change(user, record):
    """Whether `user` may change records such as `record` (a record or a model)."""
    return user.has_perm(_permission("change", record))


def _permission(action, record):
    opts = record._meta
    return f"{opts.app_label}.{action}_{opts.model_name}"


@contextmanager
def _without_waiting():
    """Have SQLite say at once that somebody else writes; PostgreSQL locks rows, and nobody else has this one."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
