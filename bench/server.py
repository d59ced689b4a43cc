"""Servers, each for as long as it is asked, and the client that asks them."""

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

HOST = "127.0.0.1"
WORKERS = 2
ANEW = {"Cache-Control": "no-cache"}
LOG = Path("var/bench/server.log")
START, END, ANSWER = 60, 40, 120  # seconds that each may take; gunicorn gives its workers 30 to end


class Answer(NamedTuple):
    """How long it took, the status (0: no answer in time) and the number of bytes."""

    seconds: float
    status: int
    size: int


class Client:
    """Asks one thing at a time over a connection that is kept open."""

    def __init__(self, port):
        """Connect at the first question."""
        self.connection = http.client.HTTPConnection(HOST, port, timeout=ANSWER)

    def renew(self):
        """Have the next question come over a new connection."""
        self.connection.close()

    def ask(self, path, is_kept=False):
        """Return the `Answer`, that of a reader before if it may be (`is_kept`).

        If the server closed the connection meanwhile, it is opened anew.
        """
        headers = {"Accept": "*/*"} | ({} if is_kept else ANEW)
        try:
            return self._ask(path, headers)
        except (ConnectionError, http.client.BadStatusLine):
            self.connection.close()
            return self._ask(path, headers)

    def _ask(self, path, headers):
        started = time.perf_counter()
        try:
            self.connection.request("GET", path, headers=headers)
            response = self.connection.getresponse()
            size = len(response.read())
        except TimeoutError:
            self.connection.close()
            return Answer(time.perf_counter() - started, 0, 0)
        return Answer(time.perf_counter() - started, response.status, size)


def serve_django(settings, application):
    """Start gunicorn as `script/server` does, with two workers."""
    command = [sys.executable, "-m", "gunicorn", "-c", "portal/gunicorn.conf.py", application]
    environment = {"HOST": HOST, "WEB_CONCURRENCY": str(WORKERS), "DJANGO_SETTINGS_MODULE": settings}
    return serve(lambda port: command, environment)


@contextmanager
def serve(build_command, environment):
    """Start what `build_command` returns for a free port; yield the port, and end it."""
    port = find_free_port()
    environment = {**os.environ, **environment, "PORT": str(port)}
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - nothing of it comes from outside
            build_command(port), env=environment, stdout=log, stderr=log
        )
    try:
        wait_until_up(process, port)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(END)
        except subprocess.TimeoutExpired:
            process.kill()


def find_free_port():
    """Return a port that nobody listened on a moment ago."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        return listener.getsockname()[1]


def wait_until_up(process, port):
    """Return when the server answers; raise RuntimeError if it ends or stays silent."""
    until = time.monotonic() + START
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as caller:
            if caller.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"a server did not start; {LOG} says why")
