"""`bundles/`, in: one way, all or nothing, by the rights of the token and of its owner."""

import json
import time

import pytest

from cooperation import models
from cooperation.bundles.loader import load_documents
from cooperation.bundles.reader import read_bytes
from tests.bundles.conftest import ARTICLE, REFERENCE

PARTY = "parties:\n  - {id: norway, name: Norway, kind: state, country: NO}\n"
EMPTY = {"created": [], "updated": [], "unchanged": [], "left_over": [], "withdrawn": [], "rejected": []}


@pytest.fixture
def post(client, make_key):
    """Return a function that posts a bundle and gives back (status, body); YAML unless told otherwise."""
    everything = make_key()

    def send(body, query="", *, headers=everything, media_type="application/yaml"):
        response = client.post(f"/api/v1/bundles/{query}", body, media_type, headers=headers)
        return response.status_code, response.json()

    return send


def test_dry_run_is_the_default_and_writes_nothing(db, post):
    report = {"dry_run": True, **EMPTY, "created": ["parties/norway"]}
    assert post(PARTY) == post(PARTY, "?dry_run=true") == (200, report)
    assert models.Party.objects.count() == 0


def test_loading_twice_is_loading_once(db, post):
    bundle = REFERENCE + ARTICLE
    status, first = post(bundle, "?dry_run=false")
    assert (status, len(first["created"]), first["dry_run"]) == (200, 10, False)
    history = models.Party.history.count()
    status, second = post(bundle, "?dry_run=false")
    assert (status, second) == (200, {"dry_run": False, **EMPTY, "unchanged": first["created"]})
    assert models.Party.history.count() == history


def test_new_records_are_drafts(db, post, client):
    post(REFERENCE + ARTICLE, "?dry_run=false")
    nouns = (models.Party, models.System, models.Program, models.Article, models.Development)
    assert {record.state for noun in nouns for record in noun.objects.all()} == {"draft"}
    assert client.get("/api/v1/articles/").json()["count"] == 0


def test_json_is_read_as_well(db, post):
    body = json.dumps({"parties": [{"id": "norway", "name": "Norway", "kind": "state", "country": "NO"}]})
    status, report = post(body, "?dry_run=false", media_type="application/json; charset=utf-8")
    assert (status, report["created"]) == (200, ["parties/norway"])


def test_all_that_is_wrong_is_told_at_once(db, post):
    body = "parties:\n  - {id: norway, name: Norway, kind: stat, colour: red}\n  - {id: Sweden, name: S, kind: state}\n"
    status, report = post(body, "?dry_run=false")
    assert (status, report["code"], report["detail"]) == (422, "rejected", "Nothing was written.")
    places = [problem.split(": ")[0] for problem in report["rejected"]]
    assert places == ["body, line 2, colour", "body, line 2, kind", "body, line 3, id"]
    assert models.Party.objects.count() == 0


def build_bomb():
    lines = ["a: &a [x, x]"]
    lines += [f"{name}: &{name} [*{last}, *{last}]" for last, name in zip("abcdefgh", "bcdefghi", strict=True)]
    return "\n".join(lines)


YAML_BOMBS = {
    "aliases": build_bomb(),
    "depth": "[" * 5000,
    "merge keys": "a: &a {x: 1}\nb:\n  <<: *a\n",
    "tag": "parties: !!python/object/apply:os.system ['true']",
    "key twice": "parties: []\nparties: []\n",
    "two documents": "parties: []\n---\nparties: []\n",
    "no mapping": "just text",
    "nothing": " ",
    "tab": "parties:\n\t- {}",
    "UTF-16": "parties: []".encode("utf-16"),
    "NUL": "parties: [\0]",
}
JSON_BOMBS = {
    "depth": '{"parties": ' + "[" * 200_000,
    "key twice": '{"parties": [], "parties": []}',
    "NaN": '{"parties": NaN}',
    "infinity": '{"parties": [{"id": 1e999}]}',
    "long number": '{"parties": [{"id": ' + "9" * 6000 + "}]}",
    "surrogate": '{"parties": ["\\ud800"]}',
    "NUL": '{"parties": ["\\u0000"]}',
}
BOMBS = [("application/yaml", name) for name in YAML_BOMBS] + [("application/json", name) for name in JSON_BOMBS]


@pytest.mark.parametrize(("media_type", "name"), BOMBS)
def test_bombs_are_refused_quickly(db, post, media_type, name):
    body = (YAML_BOMBS if media_type == "application/yaml" else JSON_BOMBS)[name]
    started = time.process_time()
    status, report = post(body, "?dry_run=false", media_type=media_type)
    assert (status, report["code"], len(report["rejected"])) == (400, "unreadable", 1)
    assert report["rejected"][0].startswith("body, line ")
    assert time.process_time() - started < 2


def test_large_body_is_refused(db, post):
    assert post(b"#" * 10_000_001)[1] == {"detail": "The body is larger than 10 MB; split it.", "code": "too_large"}
    assert post(b"#" * 11_000_000)[0] == 413
    assert post(b"parties: []\n" + b"#" * 9_999_000)[0] == 200


@pytest.mark.parametrize("media_type", ["text/yaml", "text/plain", "multipart/form-data; boundary=x", "", "a/b/c"])
def test_other_types_are_refused(db, post, media_type):
    sentence = "Send the body as application/json or application/yaml."
    assert post(PARTY, media_type=media_type) == (415, {"detail": sentence, "code": "unsupported_media_type"})


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ("?dry_run=no", {"dry_run": ["Write true or false, once."]}),
        ("?dry_run=", {"dry_run": ["Write true or false, once."]}),
        ("?dry_run=true&dry_run=false", {"dry_run": ["Write true or false, once."]}),
        ("?withdraw=true", {"withdraw": ["There is no such parameter; use one of dry_run."]}),
        ("?party=france", {"party": ["There is no such parameter; use one of dry_run."]}),
    ],
)
def test_parameters_of_a_load(db, post, query, errors):
    assert post(PARTY, query) == (400, {**errors, "code": "invalid"})


@pytest.mark.parametrize("key", ["pk", "slug", "public", "search_text", "created", "modified", "author", "is_staff"])
def test_other_keys_are_refused(world, post, key):
    body = json.dumps({"parties": [{"id": "france", key: "1"}]})
    before = models.Party.objects.filter(slug="france").values().get()
    status, report = post(body, "?dry_run=false", media_type="application/json")
    assert (status, report["rejected"][0].split("; ")[0]) == (422, f"body, line 1, {key}: the key “{key}” is not known")
    assert models.Party.objects.filter(slug="france").values().get() == before


STORED = "parties:\n  - {id: france, name: France renamed}\n"
RIGHTS = [
    (("add_party",), PARTY, 200, []),
    (("change_party",), PARTY, 403, ["body, line 2: you may not add parties."]),
    (("change_party",), STORED, 200, []),
    (("add_party",), STORED, 403, ["body, line 2: you may not change parties."]),
    (("add_system", "change_system"), PARTY, 403, ["body, line 2: you may not add parties."]),
    ((), "parties:\n  - {id: france, name: France}\n", 200, []),
]


@pytest.mark.parametrize(("rights", "bundle", "status", "rejected"), RIGHTS)
@pytest.mark.parametrize("dry_run", ["true", "false"])
def test_rights_of_the_owner_bound_what_is_loaded(
    world, post, make_key, make_owner, rights, bundle, status, rejected, dry_run
):
    before = list(models.Party.objects.values())
    headers = make_key("load", owner=make_owner(*rights))
    answered, report = post(bundle, f"?dry_run={dry_run}", headers=headers)
    assert (answered, report["rejected"]) == (status, rejected)
    if status == 403:
        assert report["code"] == "permission_denied"
        assert list(models.Party.objects.values()) == before


def test_words_of_an_article_take_rights_of_their_own(db, post, make_key, make_owner):
    load_documents([("reference", read_bytes(REFERENCE.encode(), "reference"))])
    rights = ["add_article", "add_development", "add_citation"]
    for missing in rights:
        owner = make_owner(*(right for right in rights if right != missing))
        status, report = post(ARTICLE, "?dry_run=false", headers=make_key("load", owner=owner))
        assert (status, {problem.split("may not add ")[1] for problem in report["rejected"]}) == (
            403,
            {f"{missing.removeprefix('add_')}s."},
        )
    assert models.Article.objects.count() == models.Citation.objects.count() == 0
    assert post(ARTICLE, "?dry_run=false", headers=make_key("load", owner=make_owner(*rights)))[0] == 200
    other_words = ARTICLE.replace("quote: Both agreed on rockets.", "quote: Both agreed")
    headers = make_key("load", owner=make_owner(*rights, "change_development", "change_article"))
    status, report = post(other_words, "?dry_run=false", headers=headers)
    assert (status, report["rejected"]) == (403, ["body, line 16, quote: you may not change citations."])


@pytest.mark.parametrize("state", ["published", "withdrawn"])
def test_states_take_the_scope_to_publish(world, post, make_key, state):
    new = f"publishers:\n  - {{id: herald, name: Herald, kind: press, state: {state}}}\n"
    stored = "publishers:\n  - {id: gazette, state: draft}\n"
    for bundle in (new, stored):
        status, report = post(bundle, "?dry_run=false", headers=make_key("load"))
        assert (status, report["rejected"]) == (403, ["body, line 2, state: you may not publish publishers."])
    assert models.Publisher.objects.values_list("slug", "state").get() == ("gazette", "published")
    assert post(new, "?dry_run=false", headers=make_key("load", "publish"))[0] == 200
    assert models.Publisher.objects.get(slug="herald").state == state


def test_publishing_takes_the_right_to_change(db, post, make_key, make_owner):
    bundle = "publishers:\n  - {id: herald, name: Herald, kind: press, state: published}\n"
    headers = make_key("load", "publish", owner=make_owner("add_publisher"))
    status, report = post(bundle, "?dry_run=false", headers=headers)
    assert (status, report["rejected"]) == (403, ["body, line 2, state: you may not publish publishers."])


def test_published_record_cannot_come_to_rest_on_a_draft(world, post):
    bundle = PARTY + "systems:\n  - {id: rocket, makers: [norway]}\n"
    status, report = post(bundle, "?dry_run=false")
    assert (status, report["code"]) == (422, "rejected")
    assert "is not published" in report["rejected"][0]
    assert not models.Party.objects.filter(slug="norway").exists()


def test_history_names_user_and_token_in_all_that_is_written(db, post, make_key, make_owner):
    owner = make_owner(is_superuser=True)
    headers = make_key("load", owner=owner, name="Night shift", prefix="0123abcd")
    post(REFERENCE + ARTICLE, "?dry_run=false", headers=headers)
    nouns = (models.Party, models.System, models.Program, models.ProgramRole, models.Partnership, models.Citation)
    for noun in (*nouns, models.Official, models.Publisher, models.Article, models.Development):
        entries = noun.history.all()
        signed = {(entry.history_user, entry.history_change_reason) for entry in entries}
        assert (noun.__name__, signed) == (noun.__name__, {(owner, "API token Night shift (cp_0123abcd)")})
