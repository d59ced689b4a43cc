"""Other sites may read the API, without a reader's cookies, and nothing else."""

import pytest
from django.test import override_settings

ELSEWHERE = "https://elsewhere.example"


def ask(client, path, method="get", **headers):
    return getattr(client, method)(path, headers={"origin": ELSEWHERE, **headers})


@pytest.mark.parametrize(
    "path",
    [
        *("/api/v1/codes/", "/api/v1/programs/?colour=red", "/api/v1/nothing/", "/api/schema/"),
        *("/programs.csv", "/uk/articles.csv", "/parties.json?page=9", "/fr/programs/rockets.atom"),
    ],
)
def test_any_site_reads(db, client, path):
    answer = ask(client, path)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers
    exposed = answer.headers["Access-Control-Expose-Headers"]
    assert exposed == "ETag, Last-Modified, Link, RateLimit, RateLimit-Policy, Retry-After"


def test_browser_is_told_beforehand_what_it_may_send(db, client):
    asked = {"access-control-request-method": "GET", "access-control-request-headers": "if-none-match"}
    answer = ask(client, "/api/v1/codes/", "options", **asked)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    allowed = answer.headers["Access-Control-Allow-Headers"].split(", ")
    assert {"authorization", "if-none-match", "accept-language"} <= set(allowed)


@pytest.mark.parametrize("path", ["/", "/programs/", "/programs/?q=.csv", "/admin/login/", "/accounts/login/"])
def test_pages_are_not_shared(db, client, path):
    assert "Access-Control-Allow-Origin" not in ask(client, path).headers


@override_settings(CORS_ALLOW_ALL_ORIGINS=False, CORS_ALLOWED_ORIGINS=[ELSEWHERE])
def test_named_sites_alone_read_where_some_are_named(db, client):
    assert ask(client, "/api/v1/codes/").headers["Access-Control-Allow-Origin"] == ELSEWHERE
    stranger = ask(client, "/api/v1/codes/", origin="https://stranger.example")
    assert "Access-Control-Allow-Origin" not in stranger.headers
    assert "origin" in stranger.headers["Vary"]
