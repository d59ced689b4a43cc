"""Pages of a list and their bounds."""

import pytest

from cooperation import ledger
from tests import factories


@pytest.fixture
def publishers(db):
    """Five public publishers, in the order of their names."""
    made = [factories.make_publisher(slug=f"paper-{letter}") for letter in "abcde"]
    ledger.publish(made)
    return made


def slugs(body):
    return [row["id"] for row in body["results"]]


def test_pages_follow_each_other(publishers, get):
    address = "http://testserver/api/v1/publishers/?"
    status, first = get("publishers/?page_size=2")
    assert (status, first["count"], slugs(first)) == (200, 5, ["paper-a", "paper-b"])
    assert (first["next"], first["previous"]) == (f"{address}page=2&page_size=2", None)
    second = get("publishers/?page_size=2&page=2")[1]
    assert slugs(second) == ["paper-c", "paper-d"]
    assert (second["next"], second["previous"]) == (f"{address}page=3&page_size=2", f"{address}page_size=2")
    last = get("publishers/?page_size=2&page=3")[1]
    assert (slugs(last), last["next"]) == (["paper-e"], None)


def test_empty_list_has_one_page(db, get):
    assert get("publishers/?page=1") == (200, {"count": 0, "next": None, "previous": None, "results": []})


def test_largest_page(publishers, get):
    assert slugs(get("publishers/?page_size=200")[1]) == [publisher.slug for publisher in publishers]


def test_default_page_has_25_rows(db, get):
    ledger.publish([factories.make_publisher() for _ in range(26)])
    assert len(get("publishers/")[1]["results"]) == 25


@pytest.mark.parametrize("page", [2, 7, 10**20])
def test_page_beyond_the_last_is_not_found(publishers, get, page):
    body = {"detail": f"There is no page {page}; the last one is page 1.", "code": "not_found"}
    assert get(f"publishers/?page={page}") == (404, body)


@pytest.mark.parametrize("page", ["abc", "", "0", "-1", "1.5", "1e3", "last", "²", "٣", "9" * 5000, "1\0"])
def test_malformed_page_is_refused(publishers, get, page):
    body = {"page": [f"“{page[:50]}” is not possible; use a whole number from 1."], "code": "invalid"}
    assert get("publishers/", {"page": page}) == (400, body)


@pytest.mark.parametrize("size", ["abc", "", "0", "-1", "201", "1000000"])
def test_page_size_out_of_bounds_is_refused(publishers, get, size):
    body = {"page_size": [f"“{size}” is not possible; use a whole number from 1 to 200."], "code": "invalid"}
    assert get("publishers/", {"page_size": size}) == (400, body)
