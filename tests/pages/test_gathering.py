"""Search and about."""

import pytest

from cooperation import ledger
from tests import factories


@pytest.mark.parametrize("count", [1, 3])
def test_search_query_count(count, make_scene, client, django_assert_num_queries):
    for n in range(count):
        make_scene(n)
    with django_assert_num_queries(10):
        answer = client.get("/search/?q=jet")
    assert [group.noun for group in answer.context["groups"]] == ["programs", "systems", "developments"]


def test_search_links_what_was_found(scene, client):
    body = client.get("/search/?q=JETS+1").content.decode()
    assert '<a href="/programs/jets-1/">Jets for recipient 1</a>' in body
    assert '<a href="/programs/jets-1/#jets-ready-1">Jets 1 are being prepared.</a>' in body


def test_search_links_to_all_that_match(db, client):
    ledger.publish([factories.make_party(name=f"Great maker {n}") for n in range(11)])
    body = client.get("/search/?q=great+maker").content.decode()
    assert '<a href="/parties/?q=great+maker">All that match</a>' in body


def test_search_without_hits(scene, read):
    _, words = read("/search/?q=submarine")
    assert "Nothing was found for “submarine”." in words
    assert "look through all programs" in words


@pytest.mark.parametrize(
    ("query", "error"),
    [("a%00b", "Null characters are not allowed."), ("a" * 201, "Ensure this value has at most 200 characters")],
)
def test_search_that_cannot_be_read(query, error, scene, read):
    status, words = read(f"/search/?q={query}")
    assert status == 200
    assert error in words


@pytest.mark.parametrize("count", [1, 3])
def test_about_query_count(count, make_scene, client, django_assert_num_queries):
    for n in range(count):
        make_scene(n)
    with django_assert_num_queries(2):
        client.get("/about/")


def test_about_explains_the_codes_and_names_the_sources(scene, read):
    _, words = read("/about/")
    assert "preparing Preparing Work Refurbish, modify, train crews, make ready to hand over. iati: 2; ocds:" in words
    assert "Gazette 1: 1 article" in words
