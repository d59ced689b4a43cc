"""Cursors: a list walked to its end, in every order, and what they refuse."""

import datetime

import pytest

from cooperation import ledger
from cooperation.filters import FILTERS
from cooperation.models import Withdrawal
from tests import factories
from tests.keeping import once

SENTENCE = {"cursor": ["This cursor is not one of this query; begin with an empty one."], "code": "invalid"}


def walk(client, address, size=2):
    """Return the ids of all rows, and the count of each page, following `next` from an empty cursor."""
    ids, counts = [], []
    mark = "&" if "?" in address else "?"
    following = f"/api/v1/{address}{mark}cursor=&page_size={size}"
    while following:
        body = client.get(following).json()
        ids += [row.get("id") or row["program"]["id"] for row in body["results"]]
        counts.append(body["count"])
        assert body["previous"] is None
        following = body["next"]
    return ids, counts


def read_whole(client, address):
    body = client.get(f"/api/v1/{address}{'&' if '?' in address else '?'}page_size=200").json()
    return [row.get("id") or row["program"]["id"] for row in body["results"]]


@pytest.fixture
def grown(db):
    """Several records of each noun; some programs share their day and stage, some partnerships have none."""
    return build_grown_world()


@once
def build_grown_world():
    world = factories.make_world()
    with ledger.writing():
        ledger.publish(make_more(world))
    return world


def make_more(world):
    made = []
    for number in range(5):
        partnership = factories.make_partnership(list(world["partnership"].parties.all()), name=f"Pact {number % 2}")
        program = factories.make_program(partnership, [world["system"]], name=f"Plan {number % 3}")
        article = factories.make_article(
            world["publisher"], published=datetime.date(2026, 2, 1 + number % 2), title=f"Report {number % 2}"
        )
        development = factories.make_development(program, date="2026-01", stage=("agreed", "proposed")[number % 2])
        factories.make_citation(article, development)
        made += [partnership, program, article, development, factories.make_system([]), factories.make_publisher()]
        made += [factories.make_official(world["party"]), factories.make_instrument(), factories.make_party()]
        made.append(factories.make_partnership(list(world["partnership"].parties.all())))
    return made


@pytest.mark.parametrize("noun", sorted(FILTERS))
def test_cursors_lead_through_every_order(grown, client, noun):
    for sort in FILTERS[noun].base_filters["sort"].orders:
        for direction in ("", "-"):
            address = f"{noun}/?sort={direction}{sort}"
            ids, counts = walk(client, address)
            assert ids == read_whole(client, address)
            assert set(counts) == {len(ids)}


@pytest.mark.parametrize(
    "query", ["", "?as_of=2026-02-01", "?party=france&sort=name", "?known_on=2026-02-01&sort=stage"]
)
def test_cursors_keep_the_query(grown, client, query):
    ids = walk(client, f"programs/{query}")[0]
    assert ids == read_whole(client, f"programs/{query}")
    assert len(ids) > 2


@pytest.mark.parametrize(("met", "most"), [(10**6, 20_000), (0, 20_000), (0, 4), (0, 0)])
@pytest.mark.parametrize("query", ["sort=-updated", "sort=name&party=france", "stage=agreed", "as_of=2026-02-01"])
@pytest.mark.parametrize("noun", ["programs", "developments", "partnerships"])
def test_cursors_through_many_rows_do_not_need_their_keys(grown, client, monkeypatch, noun, query, met, most):
    whole = read_whole(client, f"{noun}/?{query}")
    assert len(whole) > 2
    for name, value in (("FEW", 0), ("MET", met), ("MOST_MET", most)):
        monkeypatch.setattr(f"cooperation.facets.orders.{name}", value)
    assert walk(client, f"{noun}/?{query}")[0] == whole


def test_cursors_of_changes(grown, client):
    address = "changes/?from=2026-01-01&to=2026-02-28"
    assert walk(client, address)[0] == read_whole(client, address)


def test_row_that_comes_in_before_the_cursor_moves_nothing(db, client):
    ledger.publish([factories.make_publisher(slug=f"paper-{letter}") for letter in "bcde"])
    first = client.get("/api/v1/publishers/?cursor=&page_size=2").json()
    ledger.publish([factories.make_publisher(slug="paper-a")])
    second = client.get(first["next"]).json()
    assert [row["id"] for row in second["results"]] == ["paper-d", "paper-e"]
    assert (second["count"], second["next"]) == (4, None)


def test_links_stand_in_the_header_as_well(grown, client):
    answer = client.get("/api/v1/programs/?cursor=&page_size=2")
    assert answer.headers["Link"] == f'<{answer.json()["next"]}>; rel="next"'
    answer = client.get("/api/v1/programs/?page=2&page_size=2")
    body = answer.json()
    assert answer.headers["Link"] == f'<{body["next"]}>; rel="next", <{body["previous"]}>; rel="prev"'
    assert "Link" not in client.get("/api/v1/programs/?page_size=200").headers


def test_last_page_may_be_full(db, client):
    ledger.publish([factories.make_publisher() for _ in range(4)])
    assert [len(ids) for ids in walk(client, "publishers/")] == [4, 2]


@pytest.mark.parametrize("cursor", ["x", "a:b:c", "é", "\0", "9" * 5000])
def test_cursor_that_the_portal_did_not_write_is_refused(db, get, cursor):
    assert get("programs/", {"cursor": cursor}) == (400, SENTENCE)


def test_cursor_of_another_query_is_refused(grown, client, get):
    cursor = client.get("/api/v1/programs/?cursor=&page_size=2&sort=name").json()["next"].partition("cursor=")[2]
    cursor = cursor.partition("&")[0]
    assert get(f"programs/?sort=-name&cursor={cursor}") == (400, SENTENCE)
    assert get(f"programs/?sort=name&mode=supply&cursor={cursor}") == (400, SENTENCE)
    assert get(f"programs/?sort=name&page_size=200&fields=id&cursor={cursor}")[0] == 200


def test_page_and_cursor_together_are_refused(db, get):
    body = {"cursor": ["Give a page or a cursor, not both."], "code": "invalid"}
    assert get("programs/?cursor=&page=1") == (400, body)


@pytest.mark.parametrize("rows", [1, 3])
def test_later_page_counts_nothing(db, client, django_assert_num_queries, rows):
    ledger.publish([factories.make_publisher() for _ in range(rows + 1)])
    following = client.get(f"/api/v1/publishers/?cursor=&page_size={rows}").json()["next"]
    with django_assert_num_queries(5):
        assert len(client.get(following).json()["results"]) == 1


def test_cursors_go_on_through_withdrawals(db, client):
    papers = [factories.make_publisher(slug=f"paper-{letter}") for letter in "abcdefg"]
    ledger.publish(papers)
    ledger.withdraw(papers[2:])
    assert walk(client, "publishers/?modified_since=2026-01-01")[0] == [
        *("paper-a", "paper-b"),
        *Withdrawal.objects.order_by("at", "slug").values_list("slug", flat=True),
    ]
