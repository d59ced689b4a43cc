"""Tools of others that judge the API or generate programs that read it: pinned, and apart from our own dependencies.

Each set lies in a folder below var/tools that is named after what it has, so that it is installed once.
"""

import json
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from tests.journeys.serving import hold_lock

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ["schemathesis==4.32.5", "openapi-python-client==0.29.1", "openapi-spec-validator==0.9.0"]
NODE = {"openapi-typescript": "7.13.0", "typescript": "5.9.3"}


def install_python_tools():
    """Return the folder of their commands."""
    folder = ROOT / "var/tools" / f"python-{_digest(PYTHON)}"
    with hold_lock(folder):
        if not (folder / "ready").exists():
            run([sys.executable, "-m", "venv", "--clear", folder / "venv"])
            run([folder / "venv/bin/python", "-m", "pip", "install", "--quiet", *PYTHON])
            (folder / "ready").touch()
    return folder / "venv/bin"


def install_node_tools():
    """Return the folder with their `node_modules`; skip the test where there is no Node."""
    if not shutil.which("npm"):
        pytest.skip("Node is not there: TypeScript types are checked where it is")
    folder = ROOT / "var/tools" / f"node-{_digest(NODE)}"
    with hold_lock(folder):
        if not (folder / "ready").exists():
            (folder / "package.json").write_text(json.dumps({"private": True, "dependencies": NODE}))
            run(["npm", "install", "--no-audit", "--no-fund", "--silent", "--prefix", folder], cwd=folder)
            (folder / "ready").touch()
    return folder


def run(command, **options):
    """Return what a command prints; fail with all of it if it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)
    if done.returncode:
        told = f"{done.stdout[-8000:]}{done.stderr[-2000:]}"
        pytest.fail(f"{command[0]} ended with {done.returncode}:\n{told}", pytrace=False)
    return done.stdout


def _digest(pins):
    return sha256(repr(pins).encode()).hexdigest()[:12]
