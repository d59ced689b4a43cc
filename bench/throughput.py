"""How many requests a server answers in a second when sixteen readers ask at once, by wrk."""

import re
import shutil
import subprocess

from bench.questions import ADMIN_LIST, DATASETTE_LIST, HELLO, KEPT, LIST, TUTORIAL_LIST
from bench.server import ANEW, HOST, Client

PRESSED = (HELLO, LIST, KEPT[LIST], TUTORIAL_LIST, ADMIN_LIST, DATASETTE_LIST)
CONNECTIONS = 16
PATIENCE = 60  # seconds beyond those that it may ask


def press_all(servers, questions, seconds):
    """Return {question: requests per second, None without an answer} for those of `PRESSED` that are asked.

    `servers` are functions by name. Each page has a server started for it: what others left undone would take its time.
    """
    wrk, rates = shutil.which("wrk"), {}
    for question in questions:
        if wrk and question.name in PRESSED and question.server in servers:
            with servers[question.server]() as port:
                Client(port).ask(question.path, question.is_kept)
                rates[question.name] = press(wrk, port, question, seconds)
    return rates


def press(wrk, port, question, seconds):
    """Return the requests answered in a second, None if none was in time, or not all were answered well."""
    headers = [] if question.is_kept else [f"-H{name}: {value}" for name, value in ANEW.items()]
    address = f"http://{HOST}:{port}{question.path}"
    command = [wrk, "-t2", f"-c{CONNECTIONS}", f"-d{seconds}s", f"--timeout={PATIENCE}s", *headers, address]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=seconds + PATIENCE, check=True)  # noqa: S603 - nothing of it comes from outside
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return None
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told.stdout)
    if not rate or "Non-2xx" in told.stdout:
        return None
    return float(rate[1]) or None
