"""What is refused, and in which words: one shape for every error."""

import pytest
from django.test import Client

from cooperation import ledger
from cooperation.api.filtering import LIST_PARAMETERS
from cooperation.filters import FILTERS
from tests import factories

NOT_FOUND = (404, {"detail": "Not found.", "code": "not_found"})
SINGULAR = {
    "parties": factories.make_party,
    "systems": factories.make_system,
    "instruments": factories.make_instrument,
    "publishers": factories.make_publisher,
    "partnerships": factories.make_partnership,
}


@pytest.mark.parametrize("noun", sorted(FILTERS))
def test_list_refuses_an_unknown_parameter_and_names_the_allowed(db, get, noun):
    allowed = ", ".join(sorted((*FILTERS[noun].allowed_parameters(), *LIST_PARAMETERS)))
    status, body = get(f"{noun}/?colour=red&sort=name")
    assert status == 400
    assert body == {"colour": [f"There is no such parameter; use one of {allowed}."], "code": "invalid"}


def test_unknown_parameters_that_are_keys_of_the_shape(db, get):
    status, body = get("codes/?code=1&detail=2&other=3")
    sentence = "There is no such parameter; this address takes none."
    assert status == 400
    assert body == {"other": [sentence], "detail": f"detail: {sentence} code: {sentence}", "code": "invalid"}


@pytest.mark.parametrize("path", ["", "codes/"])
def test_addresses_without_parameters_refuse_all(world, get, path):
    sentence = "There is no such parameter; this address takes none."
    assert get(f"{path}?format=json") == (400, {"format": [sentence], "code": "invalid"})


def test_search_and_facets_name_their_parameters(db, get):
    body = {"mode": ["There is no such parameter; use one of as_of, known_on, q."], "code": "invalid"}
    assert get("search/?q=a&mode=supply") == (400, body)
    allowed = ", ".join(sorted(FILTERS["programs"].allowed_parameters()))
    body = {"colour": [f"There is no such parameter; use one of {allowed}."], "code": "invalid"}
    assert get("programs/facets/?colour=red") == (400, body)


@pytest.mark.parametrize("path", ["programs/", "programs/facets/"])
def test_unknown_code_is_refused_with_what_is_allowed(db, get, path):
    status, body = get(f"{path}?phase=talk&phase=gossip")
    assert status == 400
    assert body == {
        "phase": ["“gossip” is not known; use one of talk, promise, work, result, stopped."],
        "code": "invalid",
    }


def test_all_wrong_values_are_told_at_once(db, get):
    status, body = get("programs/?phase=gossip&since=yesterday&party=atlantis")
    assert (status, sorted(body)) == (400, ["code", "party", "phase", "since"])


@pytest.mark.parametrize("noun", sorted(FILTERS))
def test_null_character_is_refused(db, get, noun):
    body = {"q": ["Null characters are not allowed."], "code": "invalid"}
    assert get(f"{noun}/", {"q": "a\0b"}) == (400, body)


def test_null_character_in_a_search_is_refused(db, get):
    body = {"q": ["Null characters are not allowed."], "code": "invalid"}
    assert get("search/", {"q": "a\0b"}) == (400, body)


def test_null_character_in_an_id_is_not_found(db, get):
    assert get("programs/a%00b/") == NOT_FOUND


@pytest.mark.parametrize("noun", sorted(SINGULAR))
@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_hidden_id_answers_like_an_unknown_one(world, get, noun, state):
    related = {"parties": list(world["partnership"].parties.all())} if noun == "partnerships" else {}
    hidden = SINGULAR[noun](**related)
    if state == "withdrawn":
        ledger.publish([hidden])
        assert get(f"{noun}/{hidden.slug}/")[0] == 200
        ledger.withdraw([hidden])
    assert get(f"{noun}/{hidden.slug}/") == get(f"{noun}/nothing/") == NOT_FOUND


@pytest.mark.parametrize(
    ("noun", "name"),
    [("programs", "program"), ("developments", "development"), ("articles", "article"), ("officials", "official")],
)
def test_withdrawn_id_answers_like_an_unknown_one(world, get, noun, name):
    assert get(f"{noun}/{world[name].slug}/")[0] == 200
    ledger.withdraw([world[name]])
    assert get(f"{noun}/{world[name].slug}/") == get(f"{noun}/nothing/") == NOT_FOUND
    assert get(f"{noun}/")[1]["results"] == []


def test_draft_in_a_filter_answers_like_an_unknown_id(world, get):
    factories.make_party(slug="secret")
    (status, draft), (_, unknown) = get("programs/?party=secret"), get("programs/?party=nothin")
    assert status == 400
    assert draft == {"party": [unknown["party"][0].replace("nothin", "secret")], "code": "invalid"}


@pytest.mark.parametrize(
    "path", ["nothing/", "nothing", "programs/a/b/", "programs/NO%20ID/", "programs/a%00/", "programs/x.json"]
)
def test_unknown_address(db, get, path):
    assert get(path) == NOT_FOUND


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("path", ["nothing/", "programs"])
def test_unknown_address_with_other_methods(db, method, path):
    client = Client(enforce_csrf_checks=True)
    response = getattr(client, method)(f"/api/v1/{path}")
    assert (response.status_code, response.json()) == NOT_FOUND


def test_address_without_its_slash_leads_to_the_one_with_it(db, client):
    response = client.get("/api/v1/programs?mode=supply")
    assert (response.status_code, response.headers["Location"]) == (301, "/api/v1/programs/?mode=supply")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", ["", "programs/", "programs/facets/", "codes/"])
@pytest.mark.parametrize("signed_in", [False, True])
def test_nothing_can_be_written(world, admin_user, method, path, signed_in):
    client = Client(enforce_csrf_checks=True)
    if signed_in:
        client.force_login(admin_user)
    response = getattr(client, method)(f"/api/v1/{path}")
    assert response.status_code == 405
    assert response.json() == {"detail": f'Method "{method.upper()}" not allowed.', "code": "method_not_allowed"}
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("programs/", "GET, HEAD, OPTIONS"), ("programs/rockets-for-ukraine/", "GET, PATCH, HEAD, OPTIONS")],
)
def test_head_and_options_are_answered(world, client, path, allowed):
    head, options = client.head(f"/api/v1/{path}"), client.options(f"/api/v1/{path}")
    assert (head.status_code, head.content) == (200, b"")
    assert (options.status_code, options.headers["Allow"]) == (200, allowed)


def test_too_many_parameters(db, get):
    query = "&".join(["mode=supply"] * 1001)
    assert get(f"programs/?{query}") == (400, {"detail": "This request cannot be read.", "code": "bad_request"})


@pytest.mark.parametrize("accept", ["text/csv", "text/html", "nonsense"])
def test_json_is_sent_whatever_is_accepted(world, client, accept):
    response = client.get("/api/v1/parties/", headers={"accept": accept})
    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/json")
