"""Bundles as text, loaded into the test database; a database of its own for tests with several processes."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from cooperation.bundles.loader import load_documents
from cooperation.bundles.reader import read_bytes

ROOT = Path(__file__).resolve().parents[2]

REFERENCE = """
parties:
  - {id: france, name: France, kind: state, country: FR}
  - {id: ukraine, name: Ukraine, kind: state, country: UA}
officials:
  - {id: minister, name: The Minister, party: ukraine}
systems:
  - {id: rocket, name: Rocket, category: missile, makers: [france], aliases: [Ракета]}
publishers:
  - {id: gazette, name: Gazette, kind: press}
partnerships:
  - {id: france-ukraine, name: France–Ukraine, parties: [france, ukraine], started: "2022~"}
programs:
  - id: rockets
    partnership: france-ukraine
    name: Rockets
    mode: supply
    systems: [rocket]
    roles: {supplier: [france], recipient: [ukraine]}
"""
ARTICLE = """
articles:
  - id: report
    title: Rockets agreed
    publisher: gazette
    published: 2026-02-09
    language: en
    kind: press
    said_by: minister
    channel: telegram
    text: Both agreed on rockets. Six rockets were promised.
    developments:
      - program: rockets
        stage: agreed
        summary: Rockets are agreed.
        quote: Both agreed on rockets.
      - program: rockets
        stage: pledged
        summary: Six are promised.
        quantity: {value: 6, unit: rocket}
        quote: Six rockets were promised.
"""


def parse(*texts):
    """Return the documents of YAML `texts`, named 0.yaml, 1.yaml and so on."""
    return [(f"{number}.yaml", read_bytes(text.encode(), f"{number}.yaml")) for number, text in enumerate(texts)]


def load(*texts, **options):
    """Load YAML texts and return the report."""
    return load_documents(parse(*texts), **options)


def problems(*texts):
    """Return the sentences with which loading `texts` is refused."""
    return [str(problem) for problem in load(*texts).rejected]


def manage(url, *arguments, wait=True):
    """Run manage.py on the database at `url`; return the finished process, or the running one without `wait`."""
    environment = {**os.environ, "DATABASE_URL": url}
    environment.pop("PYTEST_VERSION", None)
    command = [sys.executable, "manage.py", *arguments]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    if wait:
        process.out, process.err = process.communicate(timeout=120)
    return process


@pytest.fixture
def own_database(tmp_path):
    """Yield the address of a migrated database of the kind under test, which no other test sees."""
    if connection.vendor == "sqlite":
        url = f"sqlite:///{tmp_path}/own.sqlite3"
        manage(url, "migrate", "-v0")
        yield url
        return
    name = f"own_{os.getpid()}"
    parameters = {**connection.get_connection_params(), "dbname": "postgres"}
    keys = ("host", "port", "user", "password", "dbname")
    with psycopg.connect(**{k: parameters[k] for k in keys if parameters.get(k)}, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            address, _, query = os.environ["DATABASE_URL"].partition("?")
            url = f"{address.rpartition('/')[0]}/{name}?{query}"
            manage(url, "migrate", "-v0")
            yield url
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")
