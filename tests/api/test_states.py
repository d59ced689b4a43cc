"""`PATCH {state}`: what was seen is published or withdrawn, by the ledger's rules, and by those who may."""

import json

import pytest

from cooperation import ledger
from cooperation.choices import State
from cooperation.models import Party
from tests import factories

NOUNS = {
    "parties": factories.make_party,
    "systems": factories.make_system,
    "instruments": factories.make_instrument,
    "publishers": factories.make_publisher,
}


@pytest.fixture
def send(client, make_key):
    """Return a function that changes a state, with the version just read unless told otherwise."""
    everything = make_key()

    def patch(path, body, *, headers=everything, etag=None, media_type="application/json"):
        address = f"/api/v1/{path}"
        if etag is None:
            etag = client.get(address.partition("?")[0], headers=everything).headers.get("ETag", '"none-0"')
        sent = body if isinstance(body, str | bytes) else json.dumps(body)
        return client.patch(address, sent, media_type, headers={**headers, **({"if-match": etag} if etag else {})})

    return patch


def state_of(record):
    record.refresh_from_db()
    return record.state


@pytest.mark.parametrize("noun", NOUNS)
def test_draft_is_published_and_withdrawn(db, send, noun):
    record = NOUNS[noun](slug="draft")
    published = send(f"{noun}/draft/", {"state": "published"})
    address = f"http://testserver/api/v1/{noun}/draft/"
    answer = {"id": "draft", "url": address, "state": "published", "public": True, "changed": [f"{noun}/draft"]}
    assert (published.status_code, published.json(), state_of(record)) == (200, answer, "published")
    withdrawn = send(f"{noun}/draft/", {"state": "withdrawn"}, etag=published.headers["ETag"])
    answer |= {"state": "withdrawn", "public": False}
    assert (withdrawn.status_code, withdrawn.json(), state_of(record)) == (200, answer, "withdrawn")


@pytest.mark.parametrize(
    "name",
    ["party", "official", "system", "instrument", "publisher", "partnership", "program", "article", "development"],
)
def test_drafts_of_every_noun_are_shown_to_those_who_publish(db, client, make_key, name):
    record = {type(r).__name__.lower(): r for r in factories.make_connected_records()}[name]
    noun = {"party": "parties"}.get(name, f"{name}s")
    response = client.get(f"/api/v1/{noun}/{record.slug}/", headers=make_key("read", "publish"))
    shown = response.json()
    assert (response.status_code, shown["id"], shown["state"], shown["public"]) == (200, record.slug, "draft", False)
    assert response.headers["ETag"].startswith(f'"{name}-')
    assert client.get(f"/api/v1/{noun}/", headers=make_key("read", "publish")).json()["results"] == []


def test_publishing_again_changes_nothing(world, send):
    before = world["system"].history.count()
    response = send("systems/rocket/", {"state": "published"})
    assert (response.status_code, response.json()["changed"]) == (200, [])
    assert world["system"].history.count() == before


def test_stale_version_is_refused(world, send, client, make_key):
    etag = client.get("/api/v1/systems/rocket/", headers=make_key()).headers["ETag"]
    system = world["system"]
    system.name = "Renamed by an editor"
    ledger.record(system)
    response = send("systems/rocket/", {"state": "withdrawn"}, etag=etag)
    assert (response.status_code, response.json()["code"], state_of(system)) == (412, "stale", "published")


def test_of_two_who_saw_the_same_version_one_is_refused(world, send, client, make_key):
    etag = client.get("/api/v1/systems/rocket/", headers=make_key()).headers["ETag"]
    first, second = (send("systems/rocket/", {"state": "withdrawn"}, etag=etag) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 412)


def test_change_of_a_relation_makes_a_version_stale(world, send, client, make_key):
    etag = client.get("/api/v1/programs/rockets-for-ukraine/", headers=make_key()).headers["ETag"]
    ledger.record(world["program"], roles={"supplier": [world["partnership"].parties.first()]})
    assert send("programs/rockets-for-ukraine/", {"state": "withdrawn"}, etag=etag).status_code == 412


@pytest.mark.parametrize(
    ("if_match", "status"),
    [
        ("", 428),
        ("*", 428),
        ("nonsense", 428),
        ('"system-0"', 412),
        ('"party-{version}"', 412),
        ('"system-{version}', 428),
        ('W/"system-{version}"', 200),
        ('"other", "system-{version}"', 200),
    ],
)
def test_if_match(world, send, if_match, status):
    version = world["system"].history.latest("history_id").history_id
    response = send("systems/rocket/", {"state": "withdrawn"}, etag=if_match.format(version=version))
    assert response.status_code == status
    assert state_of(world["system"]) == ("withdrawn" if status == 200 else "published")


def test_version_survives_compression(world, client, make_key, send):
    response = client.get("/api/v1/systems/rocket/", headers={**make_key(), "accept-encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["ETag"].startswith('W/"')
    assert send("systems/rocket/", {"state": "withdrawn"}, etag=response.headers["ETag"]).status_code == 200


def test_missing_version_is_asked_for(world, client, make_key):
    response = client.patch("/api/v1/systems/rocket/", '{"state": "withdrawn"}', "application/json", headers=make_key())
    assert (response.status_code, response.json()["code"]) == (428, "precondition_required")


MODEL_COLUMNS = sorted({field.name for field in Party._meta.get_fields()} - {"state"})


@pytest.mark.parametrize("key", [*MODEL_COLUMNS, "pk", "author", "is_staff", "history_user", "__class__", "State"])
def test_other_keys_are_refused_and_change_nothing(world, send, key):
    before = Party.objects.filter(slug="france").values().get()
    response = send("parties/france/", {"state": "withdrawn", key: "1"})
    body = response.json()
    assert (response.status_code, body.pop("code")) == (400, "invalid")
    assert body == {key: ["There is no such key; a change takes “state” alone."]}
    assert Party.objects.filter(slug="france").values().get() == before


@pytest.mark.parametrize(
    "body",
    ['{"state": "draft"}', '{"state": null}', '{"state": ["published"]}', '{"state": true}', '{"state": 1}', "{}"],
)
def test_other_states_are_refused(world, send, body):
    response = send("parties/france/", body)
    assert response.status_code == 400
    assert response.json() == {"state": ["Use one of published, withdrawn."], "code": "invalid"}


@pytest.mark.parametrize(
    "body",
    [
        " ",
        "[]",
        "null",
        '"published"',
        "{",
        '{"state": "published", "state": "withdrawn"}',
        '{"state": NaN}',
        '{"state": 1e999}',
        '{"state": ' + "9" * 6000 + "}",
        '{"state": ' + "[" * 200_000,
        '{"state": "\\u0000"}',
        '{"state": "\\ud800"}',
        b'{"state": "\xff"}',
    ],
)
def test_unreadable_bodies_are_refused(world, send, body):
    response = send("parties/france/", body)
    assert (response.status_code, response.json()["code"]) == (400, "unreadable")


@pytest.mark.parametrize("media_type", ["application/yaml", "text/plain", "multipart/form-data; boundary=x", ""])
def test_other_types_are_refused(world, send, media_type):
    response = send("parties/france/", {"state": "withdrawn"}, media_type=media_type)
    assert (response.status_code, response.json()["detail"]) == (415, "Send the body as application/json.")


def test_obstacles_are_listed_and_nothing_is_published(db, send):
    records = {type(record).__name__.lower(): record for record in factories.make_connected_records()}
    response = send("programs/rockets-for-ukraine/", {"state": "published"})
    body = response.json()
    assert (response.status_code, body["code"]) == (409, "not_publishable")
    assert body["obstacles"][0] == {
        "record": "programs/rockets-for-ukraine",
        "key": "partnership",
        "message": "partnership “France-Ukraine” (france-ukraine) is not published.",
        "missing": "partnerships/france-ukraine",
    }
    missing = {obstacle["missing"] for obstacle in body["obstacles"]}
    expected = {"partnerships/france-ukraine", "systems/rocket", "parties/france", "parties/ukraine"}
    assert missing == {*expected, "instruments/fund"}
    assert {state_of(record) for record in records.values()} == {"draft"}


def test_along_publishes_what_is_named(db, send):
    factories.make_connected_records()
    response = send("officials/minister/?along=true", {"state": "published"})
    assert (response.status_code, response.json()["changed"]) == (200, ["parties/ukraine", "officials/minister"])
    assert set(Party.objects.filter(state=State.PUBLISHED).values_list("slug", flat=True)) == {"ukraine"}


def test_along_stops_at_what_the_owner_may_not_change(db, send, make_key, make_owner):
    factories.make_connected_records()
    headers = make_key("publish", owner=make_owner("change_official"))
    response = send("officials/minister/?along=true", {"state": "published"}, headers=headers)
    detail = "Nothing was published: you may not change parties/ukraine."
    assert (response.status_code, response.json()["detail"]) == (403, detail)
    assert set(Party.objects.values_list("state", flat=True)) == {"draft"}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("along=yes", {"along": ["Write true or false, once."]}),
        ("along=true&along=false", {"along": ["Write true or false, once."]}),
        ("along=true", {"along": ["Only publishing takes other records along."]}),
        ("force=true", {"force": ["There is no such parameter; use one of along."]}),
        ("as_of=2026-02-09", {"as_of": ["There is no such parameter; use one of along."]}),
    ],
)
def test_parameters(world, send, query, sentence):
    response = send(f"parties/france/?{query}", {"state": "withdrawn"})
    assert (response.status_code, response.json()) == (400, {**sentence, "code": "invalid"})


def test_draft_answers_those_without_rights_exactly_as_an_unknown_id(db, send, make_key, make_owner):
    factories.make_party(slug="secret")
    for headers in ({}, make_key("read", "load"), make_key(owner=make_owner("change_system", "view_party"))):
        answers = [
            send(f"parties/{slug}/", {"state": "published"}, headers=headers, etag='"party-1"')
            for slug in ("secret", "nothin")
        ]
        assert (answers[0].status_code, answers[0].content) == (answers[1].status_code, answers[1].content)
        assert answers[0].status_code in (401, 403)
    assert send("parties/nothin/", {"state": "published"}, etag='"party-1"').status_code == 404


def test_history_names_user_and_token(db, send, client, make_key, make_owner, admin_client):
    party = factories.make_party(slug="draft")
    owner = make_owner(is_superuser=True)
    headers = make_key("publish", owner=owner, name="Night shift", prefix="0123abcd")
    assert send("parties/draft/", {"state": "published"}, headers=headers).status_code == 200
    entry = party.history.latest("history_id")
    reason = "API token Night shift (cp_0123abcd)"
    assert (entry.history_user, entry.history_change_reason, entry.state) == (owner, reason, "published")
    page = admin_client.get(f"/admin/cooperation/party/{party.pk}/history/").content.decode()
    assert (reason in page, owner.username in page) == (True, True)


def test_history_of_the_admin_names_no_token(world, admin_client):
    admin_client.post(
        "/admin/cooperation/party/", {"action": "withdraw", "_selected_action": [world["party"].pk]}, follow=True
    )
    entry = world["party"].history.latest("history_id")
    assert (entry.state, entry.history_user.username, entry.history_change_reason) == ("withdrawn", "admin", None)
