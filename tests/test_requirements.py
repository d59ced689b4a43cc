"""The lock files say the same, and nothing about the machine they were made on."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["requirements.txt", "requirements-dev.txt"]
PIN = re.compile(r"^([a-z0-9-]+==\S+) \\$", re.MULTILINE)


def read_pins(lock):
    return set(PIN.findall((ROOT / lock).read_text(encoding="utf-8")))


def test_locks_agree():
    server, development = (read_pins(lock) for lock in LOCKS)
    assert "django==5.2.19" in server
    assert server - development == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_host_and_no_folder(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert re.findall(r"^--(?!hash).*|\S+://\S+|--find-links.*|--index.*", text, re.MULTILINE) == []


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_each_direct_dependency_has_a_reason(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    named = [line for line in lines if line and not line.startswith(("#", "-r "))]
    assert [line for line in named if not re.fullmatch(r"\S+  # .{10,}", line)] == []
    assert len(named) > 5
