"""What is measured inside this process: the database's own CSV, and loading an article."""

import csv
import io
import json
import sqlite3
import time

from django.db import connection

from bench.questions import LOAD, SQL_CSV
from bench.server import Answer
from bench.sql import build_export
from cooperation.bundles.loader import load_documents
from cooperation.bundles.reader import read_bytes
from cooperation.choices import Stage
from cooperation.models import Program, Publisher


class Process:
    """Answers questions by their names, as a client does."""

    def __init__(self, subjects):
        """Prepare for what is asked about `subjects`."""
        self.party, bundle = subjects.party, build_bundle(subjects.typical)
        self.document = read_bytes(json.dumps(bundle).encode(), "article", is_json=True)
        self.tasks = {SQL_CSV: self.export, LOAD: self.load}

    def renew(self):
        """Do nothing: there is no connection to open anew."""

    def ask(self, name, is_kept=False):
        """Return the `Answer`, its size in bytes; here nothing is kept."""
        started = time.perf_counter()
        size = self.tasks[name]()
        return Answer(time.perf_counter() - started, 200, size)

    def export(self):
        """Have the database say all programs of the country as CSV; return the size."""
        statement = build_export(self.party)
        return _copy_rows(statement) if connection.vendor == "postgresql" else _write_rows(statement)

    def load(self):
        """Load the article and roll it back; raise RuntimeError if it is refused."""
        report = load_documents([("article", self.document)], dry_run=True)
        if report.rejected:
            raise RuntimeError(f"the article was refused: {report.rejected}")
        return len(json.dumps(self.document))


def build_bundle(slug):
    """Return a new article with one development of the program named `slug`."""
    program = Program.objects.get(slug=slug)
    quote = f"The parties signed a further contract about {program.name}."
    development = {"program": slug, "stage": Stage.CONTRACTED.value, "summary": quote, "quote": quote}
    article = {
        "id": "article-of-the-benchmark",
        "title": "A further contract",
        "publisher": Publisher.objects.visible().order_by("slug").values_list("slug", flat=True)[0],
        "published": "2026-10-30",
        "language": "en",
        "kind": "press",
        "address": "https://news.example/article-of-the-benchmark",
        "text": f"{quote} More is to come.",
        "developments": [development],
    }
    return {"articles": [article]}


def _copy_rows(statement):
    connection.ensure_connection()
    with connection.connection.cursor() as cursor, cursor.copy(f"COPY ({statement}) TO STDOUT (FORMAT csv)") as copy:
        return sum(len(block) for block in copy)


def _write_rows(statement):
    """Write past Django's cursor, which would look at each row once more."""
    file = io.StringIO()
    connection.ensure_connection()
    csv.writer(file).writerows(sqlite3.Connection.execute(connection.connection, statement))
    return len(file.getvalue().encode())
