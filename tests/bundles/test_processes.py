"""Loads by real processes: one at a time, and a killed one leaves nothing half done."""

import fcntl
import os
import signal
import time
from contextlib import contextmanager

import psycopg
import pytest

from cooperation.bundles.lock import LOAD_LOCK
from tests.bundles.conftest import REFERENCE, manage

PROGRAMS = 400


def write_large_bundle(path):
    """Write a bundle that takes a second or two to load."""
    lines = [REFERENCE]
    roles = "roles: {trainer: [france]}"
    lines += [
        f"  - {{id: program-{n}, partnership: france-ukraine, name: Program {n}, mode: training, {roles}}}"
        for n in range(PROGRAMS)
    ]
    path.write_text("\n".join(lines))


def count_programs(url):
    process = manage(
        url, "shell", "-v0", "-c", "from cooperation.models import Program; print(Program.objects.count())"
    )
    return int(process.out)


@pytest.mark.django_db(transaction=True)
def test_killed_load_leaves_nothing_half_done(own_database, tmp_path):
    bundle = tmp_path / "large.yaml"
    write_large_bundle(bundle)
    started = time.monotonic()
    assert manage(own_database, "load_articles", str(bundle), "--dry-run").returncode == 0
    duration = time.monotonic() - started  # of the same work, rolled back at its end
    for share in (0.5, 0.7, 0.9):
        process = manage(own_database, "load_articles", str(bundle), wait=False)
        time.sleep(duration * share)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        assert count_programs(own_database) in (0, PROGRAMS + 1)
    assert manage(own_database, "load_articles", str(bundle)).returncode == 0
    assert count_programs(own_database) == PROGRAMS + 1
    assert f"{PROGRAMS + 7} unchanged" in manage(own_database, "load_articles", str(bundle)).out


@contextmanager
def another_load(url):
    """Hold the lock that a running load holds on the database at `url`."""
    if url.startswith("sqlite"):
        with open(f"{url.removeprefix('sqlite:///')}.load-lock", "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
    else:
        with psycopg.connect(url) as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [LOAD_LOCK])
            yield


@pytest.mark.django_db(transaction=True)
def test_second_load_says_that_another_runs(own_database, tmp_path):
    bundle = tmp_path / "small.yaml"
    bundle.write_text(REFERENCE)
    with another_load(own_database):
        second = manage(own_database, "load_articles", str(bundle))
    sentence = "CommandError: Another load is running on this database; try again when it is done."
    assert (second.returncode, second.err.strip()) == (3, sentence)
    assert count_programs(own_database) == 0
    assert manage(own_database, "load_articles", str(bundle)).returncode == 0
    assert count_programs(own_database) == 1
