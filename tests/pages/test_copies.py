"""Copies of pages: when a reader is told that theirs is good still, and what caches may keep."""

import datetime

import pytest
import time_machine
from django.core.cache import caches
from django.http import HttpResponse

from cooperation import ledger
from cooperation.copies import Copy
from cooperation.models import Edition, Program
from cooperation.models.editions import one_edition, read_edition
from cooperation.views import copies
from tests import factories

PAGES = [
    *("/", "/programs/", "/programs/jets-1/", "/programs/facets/party/", "/pictures/", "/changes/", "/search/?q=jets"),
    *("/about/", "/about/data/", "/about/design/", "/fr/articles/report-1/", "/developments/?as_of=2026-02-09"),
]
LATER = datetime.datetime(2098, 5, 5, 12, 0, 0, tzinfo=datetime.UTC)


@pytest.fixture
def ask(scene, client):
    """Return a function that asks for a page, with headers."""
    return lambda path="/programs/", **headers: client.get(path, headers=headers)


def tag(answer):
    return answer.headers["ETag"]


@pytest.mark.parametrize("path", PAGES)
def test_good_copy_is_not_sent_again(ask, path, django_assert_num_queries):
    first = ask(path)
    assert (first.status_code, first.headers["Cache-Control"]) == (200, "no-cache, public")
    assert "Cookie" in first.headers["Vary"]
    with django_assert_num_queries(1):
        again = ask(path, if_none_match=tag(first))
    assert (again.status_code, again.content, tag(again)) == (304, b"", tag(first))


@pytest.mark.parametrize("path", PAGES)
def test_page_is_put_together_once(ask, path, django_assert_num_queries):
    first = ask(path)
    with django_assert_num_queries(1):
        again = ask(path)
    anew = ask(path, cache_control="no-cache")
    assert (first.context is None, again.context is None, anew.context is None) == (False, True, False)
    assert first.content == again.content == anew.content
    assert first.headers == again.headers == anew.headers
    head = first.client.head(path)
    assert (head.status_code, head.headers) == (200, first.headers)


def test_kept_page_is_that_of_everybody(ask, client, django_user_model):
    public = ask().content
    client.force_login(django_user_model.objects.create_user("reader"))
    own = ask().content
    assert b"Log out" in own
    client.logout()
    assert ask().content == public != own


def test_page_that_brings_a_cookie_is_not_kept():
    page, other = HttpResponse("one"), HttpResponse("two")
    other.set_cookie("session", "secret")
    for name, each in (("first", page), ("second", other)):
        copies.keep(Copy(name, None), each)
    assert (caches["pages"].get("first"), caches["pages"].get("second")) == (b"one", None)


@pytest.mark.parametrize("path", PAGES)
def test_copy_is_good_until_the_public_is_told_anything_else(ask, path):
    held = tag(ask(path))
    factories.make_party(slug="draft")
    with ledger.writing():
        ledger.record(factories.make_system(slug="draft"))
    assert ask(path, if_none_match=held).status_code == 304
    ledger.record(Program.objects.get(slug="jets-1"))
    answer = ask(path, if_none_match=held)
    assert (answer.status_code, answer.context is None) == (200, False)


def test_copy_is_that_of_one_address_language_theme_day_and_host(ask, client):
    tags = [tag(ask()), tag(ask("/fr/programs/")), tag(ask("/programs/?sort=name"))]
    tags.append(tag(client.get("/programs/", SERVER_NAME="localhost")))
    with time_machine.travel(LATER):
        tags.append(tag(ask()))
    for theme in ("dark", "light"):
        client.cookies["theme"] = theme
        tags.append(tag(ask()))
    assert len(set(tags)) == len(tags)
    client.cookies["theme"] = "none of them"
    assert tag(ask()) == tags[0]


def test_pages_of_who_is_signed_in_are_theirs_alone(ask, client, django_user_model):
    held = tag(ask())
    client.force_login(django_user_model.objects.create_user("reader"))
    answer = ask(if_none_match=held)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache, private")
    assert "ETag" not in answer.headers
    assert "Last-Modified" not in answer.headers


@pytest.mark.parametrize("path", ["/programs/nothing/", "/programs/draft/", "/programs/?page=99"])
def test_what_is_not_found_has_no_copy(ask, scene, path):
    factories.make_program(factories.make_partnership(), slug="draft")
    answer = ask(path, if_none_match="*")
    assert (answer.status_code, "ETag" in answer.headers) == (404, False)


def test_templates_under_change_are_shown_anew(ask, settings):
    settings.DEBUG = True
    assert "ETag" not in ask().headers


def test_compressed_page_is_the_same_copy(ask):
    answer = ask(accept_encoding="gzip")
    assert tag(answer).startswith("W/")
    assert ask(if_none_match=tag(answer)).status_code == 304


def test_edition_is_asked_for_once_while_a_page_is_put_together(scene, django_assert_num_queries):
    with one_edition(), django_assert_num_queries(1):
        assert read_edition() == read_edition()
    with django_assert_num_queries(2):
        assert read_edition() == read_edition()


def test_edition_that_nobody_knows_any_more_is_asked_for_anew(scene):
    with one_edition():
        held = read_edition()
        Edition.objects.update(key="later")
        assert read_edition(known=[held.key]).key == held.key
        assert read_edition(known=["later"]).key == "later"
        assert read_edition().key == "later"
