"""Copies of pages: when a reader is told that theirs is good still, and what caches may keep."""

import datetime
from io import StringIO

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, transaction
from django.template import engines
from django.template.response import TemplateResponse
from django.test.utils import CaptureQueriesContext
from django.views.generic import View

from cooperation import ledger
from cooperation.models import Edition, Program, SearchDocument
from cooperation.models.editions import one_edition, read_edition
from cooperation.search import matches
from cooperation.views import copies
from tests import factories

PAGES = [
    *("/", "/programs/", "/programs/jets-1/", "/programs/facets/party/", "/pictures/", "/changes/", "/search/?q=jets"),
    *("/about/", "/about/data/", "/about/design/", "/fr/articles/report-1/", "/developments/?as_of=2026-02-09"),
]
OF_THE_WORLD = [
    *("/", "/programs/", "/programs/rockets-for-ukraine/", "/partnerships/france-ukraine/", "/parties/france/"),
    *("/systems/rocket/", "/pictures/", "/changes/", "/search/?q=rocket", "/api/v1/programs/", "/api/v1/changes/"),
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
def test_page_is_put_together_once(ask, client, path, django_assert_num_queries):
    assert client.head(path).status_code == 200  # its body is nobody's
    first = ask(path)
    with django_assert_num_queries(1):
        again = ask(path)
    anew = ask(path, cache_control="no-cache")
    assert (first.context is None, again.context is None, anew.context is None) == (False, True, False)
    assert first.content == again.content == anew.content
    assert first.headers == again.headers == anew.headers
    head = client.head(path)
    assert (head.status_code, head.headers) == (200, first.headers)


def test_kept_page_is_that_of_everybody(ask, client, django_user_model):
    public = ask().content
    client.force_login(django_user_model.objects.create_user("reader"))
    own = ask().content
    assert b"Log out" in own
    client.logout()
    assert ask().content == public != own


def is_kept(rf, page, turn=lambda request, response: None):
    """Say whether the answer of the template `page` is kept, after `turn` did something to request or answer."""

    class Page(copies.CopyMixin, View):
        def get(self, request):
            response = TemplateResponse(request, engines["django"].from_string(page))
            turn(request, response)
            return response

    request = rf.get("/page/")
    request.user, request.session = AnonymousUser(), SessionStore()
    caches["pages"].clear()
    assert Page.as_view()(request).render().status_code == 200
    return caches["pages"].get(copies.CopyMixin().find_copy(request).tag) is not None


def test_page_with_something_of_its_reader_is_not_kept(scene, rf):
    assert is_kept(rf, "words")
    assert not is_kept(rf, "{% csrf_token %}")
    assert not is_kept(rf, "words", lambda request, response: response.set_cookie("own", "secret"))
    assert not is_kept(rf, "words", lambda request, response: request.session.update({"own": "secret"}))


def test_long_page_is_not_kept(scene, rf):
    assert is_kept(rf, "w" * copies.MOST_BYTES)
    assert not is_kept(rf, "w" * (copies.MOST_BYTES + 1))


def test_date_tells_no_page_from_another(ask):
    assert "Last-Modified" not in ask().headers
    assert ask(if_modified_since="Mon, 05 May 2098 11:59:00 GMT").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_edition_is_asked_for_once_a_page(client):
    with transaction.atomic():
        factories.make_world()
    for path in OF_THE_WORLD:
        client.get(path, headers={"cache-control": "no-cache"})
        with CaptureQueriesContext(connection) as queries:
            client.get(path, headers={"cache-control": "no-cache"})
        assert sum('FROM "cooperation_edition"' in query["sql"] for query in queries) == 1, path


def test_words_that_are_mended_make_copies_old(ask):
    held = ask("/search/?q=jets")
    SearchDocument.objects.all().delete()
    matches.forget()
    assert ask("/search/?q=jets", cache_control="no-cache").content != held.content
    broken = ask("/search/?q=jets", cache_control="no-cache")
    call_command("rebuild_search", stdout=StringIO())
    assert ask("/search/?q=jets", if_none_match=tag(broken)).content == held.content


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
