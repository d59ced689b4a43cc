"""Copies of answers: when 304 is said and when it is not, and what caches are told."""

import datetime

import pytest
import time_machine

from cooperation import ledger
from cooperation.choices import TextKind
from cooperation.models import Edition

PATHS = [
    *("", "programs/", "programs/?mode=supply&fields=name", "programs/rockets-for-ukraine/", "programs/facets/"),
    *("changes/", "search/?q=rocket", "codes/", "programs/?cursor="),
]
NOW = datetime.datetime(2098, 5, 5, 12, 0, 0, tzinfo=datetime.UTC)


@pytest.fixture
def ask(world, client):
    """Return a function that asks the API, with headers."""
    return lambda path, **headers: client.get(f"/api/v1/{path}", headers=headers)


def tag(answer):
    return answer.headers["ETag"]


@pytest.mark.parametrize("path", PATHS)
def test_good_copy_is_not_sent_again(ask, path):
    first = ask(path)
    for held in (tag(first), f"W/{tag(first)}", f'"other", {tag(first)}'):
        again = ask(path, if_none_match=held)
        assert (again.status_code, again.content) == (304, b"")
        for name in ("ETag", "Cache-Control", "Vary"):
            assert again.headers[name].removesuffix(", Accept-Encoding") == first.headers[name].removesuffix(
                ", Accept-Encoding"
            )


@pytest.mark.parametrize("path", ["programs/", "programs/rockets-for-ukraine/"])
def test_head_has_the_same_tag(ask, client, path):
    assert tag(client.head(f"/api/v1/{path}")) == tag(ask(path))


def test_good_copy_takes_one_query(ask, django_assert_num_queries):
    held = tag(ask("programs/"))
    with django_assert_num_queries(1):
        assert ask("programs/", if_none_match=held).status_code == 304


@pytest.mark.parametrize("write", [ledger.withdraw, lambda records: [ledger.record(record) for record in records]])
def test_copy_is_never_good_after_a_write(ask, world, write):
    held = {path: tag(ask(path)) for path in PATHS}
    write([world["official"]])
    statuses = {ask(path, if_none_match=held[path]).status_code for path in PATHS}
    assert statuses - {404} == {200}


def test_tag_differs_by_language_query_host_and_day(ask, client):
    tags = [
        tag(ask("programs/")),
        tag(ask("programs/", accept_language="uk")),
        tag(ask("programs/?sort=name")),
        tag(client.get("/api/v1/programs/", SERVER_NAME="localhost")),
    ]
    with time_machine.travel(NOW):
        tags.append(tag(ask("programs/")))
    assert len(set(tags)) == 5


def test_tag_differs_by_reader(ask, client, django_user_model):
    tags = [tag(ask("articles/report/"))]
    for name in ("one", "two"):
        client.force_login(django_user_model.objects.create_user(name))
        tags.append(tag(ask("articles/report/")))
    assert len(set(tags)) == 3


def test_copy_of_a_signed_in_reader_is_not_good_after_logging_out(world, ask, client, django_user_model):
    world["article"].text_kind = TextKind.FULL
    ledger.record(world["article"])
    client.force_login(django_user_model.objects.create_user("reader"))
    held = ask("articles/report/")
    assert held.json()["text_kind"] == "full"
    client.logout()
    public = ask("articles/report/", if_none_match=tag(held))
    assert (public.status_code, public.json()["text_kind"]) == (200, "passages")


def test_date_is_told_and_asked_for(ask):
    with time_machine.travel(NOW, tick=False):
        Edition.objects.update(at=NOW - datetime.timedelta(minutes=1))
        first = ask("programs/")
        assert first.headers["Last-Modified"] == "Mon, 05 May 2098 11:59:00 GMT"
        assert ask("programs/", if_modified_since=first.headers["Last-Modified"]).status_code == 304
        assert ask("programs/", if_modified_since="Mon, 05 May 2098 11:59:30 GMT").status_code == 200
        assert ask("programs/", if_modified_since="yesterday").status_code == 200
        both = {"if_modified_since": first.headers["Last-Modified"], "if_none_match": '"other"'}
        assert ask("programs/", **both).status_code == 200


def test_date_is_that_of_midnight_when_nothing_changed_today(ask):
    with time_machine.travel(NOW, tick=False):
        Edition.objects.update(at=NOW - datetime.timedelta(days=3))
        assert ask("programs/").headers["Last-Modified"] == "Mon, 05 May 2098 00:00:00 GMT"


def test_date_that_lies_ahead_is_not_told(ask):
    with time_machine.travel(NOW, tick=False):
        Edition.objects.update(at=NOW + datetime.timedelta(seconds=2))
        assert "Last-Modified" not in ask("programs/").headers


def test_no_copy_is_good_before_the_first_edition(db, client):
    answer = client.get("/api/v1/programs/", headers={"if-none-match": "*"})
    assert (answer.status_code, "ETag" in answer.headers) == (200, False)


@pytest.mark.parametrize("path", PATHS)
def test_public_answer_may_be_kept_and_is_asked_about(ask, path):
    answer = ask(path)
    assert answer.headers["Cache-Control"] == "no-cache, public"
    assert {name.strip().lower() for name in answer.headers["Vary"].split(",")} >= {
        *("cookie", "authorization", "accept-language", "origin")
    }


def test_answer_to_a_reader_is_private(ask, client, admin_client):
    assert admin_client.get("/api/v1/programs/").headers["Cache-Control"] == "no-cache, private"
    assert client.get("/api/v1/programs/", headers={"authorization": "Token x"}).headers["Cache-Control"] in (
        "no-cache, private",
        "no-store",
    )


@pytest.mark.parametrize("path", ["programs/nothing/", "programs/?colour=red", "nothing/"])
def test_error_is_not_kept_and_has_no_tag(ask, path):
    answer = ask(path)
    assert (answer.headers["Cache-Control"], "ETag" in answer.headers) == ("no-store", False)


def test_compressed_answer_is_the_same_copy(ask):
    answer = ask("codes/", accept_encoding="gzip")
    assert answer.headers["Content-Encoding"] == "gzip"
    assert tag(answer).startswith("W/")
    assert ask("codes/", accept_encoding="gzip", if_none_match=tag(answer)).status_code == 304
