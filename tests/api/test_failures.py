"""What goes wrong before, behind and beneath the views answers in JSON as well, and tells nothing of it."""

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import path
from rest_framework.views import APIView

from cooperation.api.views import ReadOnly
from portal import urls

BAD_REQUEST = {"detail": "This request cannot be read.", "code": "bad_request"}
FAILURE = {"detail": "A server error occurred.", "code": "error"}


class Failing(ReadOnly, APIView):
    """Fails as its address says."""

    schema = None

    def get(self, request, kind):
        """Fail."""
        raise {"mistake": ZeroDivisionError, "database": OperationalError}[kind]("secret of the house")


def fail_on_a_page(request):
    raise ZeroDivisionError("secret of the house")


handler400, handler500 = urls.handler400, urls.handler500
urlpatterns = [
    path("api/v1/failing/<kind>/", Failing.as_view()),
    path("failing/", fail_on_a_page),
    *urls.urlpatterns,
]


@pytest.fixture
def failing(db, settings):
    """A client of a portal with addresses that fail."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def test_mistake_of_the_portal(failing):
    answer = failing.get("/api/v1/failing/mistake/")
    assert (answer.status_code, answer.headers["Content-Type"], answer.json()) == (500, "application/json", FAILURE)
    assert answer.headers["Cache-Control"] == "no-store"


def test_mistake_on_a_page_answers_a_page(failing):
    answer = failing.get("/failing/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (500, "text/html; charset=utf-8")
    assert b"secret" not in answer.content


def test_database_that_does_not_answer(failing, caplog):
    answer = failing.get("/api/v1/failing/database/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert answer.json() == {
        "detail": "The database does not answer. Please try again in a while.",
        "code": "unavailable",
    }
    assert "secret of the house" in caplog.text


@pytest.mark.parametrize("address", ["/api/v1/codes/", "/api/v1/nothing/", "/api/schema/"])
def test_host_that_is_not_ours(db, client, address):
    answer = client.get(address, SERVER_NAME="evil.example")
    assert (answer.status_code, answer.json()) == (400, BAD_REQUEST)
    assert b"evil" not in answer.content


def test_host_that_is_not_ours_on_a_page(db, client):
    answer = client.get("/", SERVER_NAME="evil.example")
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "text/html; charset=utf-8")


@pytest.mark.parametrize("address", ["/api/", "/api/nothing", "/api/v2/programs/", "/api/v1/programs/x/y/"])
def test_unknown_address(db, client, address):
    answer = client.get(address)
    assert (answer.status_code, answer.json()) == (404, {"detail": "Not found.", "code": "not_found"})
