"""The desk for API tokens: shown once, revoked at once, each to its owner."""

import datetime
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from cooperation import tokens
from cooperation.models import ApiToken
from tests import factories
from tests.admin.browsing import build_url, read_form, read_page

pytestmark = pytest.mark.django_db

ADD = "/admin/cooperation/apitoken/add/"
LIST = "/admin/cooperation/apitoken/"


def make_by_form(client, **changes):
    """Send the form for a new token; return the answer and what was sent."""
    sent = {**read_form(client, ADD), "name": "Nightly import", "scopes": ["read", "load"], **changes}
    return client.post(ADD, sent), sent


def read_text(response):
    """Return the token that the page shows, None if it shows none."""
    found = re.search(rb"cp_[0-9a-f]{8}_[0-9a-f]{64}", response.content)
    return found and found[0].decode()


def test_token_is_shown_once_and_works(staff, editor, client):
    response, _ = make_by_form(staff)
    token, text = ApiToken.objects.get(), read_text(response)
    assert (response.status_code, tokens.find_token(text)) == (200, token)
    assert (token.owner, token.name, token.scopes) == (editor, "Nightly import", ["read", "load"])
    assert token.expires == timezone.now().date() + datetime.timedelta(days=90)
    assert "no-store" in response.headers["Cache-Control"]
    for page in (LIST, build_url(token), f"/admin/cooperation/apitoken/{token.pk}/history/", "/admin/"):
        answer = staff.get(page)
        assert (page, answer.status_code, read_text(answer)) == (page, 200, None)


def test_page_that_is_sent_again_makes_no_second_token(staff):
    _, sent = make_by_form(staff)
    again = staff.post(ADD, sent)
    assert (read_text(again), ApiToken.objects.count()) == (None, 1)
    words = f"This page was sent before: the token cp_{sent['new_prefix'][0]} was made then and is not shown again."
    assert words in again.context["adminform"].form.non_field_errors()[0]
    assert words in again.content.decode()
    assert read_form(staff, ADD)["new_prefix"] != sent["new_prefix"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("expires", "2020-01-01"),
        ("expires", "9999-12-31"),
        ("expires", ""),
        ("scopes", []),
        ("scopes", ["everything"]),
        ("name", ""),
        ("name", "x" * 61),
        ("new_prefix", "'; --"),
        ("new_prefix", ""),
    ],
)
def test_form_refuses(staff, field, value):
    response, _ = make_by_form(staff, **{field: value})
    assert list(response.context["adminform"].form.errors) == [field]
    assert (read_text(response), ApiToken.objects.count()) == (None, 0)


def test_form_takes_no_other_column(staff, editor, django_user_model):
    other = django_user_model.objects.create_superuser("other", "", "x")
    stolen = {"owner": other.pk, "digest": "0" * 64, "id": 77, "created": "2020-01-01", "last_used": "2020-01-01"}
    make_by_form(staff, **stolen, revoked="2020-01-01")
    token = ApiToken.objects.get()
    assert (token.owner, token.revoked, token.last_used) == (editor, None, None)
    assert token.pk != 77
    assert token.digest != "0" * 64
    assert token.created.year >= 2026


def test_owner_sees_the_own_tokens_and_a_superuser_all(log_in_with, editor, client):
    theirs, _ = factories.make_token(editor, name="Of the editor")
    log_in_with("view_apitoken", "add_apitoken", "change_apitoken")
    make_by_form(client)
    page = client.get(LIST).content.decode()
    assert ("Nightly import" in page, "Of the editor" in page) == (True, False)
    assert client.get(build_url(theirs)).status_code == 302
    client.post(LIST, {"action": "revoke", "_selected_action": [theirs.pk]})
    theirs.refresh_from_db()
    assert theirs.revoked is None
    client.force_login(editor)
    page = client.get(LIST).content.decode()
    assert ("Nightly import" in page, "Of the editor" in page) == (True, True)


def test_revoked_token_is_dead_at_once(staff, editor):
    token, text = factories.make_token(editor)
    headers = factories.build_header(text)
    assert staff.get("/api/v1/codes/", headers=headers).status_code == 200
    response = staff.post(LIST, {"action": "revoke", "_selected_action": [token.pk]}, follow=True)
    assert [str(message) for message in response.context["messages"]] == ["Revoked: 1."]
    assert staff.get("/api/v1/codes/", headers=headers).json()["code"] == "revoked_token"
    assert LogEntry.objects.get().change_message == "Revoked."


def test_nothing_of_a_token_can_be_changed(staff, editor):
    token, _ = factories.make_token(editor, "read")
    fields = [attrs.get("name") for tag, attrs in read_page(staff.get(build_url(token))).tags if tag == "input"]
    assert not {"scopes", "expires", "owner"} & set(fields)
    assert staff.post(build_url(token), {"scopes": ["publish"], "name": "x"}).status_code == 403
    token.refresh_from_db()
    assert (token.name, token.scopes) == ("Import", ["read"])


def test_staff_without_rights_have_no_tokens(log_in_with):
    client = log_in_with("view_party")
    assert (client.get(LIST).status_code, client.get(ADD).status_code) == (403, 403)
