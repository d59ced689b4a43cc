"""Light and dark by choice: one cookie, set by choosing alone, and a way back that never leaves the site."""

import re
from pathlib import Path

import pytest
from django.template import loader
from django.test import Client

from cooperation.theme import read_colours

SHEET = (Path(__file__).resolve().parents[2] / "static" / "css" / "portal.css").read_text()


def choose(client, theme, way_back="/programs/?mode=supply", **extra):
    return client.post("/theme/", {"theme": theme, "next": way_back}, **extra)


def read_head(client, address="/programs/"):
    """Return the attribute of the root, the scheme and the colours of the browser's frame, light and dark preferred."""
    body = client.get(address).content.decode()
    root = re.search(r"<html [^>]*>", body)[0]
    scheme = re.search(r'name="color-scheme"\s+content="([^"]*)"', body)[1]
    frames = re.findall(r'media="\(prefers-color-scheme: \w+\)"\s+content="([^"]*)"', body)
    return root, scheme, frames


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_choice_sets_a_cookie_for_a_year_and_leads_back(theme, client, db):
    response = choose(client, theme)
    cookie = response.cookies["theme"]
    assert (response.status_code, response.headers["Location"]) == (302, "/programs/?mode=supply")
    assert (cookie.value, cookie["max-age"], cookie["path"]) == (theme, 31_536_000, "/")
    assert (cookie["samesite"], cookie["httponly"], cookie["secure"]) == ("Lax", True, "")


def test_choice_sets_a_secure_cookie_in_production(client, db, settings):
    settings.SESSION_COOKIE_SECURE = True
    assert choose(client, "dark").cookies["theme"]["secure"] is True


@pytest.mark.parametrize("theme", ["auto", "", "sepia", 'dark" onload="x'])
def test_any_other_choice_drops_the_cookie(theme, client, db):
    choose(client, "dark")
    cookie = choose(client, theme).cookies["theme"]
    assert (cookie.value, cookie["max-age"]) == ("", 0)


@pytest.mark.parametrize("way_back", ["", "https://example.org/", "//example.org/", "javascript:alert(1)", "/\\x.org"])
def test_way_back_stays_on_the_site(way_back, client, db):
    assert choose(client, "dark", way_back).headers["Location"] == "/"
    assert client.post("/uk/theme/", {"theme": "dark", "next": way_back}).headers["Location"] == "/uk/"


def test_way_back_from_a_secure_page_is_secure(client, db):
    response = choose(client, "dark", "http://testserver/programs/", secure=True)
    assert response.headers["Location"] == "/"


def test_choice_needs_no_token_and_no_login(db, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "django.contrib.auth.middleware.LoginRequiredMiddleware"]
    response = choose(Client(enforce_csrf_checks=True), "dark")
    assert response.headers["Location"] == "/programs/?mode=supply"


def test_theme_cannot_be_chosen_by_a_link(client, db):
    assert client.get("/theme/?theme=dark").status_code == 405


@pytest.mark.parametrize(
    ("theme", "root", "scheme", "frames"),
    [
        ("auto", '<html lang="en">', "light dark", ["light", "dark"]),
        ("light", '<html lang="en" data-theme="light">', "light", ["light", "light"]),
        ("dark", '<html lang="en" data-theme="dark">', "dark", ["dark", "dark"]),
    ],
)
def test_page_has_the_chosen_theme_from_the_first_byte(theme, root, scheme, frames, client, db):
    choose(client, theme)
    paper = read_colours(SHEET)["paper"]
    assert read_head(client) == (root, scheme, [getattr(paper, frame) for frame in frames])
    assert read_head(client, "/nothing/")[0] == root


@pytest.mark.parametrize("value", ["sepia", '"><script>', "DARK"])
def test_foreign_cookie_is_no_theme(value, client, db):
    client.cookies["theme"] = value
    assert read_head(client)[0] == '<html lang="en">'


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_buttons_say_which_is_pressed(theme, client, db):
    choose(client, theme)
    body = client.get("/about/").content.decode()
    pressed = re.findall(r'value="(\w+)"\s+aria-pressed="(\w+)"', body)
    assert pressed == [(name, str(name == theme).lower()) for name in ("auto", "light", "dark")]
    assert re.search(r'name="next"\s+value="/about/"', body)


@pytest.mark.parametrize("address", ["/", "/programs/", "/about/", "/about/design/", "/accounts/login/", "/nothing/"])
def test_page_varies_with_the_cookie_and_sets_none(address, client, db):
    response = client.get(address)
    assert "Cookie" in response.headers["Vary"]
    assert list(response.cookies) == (["csrftoken"] if address == "/accounts/login/" else [])


def test_page_of_a_server_error_has_no_theme():
    body = loader.get_template("500.html").render()
    assert '<html lang="en">' in body
    assert 'class="theme"' not in body
