"""Loads by real processes: one at a time, and a killed one leaves nothing half done."""

import os
import signal
import time

import pytest

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
    for delay in (0.9, 1.3, 1.7):
        process = manage(own_database, "load_articles", str(bundle), wait=False)
        time.sleep(delay)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        assert count_programs(own_database) in (0, PROGRAMS + 1)
    assert manage(own_database, "load_articles", str(bundle)).returncode == 0
    assert count_programs(own_database) == PROGRAMS + 1
    assert f"{PROGRAMS + 7} unchanged" in manage(own_database, "load_articles", str(bundle)).out


@pytest.mark.django_db(transaction=True)
def test_second_load_says_that_another_runs(own_database, tmp_path):
    bundle = tmp_path / "large.yaml"
    write_large_bundle(bundle)
    loads = [manage(own_database, "load_articles", str(bundle), wait=False) for _ in range(3)]
    codes = []
    for load in loads:
        _, errors = load.communicate(timeout=120)
        codes.append(load.returncode)
        if load.returncode == 3:
            assert (
                errors.strip() == "CommandError: Another load is running on this database; try again when it is done."
            )
    assert sorted(codes)[0] == 0
    assert set(codes) <= {0, 3}
    assert count_programs(own_database) == PROGRAMS + 1
