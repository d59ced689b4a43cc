"""Typed reading of environment variables.

Each reader either answers with a value or raises a sentence that names the variable and says what is allowed.
An empty variable counts as a missing one, because container tools pass variables on that way.
"""

import os
import re
import secrets
from pathlib import Path

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
ORIGIN = re.compile(r"https?://[^/\s]+")
SECRET_KEY_LENGTH = 50
REQUIRED = object()

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"
# IMMEDIATE and the timeout make a second writer wait instead of failing with "database is locked";
# WAL lets readers go on meanwhile. Django itself turns foreign keys on.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
}
# Limits for a database that does not answer: seconds to connect, milliseconds for sent data to be acknowledged.
# Compiling a query takes PostgreSQL longer than all of ours run: without jit=off, filtered facets took up to 8 s.
POSTGRESQL_OPTIONS = {"connect_timeout": 3, "tcp_user_timeout": 10_000, "options": "-c jit=off"}


class EnvironmentVariableError(ImproperlyConfigured):
    """A variable is missing or has a value that is not allowed."""

    def __init__(self, name: str, problem: str, allowed: str):
        super().__init__(f"Environment variable {name}: {problem}; allowed: {allowed}.")


def read_text(name: str, default=REQUIRED, allowed: str = "any text") -> str:
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is REQUIRED:
        raise EnvironmentVariableError(name, "it is not set", allowed)
    return default


def read_flag(name: str, default: bool) -> bool:
    value = read_text(name, default=None)
    if value is None:
        return default
    if value.lower() not in FLAGS:
        raise EnvironmentVariableError(name, f"{value!r} is neither yes nor no", ", ".join(FLAGS))
    return FLAGS[value.lower()]


def read_number(name: str, default: int, minimum: int, maximum: int) -> int:
    value = read_text(name, default=str(default))
    # isdecimal() alone would let other scripts' digits through, and int() is slow on thousands of digits.
    if not re.fullmatch(r"[0-9]{1,9}", value) or not minimum <= int(value) <= maximum:
        allowed = f"a whole number from {minimum} to {maximum}"
        raise EnvironmentVariableError(name, f"{value!r} is not such a number", allowed)
    return int(value)


def read_list(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Split at commas; white space around a member and empty members do not count."""
    value = read_text(name, default=",".join(default))
    return [member.strip() for member in value.split(",") if member.strip()]


def read_origins(name: str) -> list[str]:
    origins = read_list(name)
    for origin in origins:
        if not ORIGIN.fullmatch(origin):
            allowed = "origins such as https://portal.example.org, separated by commas"
            raise EnvironmentVariableError(name, f"{origin!r} is not an origin", allowed)
    return origins


def read_database(name: str, default: str, base_dir: Path) -> dict:
    """A database of one of the two kinds that the portal is tested on, with the options each of them needs.

    Options in the address's query come last and win.
    """
    url = read_text(name, default=default)
    database = parse_database_url(name, url)
    options = database.setdefault("OPTIONS", {})
    database["CONN_MAX_AGE"] = 60  # to connect takes as long as a tenth of a list
    if database["ENGINE"] == SQLITE:
        database["NAME"] = resolve_sqlite_name(database["NAME"], base_dir)
        database["OPTIONS"] = SQLITE_OPTIONS | options
    else:
        database["OPTIONS"] = POSTGRESQL_OPTIONS | options
        database["CONN_HEALTH_CHECKS"] = True
    return database


def parse_database_url(name: str, url: str) -> dict:
    allowed = "sqlite:///path/to/file or postgres://user:password@host:5432/name"
    try:
        database = dj_database_url.parse(url)
    except ValueError as error:
        # The value stays out of the sentence: it may hold a password.
        raise EnvironmentVariableError(name, "it is not the address of a database", allowed) from error
    if database["ENGINE"] not in (SQLITE, POSTGRESQL):
        raise EnvironmentVariableError(name, f"{database['ENGINE']} is not supported", allowed)
    return dict(database)


def resolve_sqlite_name(name: str, base_dir: Path) -> str:
    """A relative path counts from the project, not from wherever the process was started."""
    if name == ":memory:":
        return name
    path = base_dir / name
    path.parent.mkdir(parents=True, exist_ok=True)
    return str(path)


def read_secret_key(name: str, file: Path, is_required: bool) -> str:
    """The key given; on a developer's machine, one that is made once and kept in `file`."""
    allowed = f"at least {SECRET_KEY_LENGTH} random characters"
    key = read_text(name, default=REQUIRED if is_required else None, allowed=allowed)
    if key is None:
        return read_or_make_key(file)
    if is_required and len(key) < SECRET_KEY_LENGTH:
        raise EnvironmentVariableError(name, f"it has only {len(key)} characters", allowed)
    return key


def read_or_make_key(file: Path) -> str:
    """Several processes may start at once: the first link wins, and no one reads a half-written file."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as stream:
            stream.write(secrets.token_urlsafe(SECRET_KEY_LENGTH))
        try:
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text(encoding="ascii").strip()
