"""Every page is valid HTML without inline style or script, has one h1, and stands in the frame of the site."""

import re

import pytest
from django.contrib.auth.models import User
from django.template import loader

from tests.pages.conftest import find_errors

ADDRESSES = [
    "/",
    "/about/",
    "/search/",
    "/search/?q=jet",
    "/search/?q=submarine",
    "/partnerships/",
    "/programs/",
    "/programs/?mode=supply&party=supplier-1&page_size=1",
    "/programs/?mode=barter&mode=theft&since=never&sort=size&page=x&unknown=1",
    "/programs/?page=9",
    "/programs/?q=submarine",
    "/programs/facets/mode/",
    "/programs/facets/party/?party=supplier-1&page_size=1&named=1",
    "/programs/facets/party/?named=submarine",
    "/programs/facets/mode/?mode=barter&page=x",
    "/programs/facets/mode/?page=9",
    "/programs/?as_of=2000-01-01",
    "/changes/?q=submarine",
    "/systems/",
    "/parties/",
    "/officials/",
    "/instruments/",
    "/publishers/",
    "/articles/",
    "/developments/",
    "/pictures/",
    "/pictures/?mode=barter&page=x&unknown=1",
    "/pictures/?q=submarine",
    "/partnerships/alliance-1/",
    "/programs/jets-1/",
    "/systems/jet-1/",
    "/parties/recipient-1/",
    "/officials/minister-1/",
    "/instruments/fund-1/",
    "/publishers/gazette-1/",
    "/articles/report-1/",
    "/programs/unknown/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_page_is_sound(address, scene, client):
    body = client.get(address).content.decode()
    assert find_errors(body) == []
    assert re.findall(r"<style|<script(?! src=| type=.application/ld)|\sstyle=|\son\w+=|javascript:", body) == []
    assert len(re.findall(r"<h1[\s>]", body)) == 1
    assert '<html lang="en">' in body
    assert '<a class="skip" href="#content">' in body
    assert len(re.findall(r"<(main|header|footer)[\s>]", body)) == 3
    ids = re.findall(r'\sid="([^"]*)"', body)
    assert sorted(ids) == sorted(set(ids))
    inside = re.findall(r'(?:href="#|aria-labelledby="|aria-describedby="|for=")([^"]+)"', body)
    assert set(inside) <= set(ids)
    assert body.count("<table") == body.count("<caption")
    assert "{{" not in re.sub("<pre>.*?</pre>", "", body, flags=re.S)  # BibTeX keeps capitals in two braces
    assert "{%" not in body


@pytest.mark.parametrize("address", ["/", "/programs/jets-1/", "/programs/unknown/", "/accounts/login/"])
def test_footer_names_the_licence(address, scene, client, settings):
    settings.PORTAL_LICENCE = "CC0 <1.0>"
    body = client.get(address).content.decode()
    assert "Licence of the data: CC0 &lt;1.0&gt;" in body[body.index("<footer") :]


def test_navigation_marks_the_page(scene, client):
    assert re.search(
        r'<a href="/programs/"\s+aria-current="page">Programs</a>', client.get("/programs/").content.decode()
    )


def test_visitor_can_log_in(scene, client):
    body = client.get("/").content.decode()
    assert '<a href="/accounts/login/">Log in</a>' in body
    assert "/admin/" not in body


@pytest.mark.parametrize("is_staff", [False, True])
def test_reader_can_log_out_and_staff_reach_the_admin(is_staff, scene, client):
    client.force_login(User.objects.create_user("reader", is_staff=is_staff))
    body = client.get("/").content.decode()
    assert '<form method="post" action="/accounts/logout/">' in body
    assert ('<a href="/admin/">Admin</a>' in body) is is_staff


@pytest.mark.parametrize("code", ["400", "403", "404", "500"])
def test_error_page_needs_no_request(code):
    body = loader.get_template(f"{code}.html").render()
    assert find_errors(body) == []
    assert "Go to the first page" in body
