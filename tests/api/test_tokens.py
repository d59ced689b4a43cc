"""Who is let in with a token, to what, and what caches and logs are told of it."""

import datetime
import logging
import statistics
import time

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.permissions import IsAuthenticated
from rest_framework.views import APIView

from cooperation import tokens
from cooperation.api.tokens import MayRead
from cooperation.models import ApiToken
from tests import factories
from tests.api.test_article_text import full_text

__all__ = ["full_text"]

BUNDLE = "publishers:\n  - {id: herald, name: Herald, kind: press}\n"
UNKNOWN = {"detail": "There is no such token.", "code": "invalid_token"}


def read(client, headers, path="parties/france/"):
    response = client.get(f"/api/v1/{path}", headers=headers)
    return response.status_code, response.json()


@pytest.mark.parametrize("form", ["Bearer {}", "bearer {}", "BEARER {}", "  Bearer   {}  "])
def test_header_is_read_forgivingly(world, client, make_key, form):
    text = make_key()["authorization"].removeprefix("Bearer ")
    assert read(client, {"authorization": form.format(text)})[0] == 200


def find_headers(response):
    """Return the headers but for the running count of requests."""
    return {name: value for name, value in response.headers.items() if name != "RateLimit"}


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Bearer", "invalid_token"),
        ("Bearer ", "invalid_token"),
        ("Bearer nonsense", "invalid_token"),
        ("Bearer cp_00000000_" + "0" * 64, "invalid_token"),
        ("Bearer cp_a b", "invalid_token"),
        ("Bearer é", "invalid_token"),
        ("Basic YWRtaW46YWRtaW4=", "unknown_scheme"),
        ("Token abc", "unknown_scheme"),
        ("cp_00000000_" + "0" * 64, "unknown_scheme"),
    ],
)
@pytest.mark.parametrize("path", ["parties/france/", "parties/", "bundles/", "codes/", ""])
def test_header_that_opens_nothing_is_refused(world, client, header, code, path):
    response = client.get(f"/api/v1/{path}", headers={"authorization": header})
    assert (response.status_code, response.json()["code"]) == (401, code)
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.headers["Cache-Control"] == "no-store"


def test_empty_header_counts_as_none(world, client):
    assert read(client, {"authorization": ""})[0] == 200


def test_wrong_secret_answers_exactly_as_an_unknown_prefix(world, client, make_key):
    text = make_key()["authorization"]
    wrong = read(client, {"authorization": text[:-64] + "0" * 64})
    unknown = read(client, {"authorization": "Bearer cp_00000000_" + "0" * 64})
    assert wrong == unknown == (401, UNKNOWN)


def test_dead_tokens_say_why(world, client, make_key):
    headers = make_key()
    token = ApiToken.objects.get()
    token.expires = timezone.now().date() - datetime.timedelta(days=1)
    token.save()
    assert read(client, headers) == (401, {"detail": "This token has expired.", "code": "expired_token"})
    tokens.revoke(ApiToken.objects.all())
    assert read(client, headers) == (401, {"detail": "This token was revoked.", "code": "revoked_token"})


@pytest.mark.parametrize("lost", ["is_active", "is_staff"])
def test_token_dies_with_the_rank_of_its_owner(world, client, make_key, make_owner, lost):
    owner = make_owner(is_superuser=True)
    headers = make_key(owner=owner)
    assert read(client, headers)[0] == 200
    setattr(owner, lost, False)
    owner.save()
    assert read(client, headers) == (401, {"detail": "This token was revoked.", "code": "revoked_token"})


# Who asks -> what reading, loading and publishing answer. Rights are those of the owner.
ALL_RIGHTS = ("add_publisher", "change_publisher", "change_party")
MATRIX = {
    "nobody": (None, (), (200, 401, 401)),
    "no rights, all scopes": ((), ("read", "load", "publish"), (200, 403, 403)),
    "rights, read": (ALL_RIGHTS, ("read",), (200, 403, 403)),
    "rights, load": (ALL_RIGHTS, ("load",), (403, 200, 403)),
    "rights, publish": (ALL_RIGHTS, ("publish",), (403, 403, 200)),
    "rights, read and load": (ALL_RIGHTS, ("read", "load"), (200, 200, 403)),
    "rights, all scopes": (ALL_RIGHTS, ("read", "load", "publish"), (200, 200, 200)),
    "other rights, all scopes": (("view_publisher", "view_party"), ("read", "load", "publish"), (200, 403, 403)),
}


@pytest.mark.parametrize("who", MATRIX)
def test_scopes_and_rights_decide_together(world, client, make_key, make_owner, who):
    rights, scopes, expected = MATRIX[who]
    headers = {} if rights is None else make_key(*scopes, owner=make_owner(*rights))
    etag = client.get("/api/v1/parties/france/", headers=make_key()).headers["ETag"]
    reading = client.get("/api/v1/parties/france/", headers=headers)
    loading = client.post("/api/v1/bundles/?dry_run=false", BUNDLE, "application/yaml", headers=headers)
    publishing = client.patch(
        "/api/v1/parties/france/", '{"state": "published"}', "application/json", headers={**headers, "if-match": etag}
    )
    assert (reading.status_code, loading.status_code, publishing.status_code) == expected


@pytest.mark.parametrize("with_csrf", [False, True])
def test_session_cannot_write(world, admin_user, with_csrf):
    client = Client(enforce_csrf_checks=not with_csrf)
    client.force_login(admin_user)
    for response in (
        client.post("/api/v1/bundles/?dry_run=false", BUNDLE, "application/yaml"),
        client.patch("/api/v1/parties/france/", '{"state": "withdrawn"}', "application/json"),
    ):
        assert (response.status_code, response.json()["code"]) == (401, "not_authenticated")
        assert response.headers["WWW-Authenticate"] == "Bearer"


def test_token_wins_over_the_session(world, admin_client, make_key, make_owner):
    headers = make_key("load", owner=make_owner())
    body = {"detail": "This token is not made for that; it needs the scope “read”.", "code": "insufficient_scope"}
    assert read(admin_client, headers) == (403, body)


def test_answers_to_a_token_are_private(world, client, make_key):
    for path in ("", "parties/", "parties/france/", "programs/facets/", "codes/", "bundles/", "search/?q=rocket"):
        public = client.get(f"/api/v1/{path}")
        private = client.get(f"/api/v1/{path}", headers=make_key())
        assert (path, private.status_code, private.headers["Cache-Control"]) == (path, 200, "no-cache, private")
        for response in (public, private):
            assert "Authorization" in response.headers["Vary"].split(", ")


def test_answer_to_nobody_is_the_same_whether_tokens_exist(world, client, make_key):
    before = client.get("/api/v1/parties/france/")
    make_key()
    after = client.get("/api/v1/parties/france/")
    assert (before.content, find_headers(before)) == (after.content, find_headers(after))
    assert "-" not in after.headers["ETag"]  # as the version of a record has it
    assert "state" not in after.json()


def test_reading_token_reads_full_texts(full_text, client, make_key, make_owner):
    shown = read(client, make_key("read", owner=make_owner()), "articles/report/")[1]
    assert (shown["text"], shown["text_kind"]) == (full_text.text, "full")


def test_reading_token_opens_a_closed_portal(world, client, make_key, make_owner, monkeypatch):
    monkeypatch.setattr(APIView, "permission_classes", [IsAuthenticated, MayRead])  # as PORTAL_LOGIN_REQUIRED does
    closed = client.get("/api/v1/parties/france/")
    assert (closed.status_code, closed.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert read(client, make_key("read", owner=make_owner()))[0] == 200
    assert read(client, make_key("load", owner=make_owner()))[0] == 403


@pytest.mark.parametrize("path", ["/parties.csv", "/parties.json", "/parties.atom"])
def test_reading_token_opens_files_of_a_closed_portal(world, client, make_key, make_owner, monkeypatch, path):
    monkeypatch.setattr(APIView, "permission_classes", [IsAuthenticated, MayRead])  # as PORTAL_LOGIN_REQUIRED does
    assert client.get(path).headers["Location"] == f"/accounts/login/?next={path}"
    assert client.get(path, headers=make_key("load")).status_code == 403
    assert client.get(path, headers={"authorization": "Bearer nonsense"}).json()["code"] == "invalid_token"
    answer = client.get(path, headers=make_key("read", owner=make_owner()))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache, private")
    answer.getvalue()  # the client closes what it has read to its end


def test_token_is_in_no_log(world, client, make_key, caplog):
    headers = make_key("read")
    with caplog.at_level(logging.DEBUG):
        client.get("/api/v1/parties/france/", headers=headers)
        client.post("/api/v1/bundles/", BUNDLE, "application/yaml", headers=headers)
        client.get("/api/v1/parties/nothing/", headers=headers)
    assert caplog.text
    assert headers["authorization"].rpartition("_")[2] not in caplog.text


def test_unknown_and_wrong_take_alike(world, client, make_key):
    """Generous: the figure is told, not held; the queries are, in tests/test_tokens.py."""
    text = make_key()["authorization"]
    texts = {"wrong": text[:-64] + "0" * 64, "unknown": "Bearer cp_00000000_" + "0" * 64}
    taken = {name: [] for name in texts}
    for _ in range(20):
        for name, header in texts.items():
            started = time.perf_counter()
            read(client, {"authorization": header})
            taken[name].append(time.perf_counter() - started)
    medians = [statistics.median(times) for times in taken.values()]
    assert max(medians) < 5 * min(medians)


def test_draft_answers_readers_exactly_as_an_unknown_id(world, client, make_key, make_owner):
    factories.make_party(slug="secret")
    keys = [
        {},
        make_key("read"),
        make_key("read", "load"),
        make_key("read", "publish", owner=make_owner("view_party", "change_system")),
    ]
    for headers in keys:
        draft, unknown = (client.get(f"/api/v1/parties/{slug}/", headers=headers) for slug in ("secret", "nothin"))
        assert draft.status_code == 404
        assert (draft.content, find_headers(draft)) == (unknown.content, find_headers(unknown))
