"""Copies of files and feeds: told apart like those of the API, because the views are the API's."""

import pytest

from cooperation import ledger
from tests import factories

PATHS = ("/programs.csv", "/programs.xlsx", "/programs.json", "/programs.atom", "/programs/rockets-for-ukraine.atom")


@pytest.fixture
def world(db):
    return factories.make_world()


def ask(client, path, tag=""):
    answer = client.get(path, headers={"if-none-match": tag} if tag else {})
    answer.getvalue()  # the client closes what it has read to its end
    return answer


@pytest.mark.parametrize("path", PATHS)
def test_good_copy_is_not_sent_again(world, client, path):
    tag = ask(client, path).headers["ETag"]
    answer = ask(client, path, tag)
    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", tag)


@pytest.mark.parametrize("path", PATHS)
def test_drafts_leave_copies_good_and_what_is_published_does_not(world, client, path):
    tag = ask(client, path).headers["ETag"]
    draft = factories.make_development(world["program"])
    factories.make_citation(world["article"], draft)
    ledger.withdraw([factories.make_party()])
    shown = ask(client, path, tag).status_code
    ledger.publish([draft])
    assert (shown, ask(client, path, tag).status_code) == (304, 200)


def test_answers_differ_by_query_language_and_reader(world, client, admin_client):
    answers = [ask(client, path) for path in ("/programs.csv", "/programs.csv?page=1", "/fr/programs.csv")]
    own = ask(admin_client, "/programs.csv")
    assert len({answer.headers["ETag"] for answer in (*answers, own)}) == 4
    assert {answer.headers["Cache-Control"] for answer in answers} == {"no-cache, public"}
    assert own.headers["Cache-Control"] == "no-cache, private"


def test_another_licence_makes_copies_old(world, client, settings):
    tag = ask(client, "/programs.json").headers["ETag"]
    settings.PORTAL_LICENCE = "CC0 1.0"
    assert ask(client, "/programs.json", tag).status_code == 200
