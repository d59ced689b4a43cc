"""The results as Markdown and JSON, with all that they depend on."""

import datetime
import json
import math
import os
import platform
import re
from importlib.metadata import version
from pathlib import Path
from statistics import median

from django.db import connection

from cooperation.models import Article, Citation, Development, Partnership, Party, Program, System

COUNTED = (Party, System, Partnership, Program, Article, Development, Citation)
PACKAGES = ("django", "djangorestframework", "django-filter", "gunicorn", "psycopg")
CPU = Path("/proc/cpuinfo")


def describe_setting():
    """Return machine, versions, database and numbers of rows as a mapping of mappings."""
    return {
        "day": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": describe_machine(),
        "versions": {"python": platform.python_version(), **{package: version(package) for package in PACKAGES}},
        "database": {"kind": connection.vendor, "version": ".".join(map(str, connection.get_database_version()))},
        "rows": {str(model._meta.verbose_name_plural): model.objects.count() for model in COUNTED},
    }


def describe_machine():
    """Return processor, cores and memory, as far as the system tells, and how busy it is with other things."""
    told = re.search(r"model name\s*:\s*(.+)", CPU.read_text(encoding="utf-8")) if CPU.exists() else None
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "processor": told[1] if told else platform.machine(),
        "cores": os.cpu_count(),
        "memory_gib": round(memory / 2**30),
        "load_before": round(os.getloadavg()[0], 1),
    }


def build_json(setting, rows):
    """Return setting and figures, the times in milliseconds."""
    return json.dumps({**setting, "answers": [describe_row(row) for row in rows]}, indent=1) + "\n"


def describe_row(row):
    """Return the figures of one question."""
    last = row.answers[-1]
    return {
        "question": row.question.name,
        "path": row.question.path,
        "median_ms": round(1000 * median(row.times), 2),
        "p95_ms": round(1000 * find_percentile(row.times, 95), 2),
        "asked": len(row.times),
        "bytes": last.size,
        "status": last.status,
    }


def find_percentile(times, percent):
    """Return the smallest of `times` that `percent` of them do not exceed."""
    return sorted(times)[math.ceil(len(times) * percent / 100) - 1]


def build_markdown(setting, rows):
    """Return the table, what it depends on above it and the addresses below."""
    facts = [f"{name}: {join_facts(facts)}" for name, facts in setting.items() if isinstance(facts, dict)]
    figures = [describe_row(row) for row in rows]
    lines = [
        f"# Benchmark of {setting['day']}",
        "",
        *(f"- {fact}" for fact in facts),
        "",
        "| question | median ms | p95 ms | asked | bytes | status |",
        "|---|--:|--:|--:|--:|---|",
        *(build_line(row) for row in figures),
        "",
        *(f"- {row['question']}: `{row['path']}`" for row in figures),
    ]
    return "\n".join(lines) + "\n"


def build_line(row):
    """Return one line of the table; an answer other than 200 says so."""
    status = {200: "200", 0: "**no answer**"}.get(row["status"], f"**{row['status']}**")
    cells = (row["question"], f"{row['median_ms']:.1f}", f"{row['p95_ms']:.1f}", row["asked"], row["bytes"], status)
    return f"| {' | '.join(map(str, cells))} |"


def join_facts(facts):
    """Return a mapping in one line."""
    return ", ".join(
        f"{name} {value:,}" if isinstance(value, int) else f"{name} {value}" for name, value in facts.items()
    )
