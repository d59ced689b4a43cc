"""The pages of one's own account, inside and outside the admin."""

import pytest
from django.contrib.auth import get_user_model

from tests.admin.browsing import read_page

pytestmark = pytest.mark.django_db

PASSWORD = "a-long-enough-pass-phrase"


def read_fields(response):
    """Return the names of the inputs with their types, those of the site's head and foot left out."""
    tags = read_page(response).tags
    names = [tag for tag, _ in tags]
    tags = tags[names.index("main") : names.index("footer")]
    found = [(attrs["name"], attrs["type"]) for tag, attrs in tags if tag == "input" and "name" in attrs]
    return [pair for pair in found if pair[0] != "csrfmiddlewaretoken"]


def test_login_leads_to_the_page_asked_for(client, editor):
    editor.set_password(PASSWORD)
    editor.save()
    page = client.get("/accounts/login/?next=/admin/")
    assert read_fields(page) == [("username", "text"), ("password", "password"), ("next", "hidden")]
    data = {"username": "editor", "password": PASSWORD, "next": "/admin/"}
    response = client.post("/accounts/login/", data)
    assert (response.status_code, response.headers["Location"]) == (302, "/admin/")


def test_login_with_a_wrong_password_says_so(client, editor):
    response = client.post("/accounts/login/", {"username": "editor", "password": "wrong"})
    message = "Please enter a correct username and password. Note that both fields may be case-sensitive."
    assert response.context["form"].errors == {"__all__": [message]}
    assert message in response.content.decode()


@pytest.mark.parametrize("address", ["/accounts/password-change/", "/admin/password_change/"])
def test_password_is_changed_in_both_places(staff, editor, address):
    names = ["old_password", "new_password1", "new_password2"]
    assert read_fields(staff.get(address)) == [(name, "password") for name in names]
    editor.set_password("old-pass-phrase")
    editor.save()
    staff.force_login(editor)
    data = dict(zip(names, ["old-pass-phrase", PASSWORD, PASSWORD], strict=True))
    response = staff.post(address, data, follow=True)
    assert "<h1>Password changed</h1>" in response.content.decode()
    assert get_user_model().objects.get().check_password(PASSWORD)
