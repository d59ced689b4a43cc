"""The environment decides, loudly; what browsers are told; what production and a closed portal change."""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import override_settings

from portal import env

ROOT = Path(__file__).resolve().parent.parent
KEY = "k3yOfTheTests" * 4
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def run_python(*arguments, **variables):
    """A process of its own, as settings are read once; none of the tests' own variables reach it."""
    base = {"PATH": os.environ["PATH"], "SECRET_KEY": KEY, "DATABASE_URL": "sqlite://:memory:"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=base | variables, capture_output=True, text=True, check=False
    )


def read_settings(*names, **variables):
    code = f"import json; from portal import settings; print(json.dumps([getattr(settings, n) for n in {names!r}]))"
    result = run_python("-c", code, **variables)
    assert result.stderr == ""
    return json.loads(result.stdout)


def ask_portal(*paths, **variables):
    """Status and target of each path, asked without an account."""
    code = (
        "import json, django; django.setup(); from django.test import Client\n"
        f"answers = [Client().get(path) for path in {paths!r}]\n"
        "print(json.dumps([[a.status_code, a.headers.get('Location')] for a in answers]))"
    )
    # The version stands for a test run: no static files have been collected.
    names = {"DJANGO_SETTINGS_MODULE": "portal.settings", "ALLOWED_HOSTS": "testserver", "PYTEST_VERSION": "9"}
    result = run_python("-c", code, **names, **variables)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture
def variable(monkeypatch):
    """Sets the one variable that these tests read."""
    monkeypatch.delenv("PORTAL_TEST", raising=False)
    return lambda value: monkeypatch.setenv("PORTAL_TEST", value)


def test_text_given(variable):
    variable("  CC BY 4.0 ")
    assert env.read_text("PORTAL_TEST") == "CC BY 4.0"


def test_text_missing_takes_default(variable):
    assert env.read_text("PORTAL_TEST", default="x") == "x"


def test_text_empty_counts_as_missing(variable):
    variable("  ")
    with pytest.raises(env.EnvironmentVariableError) as raised:
        env.read_text("PORTAL_TEST", allowed="a word")
    assert str(raised.value) == "Environment variable PORTAL_TEST: it is not set; allowed: a word."


@pytest.mark.parametrize(
    ("value", "expected"), [("true", True), ("YES", True), ("1", True), ("False", False), ("0", False)]
)
def test_flag_given(variable, value, expected):
    variable(value)
    assert env.read_flag("PORTAL_TEST", default=not expected) is expected


def test_flag_missing_takes_default(variable):
    assert env.read_flag("PORTAL_TEST", default=True) is True


def test_flag_misspelt(variable):
    variable("treu")
    with pytest.raises(env.EnvironmentVariableError) as raised:
        env.read_flag("PORTAL_TEST", default=False)
    assert str(raised.value) == (
        "Environment variable PORTAL_TEST: 'treu' is neither yes nor no; allowed: true, yes, 1, false, no, 0."
    )


def test_number_given(variable):
    variable("65535")
    assert env.read_number("PORTAL_TEST", default=1, minimum=1, maximum=65535) == 65535


@pytest.mark.parametrize("value", ["0", "65536", "-1", "8e3", "80.0", "٨٠٠٠", "9" * 5000])
def test_number_not_allowed(variable, value):
    variable(value)
    with pytest.raises(env.EnvironmentVariableError) as raised:
        env.read_number("PORTAL_TEST", default=1, minimum=1, maximum=65535)
    assert str(raised.value) == (
        f"Environment variable PORTAL_TEST: {value!r} is not such a number; allowed: a whole number from 1 to 65535."
    )


def test_list_given_drops_blanks(variable):
    variable(" a.example.org, ,b.example.org,")
    assert env.read_list("PORTAL_TEST", default=("localhost",)) == ["a.example.org", "b.example.org"]


def test_list_missing_takes_default(variable):
    assert env.read_list("PORTAL_TEST", default=("localhost", "127.0.0.1")) == ["localhost", "127.0.0.1"]


def test_origins_given(variable):
    variable("https://a.example.org,http://localhost:8000")
    assert env.read_origins("PORTAL_TEST") == ["https://a.example.org", "http://localhost:8000"]


def test_origins_without_scheme(variable):
    variable("a.example.org")
    with pytest.raises(env.EnvironmentVariableError) as raised:
        env.read_origins("PORTAL_TEST")
    assert str(raised.value) == (
        "Environment variable PORTAL_TEST: 'a.example.org' is not an origin; "
        "allowed: origins such as https://portal.example.org, separated by commas."
    )


def test_database_sqlite_relative_to_project(variable, tmp_path):
    variable("sqlite:///data/portal.sqlite3")
    database = env.read_database("PORTAL_TEST", default="", base_dir=tmp_path)
    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == str(tmp_path / "data" / "portal.sqlite3")
    assert database["OPTIONS"] == {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
    }
    assert database["CONN_MAX_AGE"] == 60


def test_database_postgresql_options_in_query_win(variable, tmp_path):
    variable("postgres://reader:p%40ss@db.example.org:5433/portal?connect_timeout=9&sslmode=require")
    database = env.read_database("PORTAL_TEST", default="", base_dir=tmp_path)
    assert database == {
        "ENGINE": "django.db.backends.postgresql",
        "USER": "reader",
        "PASSWORD": "p@ss",
        "HOST": "db.example.org",
        "PORT": 5433,
        "NAME": "portal",
        "OPTIONS": {"connect_timeout": 9, "tcp_user_timeout": 10_000, "options": "-c jit=off", "sslmode": "require"},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": False,
    }


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("postgres://portal:secret@host:port/portal", "it is not the address of a database"),
        ("portal.sqlite3", "it is not the address of a database"),
        ("mysql://portal:secret@localhost/portal", "django.db.backends.mysql is not supported"),
    ],
)
def test_database_not_allowed(variable, tmp_path, url, problem):
    variable(url)
    with pytest.raises(env.EnvironmentVariableError) as raised:
        env.read_database("PORTAL_TEST", default="", base_dir=tmp_path)
    assert str(raised.value) == (
        f"Environment variable PORTAL_TEST: {problem}; "
        "allowed: sqlite:///path/to/file or postgres://user:password@host:5432/name."
    )


def test_secret_key_is_made_once_for_the_owner_only(variable, tmp_path):
    file = tmp_path / "var" / "secret_key"
    first = env.read_secret_key("PORTAL_TEST", file=file, is_required=False)
    assert env.read_secret_key("PORTAL_TEST", file=file, is_required=False) == first
    assert len(first) >= 50
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["secret_key"]


def test_secret_key_missing_in_production(variable, tmp_path):
    with pytest.raises(env.EnvironmentVariableError) as raised:
        env.read_secret_key("PORTAL_TEST", file=tmp_path / "key", is_required=True)
    assert str(raised.value) == (
        "Environment variable PORTAL_TEST: it is not set; allowed: at least 50 random characters."
    )
    assert not (tmp_path / "key").exists()


def test_secret_key_short_in_production(variable, tmp_path):
    variable("changeme")
    with pytest.raises(env.EnvironmentVariableError) as raised:
        env.read_secret_key("PORTAL_TEST", file=tmp_path / "key", is_required=True)
    assert str(raised.value) == (
        "Environment variable PORTAL_TEST: it has only 8 characters; allowed: at least 50 random characters."
    )


@pytest.mark.parametrize("path", ["/healthz", "/admin/login/", "/api/docs/", "/no-such-page"])
@pytest.mark.django_db
def test_csp_on_every_answer(client, path):
    assert client.get(path).headers["Content-Security-Policy"] == POLICY


@pytest.mark.parametrize("path", ["/admin/login/", "/api/docs/"])
@pytest.mark.django_db
def test_csp_allows_all_that_the_page_holds(client, path):
    page = client.get(path).content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert page.count("<script") == page.count("<script src=") + page.count('<script id="') > 0


@override_settings(DEBUG=True)
def test_csp_spares_the_debug_page(client):
    assert "Content-Security-Policy" not in client.get("/no-such-page").headers


def test_production_passes_the_deployment_check():
    result = run_python(
        *("manage.py", "check", "--deploy", "--fail-level", "WARNING"),
        PORTAL_PRODUCTION="true",
        ALLOWED_HOSTS="portal.example.org",
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "System check identified no issues (0 silenced).\n"


def test_production_without_secret_key_does_not_start():
    result = run_python("manage.py", "check", PORTAL_PRODUCTION="true", SECRET_KEY="")
    assert result.returncode == 1
    assert result.stderr.endswith(
        "Environment variable SECRET_KEY: it is not set; allowed: at least 50 random characters.\n"
    )


def test_production_with_debug_does_not_start():
    result = run_python("manage.py", "check", PORTAL_PRODUCTION="true", DEBUG="true")
    assert result.returncode == 1
    assert result.stderr.endswith(
        "Environment variable DEBUG: it is on while PORTAL_PRODUCTION is on; allowed: one of the two.\n"
    )


def test_production_cookies_are_bound_to_the_host():
    names = ("SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE")
    assert read_settings(*names, PORTAL_PRODUCTION="true") == ["__Host-sessionid", True, "__Host-csrftoken", True]


def test_production_health_answers_without_https():
    answers = ask_portal("/healthz", "/admin/login/", PORTAL_PRODUCTION="true")
    assert answers == [[200, None], [301, "https://testserver/admin/login/"]]


def test_proxy_header_is_believed_only_when_told():
    code = "from portal import settings; print(getattr(settings, 'SECURE_PROXY_SSL_HEADER', None))"
    assert run_python("-c", code, PORTAL_PRODUCTION="true").stdout == "None\n"
    told = run_python("-c", code, PORTAL_PRODUCTION="true", PORTAL_TRUST_PROXY="true")
    assert told.stdout == "('HTTP_X_FORWARDED_PROTO', 'https')\n"


def test_login_required_closes_all_but_login_and_health():
    answers = ask_portal("/healthz", "/admin/login/", "/", "/api/schema/", "/api/docs/", PORTAL_LOGIN_REQUIRED="true")
    assert answers == [[200, None], [200, None], [302, "/accounts/login/?next=/"], [401, None], [401, None]]


def test_login_required_closes_files_feeds_and_sitemap_as_it_does_pages():
    closed = ["/programs.csv?q=a", "/fr/programs.xlsx", "/articles.json", "/parties.atom", "/programs/x.atom"]
    closed += ["/sitemap.xml", "/sitemap-programs.xml", "/about/data/", "/articles/x.bib"]
    answers = ask_portal(*closed, "/robots.txt", PORTAL_LOGIN_REQUIRED="true")
    places = [f"{'/fr' if path.startswith('/fr') else ''}/accounts/login/?next={quote(path)}" for path in closed]
    assert answers == [*([302, place] for place in places), [200, None]]


def test_no_login_required_leaves_the_api_open():
    assert ask_portal("/api/docs/") == [[200, None]]
