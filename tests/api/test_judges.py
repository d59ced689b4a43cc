"""Schemathesis, which makes up requests from the description and holds the answers against it."""

import re
from pathlib import Path

import pytest

from tests.api.tools import install_python_tools, run
from tests.journeys.serving import STAFF, clean_environment, manage, name_database, serve

# Two of its checks cannot hold: an id that is well written but not there is refused with 400, by contract, and a
# parameter that is given without a value counts as not given, as forms send it.
EXCLUDED = "positive_data_acceptance,negative_data_rejection"
CONFIG = Path(__file__).with_name("schemathesis.toml")
OPERATIONS = 34
DATABASE = "test_judged"
MAKE_TOKEN = f"""
from django.contrib.auth import get_user_model
from tests.factories import make_token

owner = get_user_model().objects.get(username="{STAFF["DJANGO_SUPERUSER_USERNAME"]}")
print(make_token(owner)[1])
"""


@pytest.fixture
def own_portal(tmp_path, is_postgresql):
    """A portal that nobody else reads, because it is written to: its address, and a token for everything."""
    folder = tmp_path / "portal"
    with serve(folder, is_postgresql, DATABASE) as address:
        environment = clean_environment() | {"DATABASE_URL": name_database(folder, is_postgresql, DATABASE)}
        yield address, manage(environment, "shell", "--verbosity", "0", "--command", MAKE_TOKEN).strip()


def judge(portal, folder, *arguments):
    """Run schemathesis over all operations; the test fails with what it tells if it finds anything."""
    command = [install_python_tools() / "st", "--config-file", CONFIG, "run", f"{portal}/api/schema/", "--url", portal]
    command += arguments
    command += [
        "--exclude-checks",
        EXCLUDED,
        "--max-examples",
        "3",
        "--seed",
        "1",
        "--no-color",
        "--request-timeout",
        "60",
    ]
    told = run(command, cwd=folder)
    assert f"Tested: {OPERATIONS}" in told
    assert re.search(r"Test cases:\s+\d+ generated, \d+ passed", told)


# A run takes minutes, so there is one on each database; with a token, which reaches what is stored, on PostgreSQL: it
# refuses more than SQLite.


def test_schemathesis_finds_nothing_without_a_token(portal, tmp_path, is_postgresql):
    if is_postgresql:
        pytest.skip("judged on SQLite; on PostgreSQL with a token")
    judge(portal, tmp_path)


def test_schemathesis_finds_nothing_with_a_token(is_postgresql, request, tmp_path):
    if not is_postgresql:
        pytest.skip("judged on PostgreSQL; on SQLite without a token")
    address, token = request.getfixturevalue("own_portal")
    judge(address, tmp_path, "--header", f"Authorization: Bearer {token}")
