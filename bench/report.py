"""The results as Markdown and JSON, with all that they depend on."""

import datetime
import json
import math
import os
import platform
import re
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import NamedTuple

from django.db import connection

from bench import datasette
from bench.goals import HUNDRED_THOUSAND, MILLION, Figures, find_medians, is_met, judge
from bench.questions import HELLO
from cooperation.models import Article, Citation, Development, Partnership, Party, Program, System

COUNTED = (Party, System, Partnership, Program, Article, Development, Citation)
PACKAGES = ("django", "djangorestframework", "django-filter", "gunicorn", "psycopg")
CPU = Path("/proc/cpuinfo")


def describe_setting():
    """Return machine, versions, database and numbers of rows as a mapping of mappings."""
    return {
        "day": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": describe_machine(),
        "versions": {"python": platform.python_version(), **{package: version(package) for package in PACKAGES}}
        | find_tools(),
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


class Results(NamedTuple):
    """The setting, the rows of answers, requests per second by question, and medians with 10k programs."""

    setting: dict
    rows: list
    rates: dict
    small: dict


def build_json(results):
    """Return setting and figures, the times in milliseconds."""
    figures = describe_rows(results.rows)
    outcomes = [{"goal": o.goal.words, "measured": o.measured, "kept": o.kept} for o in judge_results(results, figures)]
    told = {**results.setting, "answers": figures, "requests_per_second": results.rates, "goals": outcomes}
    return json.dumps(told, indent=1) + "\n"


def judge_results(results, figures):
    """Return the outcome of each goal."""
    return judge(Figures(find_medians(figures), results.rates, results.small))


def describe_rows(rows):
    """Return the figures of all questions."""
    figures = [describe_row(row) for row in rows]
    medians = Figures(find_medians(figures), {}, {})
    for row, described in zip(rows, figures, strict=True):
        described["times_hello"] = medians.divide(row.question.name, HELLO)
        described["times_portal"] = medians.divide(row.question.name, row.question.beside)
    return figures


def describe_row(row):
    """Return the figures of one question."""
    last = row.answers[-1]
    return {
        "question": row.question.name,
        "server": row.question.server,
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


def build_markdown(results):
    """Return goals, answers and throughput, what they depend on above and the addresses below."""
    setting, figures = results.setting, describe_rows(results.rows)
    facts = [f"{name}: {join_facts(facts)}" for name, facts in setting.items() if isinstance(facts, dict)]
    programs = setting["rows"]["programs"]
    lines = [
        f"# Benchmark of {setting['day']}",
        "",
        *(f"- {fact}" for fact in facts),
        "",
        "## Goals",
        "",
        "| goal | measured | at 100k | at 1M | here | with pages kept from a reader before |",
        "|---|--:|--:|--:|---|--:|",
        *(build_goal(outcome, programs) for outcome in judge_results(results, figures)),
        "",
        "## Answers",
        "",
        "| question | median ms | p95 ms | × hello | × portal | asked | bytes | status |",
        "|---|--:|--:|--:|--:|--:|--:|---|",
        *(build_line(row) for row in figures),
        "",
        "## Requests per second, 16 connections",
        "",
        *build_rates(results.rates),
        "",
        "## Addresses",
        "",
        *(f"- {row['question']}: `{row['path']}`" for row in figures if row["server"] != "process"),
    ]
    return "\n".join(lines) + "\n"


def build_goal(outcome, programs):
    """Return one line: what was measured, the bounds, and whether the one for so many programs is kept."""
    goal, verdict = outcome.goal, {True: "met", False: "**missed**", None: "–"}[is_met(outcome, programs)]
    bounds = [goal.bounds[size] for size in (HUNDRED_THOUSAND, MILLION)]
    told = [f"{goal.sign} {bound:g}{goal.unit}" if bound else "–" for bound in bounds]
    measured, kept = ("–" if n is None else f"{n:.1f}{goal.unit}" for n in (outcome.measured, outcome.kept))
    return f"| {goal.words} | {measured} | {' | '.join(told)} | {verdict} | {kept} |"


def build_line(row):
    """Return one line of the table; an answer other than 200 says so."""
    status = {200: "200", 0: "**no answer**"}.get(row["status"], f"**{row['status']}**")
    times = ("" if row[key] is None else f"{row[key]:.1f}" for key in ("times_hello", "times_portal"))
    cells = (row["question"], f"{row['median_ms']:.1f}", f"{row['p95_ms']:.1f}", *times, row["asked"], row["bytes"])
    return f"| {' | '.join(map(str, (*cells, status)))} |"


def build_rates(rates):
    """Return the lines about throughput."""
    if not rates:
        return ["Not measured: wrk is not installed."]
    lines = [f"| {name} | {'no answer in time' if rate is None else f'{rate:.1f}'} |" for name, rate in rates.items()]
    return ["| page | requests per second |", "|---|--:|", *lines]


def join_facts(facts):
    """Return a mapping in one line."""
    return ", ".join(
        f"{name} {value:,}" if isinstance(value, int) else f"{name} {value}" for name, value in facts.items()
    )


def find_tools():
    """Return {tool: version} of what is measured beside the portal or measures it, as far as it is installed."""
    told = {"datasette": ask_version(datasette.PROGRAM, "--version"), "wrk": ask_version(shutil.which("wrk"), "-v")}
    return {tool: found for tool, found in told.items() if found}


def ask_version(program, option):
    """Return the number of the version that a program tells, empty without the program."""
    if not program or not Path(program).exists():
        return ""
    told = subprocess.run([program, option], capture_output=True, text=True, check=False)  # noqa: S603 - a tool of ours
    return (re.findall(r"\d+\.\d[\d.]*", told.stdout + told.stderr) or [""])[0]
