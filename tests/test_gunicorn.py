"""Where and how the application server listens."""

import runpy
from pathlib import Path

import pytest

from portal.env import EnvironmentVariableError

CONFIG = Path(__file__).resolve().parent.parent / "portal" / "gunicorn.conf.py"


@pytest.fixture
def read_config(monkeypatch):
    """Answers with gunicorn's settings under the given variables and no others."""

    def read(**variables):
        for name in ("HOST", "PORT", "WEB_CONCURRENCY", "WEB_THREADS"):
            monkeypatch.delenv(name, raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(CONFIG))

    return read


def test_gunicorn_listens_on_this_machine_only(read_config):
    config = read_config()
    assert config["bind"] == "127.0.0.1:8000"
    assert config["control_socket_disable"] is True
    assert config["accesslog"] is None


def test_gunicorn_obeys_variables(read_config):
    config = read_config(HOST="::1", PORT="8080", WEB_CONCURRENCY="3", WEB_THREADS="7")
    assert (config["bind"], config["workers"], config["threads"]) == ("[::1]:8080", 3, 7)


def test_gunicorn_refuses_an_impossible_port(read_config):
    with pytest.raises(EnvironmentVariableError) as raised:
        read_config(PORT="80000")
    assert str(raised.value) == (
        "Environment variable PORT: '80000' is not such a number; allowed: a whole number from 1 to 65535."
    )
