"""docs/api.md: each snippet of the tour runs against a portal, and the page names every parameter."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cooperation.api.filtering import LIST_PARAMETERS
from cooperation.api.finishing import ERRORS
from cooperation.filters import FILTERS, ChangeFilter

PAGE = (Path(__file__).resolve().parents[2] / "docs/api.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```(sh|python)\n(.*?)```", PAGE, re.DOTALL)
SHELL = [code for language, code in SNIPPETS if language == "sh" and "curl" in code]
PYTHON = [code for language, code in SNIPPETS if language == "python"]


def run(portal, *command):
    environment = {"PATH": os.environ["PATH"], "PORTAL": portal, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def read_bodies(text):
    """Return the JSON documents that stand one after the other in `text`."""
    bodies, position = [], 0
    while position < len(text):
        body, position = json.JSONDecoder().raw_decode(text, position)
        bodies.append(body)
    return bodies


def test_each_snippet_is_run():
    assert (len(SHELL), len(PYTHON), len(SNIPPETS)) == (5, 1, 7)


def test_first_steps(portal):
    root, programs = read_bodies(run(portal, "sh", "-euc", SHELL[0]))
    assert root["programs"] == f"{portal}/api/v1/programs/"
    assert len(programs["results"]) == 5
    assert set(programs["results"][0]) == {"id", "name", "stage", "latest_day"}


def test_one_program(portal):
    (program,) = read_bodies(run(portal, "sh", "-euc", SHELL[1]))
    assert program["developments"][0]["citations"][0]["quote"]


def test_another_day(portal):
    programs, program = read_bodies(run(portal, "sh", "-euc", SHELL[2]))
    assert 0 < programs["count"] < 29
    assert {told["reported_on"] <= "2024-12-31" for told in program["developments"]} == {True}


def test_labels_in_ukrainian(portal):
    (programs,) = read_bodies(run(portal, "sh", "-euc", SHELL[3]))
    assert re.search("[а-яії]", programs["results"][0]["stage_label"])


def test_good_copy_is_not_sent_again(portal):
    assert run(portal, "sh", "-euc", SHELL[4]) == "304\n"


def test_table_in_pandas(portal):
    printed = run(portal, sys.executable, "-c", PYTHON[0])
    assert re.search(r"^delivered +\d+$", printed, re.MULTILINE)
    assert re.search(r"^france-ukraine-\S+ +[a-z]+ +\d", printed, re.MULTILINE)


@pytest.mark.parametrize("filterset", [*FILTERS.values(), ChangeFilter], ids=lambda filterset: filterset.noun)
def test_each_parameter_is_in_the_page(filterset):
    missing = [n for n in (*filterset.allowed_parameters(), *LIST_PARAMETERS) if f"`{n}`" not in PAGE]
    assert missing == []


def test_each_error_code_is_in_the_page():
    codes = {example["code"] for example in ERRORS.values()} | {"bad_request", "method_not_allowed"}
    assert [code for code in sorted(codes) if f"`{code}`" not in PAGE] == []
