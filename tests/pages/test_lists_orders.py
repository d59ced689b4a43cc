"""The heads of the columns: which of them sort, what they say of it, and what a click asks for."""

import re

import pytest

from cooperation.filters import FILTERS
from cooperation.views.controls import Order, build_orders

HEAD = re.compile(
    r'<th scope="col"[^>]*?(?:aria-sort="(\w+)")?>\s*<a id="sort-(\w+)"\s+href="([^"]*)">\s*([^<]*?)\s*<span'
)
NAMES = {
    "partnerships": "Partnership",
    "programs": "What",
    "systems": "System",
    "parties": "Party",
    "officials": "Official",
    "instruments": "Instrument",
    "publishers": "Publisher",
    "articles": "Article",
}


def find_heads(client, address):
    """Return {order: (heading, direction, address of the click)} of the heads that sort."""
    heads = HEAD.findall(client.get(address).content.decode())
    return {name: (heading, direction, link) for direction, name, link, heading in heads}


@pytest.mark.parametrize("noun", NAMES)
def test_head_of_the_name_sorts_each_table(noun, scene, client):
    heading, direction, link = find_heads(client, f"/{noun}/?sort=name")["name"]
    assert (heading, direction, link) == (NAMES[noun], "ascending", f"/{noun}/?sort=-name")
    assert find_heads(client, f"/{noun}/?sort=-name")["name"][1:] == ("descending", f"/{noun}/?sort=name")


def test_programs_are_sorted_by_their_latest_development_at_first(scene, client):
    assert find_heads(client, "/programs/?mode=supply&page=1") == {
        "name": ("What", "", "/programs/?mode=supply&amp;sort=name"),
        "stage": ("How far", "", "/programs/?mode=supply&amp;sort=stage"),
        "updated": ("Latest", "descending", "/programs/?mode=supply&amp;sort=-updated"),
    }


@pytest.mark.parametrize("address", ["/partnerships/alliance-1/", "/"])
def test_tables_outside_of_lists_do_not_sort(address, scene, client):
    assert find_heads(client, address) == {}
    assert "<table" in client.get(address).content.decode()


@pytest.mark.parametrize("noun", FILTERS)
def test_one_order_runs_and_a_click_turns_it(noun):
    sort = FILTERS[noun].base_filters["sort"]
    for asked in ["", *(name for order in sort.orders for name in (order, f"-{order}"))]:
        running = [order for order in build_orders(sort, asked).values() if order.direction]
        assert len(running) == 1
        assert {(asked or sort.default).lstrip("-"), f"-{(asked or sort.default).lstrip('-')}"} == {
            asked or sort.default,
            running[0].turned,
        }


def test_newest_first_is_descending():
    orders = build_orders(FILTERS["programs"].base_filters["sort"], "-updated")
    assert orders["updated"] == Order("ascending", "updated")
    assert orders["name"] == Order("", "name")
