"""One load at a time: a second one says so instead of waiting or mixing with the first."""

import fcntl
from contextlib import contextmanager, nullcontext

from django.db import connection, transaction

from cooperation.bundles.report import LoadRunning

LOAD_LOCK = 7_201_027  # beside the ledger's own number


def load_lock():
    """Return a context in which no other load runs on the same database; entering it raises LoadRunning if one does.

    The lock goes with the process that holds it, however that ends.
    """
    if connection.vendor == "postgresql":
        return _advisory_lock()
    if connection.is_in_memory_db():
        return nullcontext()
    return _file_lock(f"{connection.settings_dict['NAME']}.load-lock")


@contextmanager
def _advisory_lock():
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOAD_LOCK])
            if not cursor.fetchone()[0]:
                raise LoadRunning
        yield


@contextmanager
def _file_lock(path):
    with open(path, "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LoadRunning from error
        yield
