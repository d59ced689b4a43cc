"""A portal as its users meet it: gunicorn with the settings of a server, collected files and the fixtures."""

import fcntl
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
STOP_SECONDS = 10
DATABASE = "test_journeys"
STAFF = {"DJANGO_SUPERUSER_USERNAME": "editor", "DJANGO_SUPERUSER_PASSWORD": "a-password-for-journeys"}


@contextmanager
def hold_lock(folder):
    """Let one process at a time into `folder`: the workers of a test run share what is made there."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


@contextmanager
def serve(folder, is_postgresql, name=DATABASE):
    """Serve a portal made in `folder`, on PostgreSQL with the database `name`, and yield its address.

    The first worker of a test run makes the database and collects the files, every worker has a gunicorn of its own on
    them, and the last one to leave drops the database.
    """
    environment = {**clean_environment(), **STAFF, "DATABASE_URL": name_database(folder, is_postgresql, name)}
    environment |= {"STATIC_ROOT": str(folder / "static"), "WEB_CONCURRENCY": "1", "WEB_THREADS": "4"}
    # Who judges the API asks more often than anybody who reads it.
    environment |= {"PORTAL_API_QUOTA": "0", "PORTAL_API_READER_QUOTA": "0"}
    user = folder / f"{os.getpid()}.user"
    with hold_lock(folder):
        prepare(folder, environment, name if is_postgresql else None)
        user.touch()
    try:
        with run_gunicorn(folder, environment) as address:
            yield address
    finally:
        with hold_lock(folder):
            user.unlink()
            if is_postgresql and not list(folder.glob("*.user")):
                drop_database(name)
                (folder / "ready").unlink()


def clean_environment():
    """Return the environment without what pytest or a developer has set in it for other purposes."""
    own = ("PYTEST", "PORTAL_", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "CSRF_", "DJANGO_", "HOST", "PORT")
    return {name: value for name, value in os.environ.items() if not name.startswith(own)}


def name_database(folder, is_postgresql, name=DATABASE):
    """Return the address of the journeys' database: a file in `folder`, or a neighbour of the tests' own database."""
    return name_neighbour(name) if is_postgresql else f"sqlite:///{folder}/portal.sqlite3"


def name_neighbour(name):
    """Return DATABASE_URL with another database of the same server."""
    return re.sub(r"(?<=/)[^/?]*(?=\?|$)", name, os.environ["DATABASE_URL"], count=1)


def drop_database(name):
    """Drop a database of the journeys, also where a run that was killed has left it in use."""
    with psycopg.connect(name_neighbour("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def create_database(name):
    """Create an empty database for the journeys."""
    drop_database(name)
    with psycopg.connect(name_neighbour("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")


def prepare(folder, environment, database):
    """Make the database, on PostgreSQL the one of that name, and the collected files, once."""
    ready = folder / "ready"
    if ready.exists():
        return
    if database:
        create_database(database)
    manage(environment, "prepare")
    manage(environment, "collectstatic", "--no-input", "--verbosity", "0")
    ready.touch()


def manage(environment, *arguments):
    """Run a management command and return what it prints; raise RuntimeError with all of it if it fails."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


@contextmanager
def run_gunicorn(folder, environment):
    """Run gunicorn as script/server does, yield its address, and end it whatever happens."""
    port = find_free_port()
    log = folder / f"gunicorn-{os.getpid()}.log"
    command = [sys.executable, "-m", "gunicorn", "-c", "portal/gunicorn.conf.py", "portal.wsgi"]
    with log.open("w") as stream:
        process = subprocess.Popen(command, cwd=ROOT, env={**environment, "PORT": str(port)}, stderr=stream)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", process, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        end(process)


def find_free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until_ready(address, process, log):
    """Return when the portal answers; raise RuntimeError with its log if it ends or takes too long."""
    end_of_patience = time.monotonic() + START_SECONDS
    while time.monotonic() < end_of_patience and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError(f"gunicorn does not answer; its log says:\n{log.read_text()}")


def end(process):
    """End a process, by force if it does not want to."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
