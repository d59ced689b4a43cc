"""Narrowing a list down, widening it again, sorting it and leafing through it."""

import re

import pytest
from playwright.sync_api import expect


def expect_total(page, words):
    """Wait until the list says how many entries it has."""
    expect(page.get_by_role("heading", name=words, exact=True)).to_be_visible()


def expect_parameter(page, name, value):
    """Wait until the address carries a parameter, or does not (None)."""
    pattern = re.compile(rf"[?&]{name}={value}(&|#|$)")
    if value is None:
        expect(page).not_to_have_url(re.compile(rf"[?&]{name}="))
    else:
        expect(page).to_have_url(pattern)


def names(page):
    """Return what the rows are called."""
    return page.get_by_role("rowheader").all_inner_texts()


@pytest.fixture
def facets(visitor):
    return visitor.get_by_role("navigation", name="Narrow down")


def test_facet_narrows_and_chip_widens(visitor, facets):
    visitor.goto("/programs/")
    expect_total(visitor, "29 entries")
    facets.get_by_role("link", name=re.compile("^Supply")).click()
    expect_total(visitor, "18 entries")
    expect_parameter(visitor, "mode", "supply")
    facets.get_by_role("link", name=re.compile("^Mirage 2000")).click()
    expect_total(visitor, "1 entry")
    chips = visitor.get_by_role("list", name="What narrows this list")
    chips.get_by_role("link", name="Take out Mode: Supply").click()
    expect_parameter(visitor, "mode", None)
    expect_parameter(visitor, "system", "mirage-2000")
    chips.get_by_role("link", name="Clear all").click()
    expect_total(visitor, "29 entries")


def test_back_button_restores_the_list(visitor, facets):
    visitor.goto("/programs/")
    facets.get_by_role("link", name=re.compile("^Supply")).click()
    expect_total(visitor, "18 entries")
    narrowed = names(visitor)
    facets.get_by_role("link", name=re.compile("^Mirage 2000")).click()
    expect_total(visitor, "1 entry")
    visitor.go_back()
    expect_total(visitor, "18 entries")
    assert names(visitor) == narrowed
    visitor.go_back()
    expect_total(visitor, "29 entries")
    visitor.go_forward()
    expect_total(visitor, "18 entries")


def test_reload_shows_the_same(visitor, facets):
    visitor.goto("/programs/")
    facets.get_by_role("link", name=re.compile("^Supply")).click()
    expect_total(visitor, "18 entries")
    seen = names(visitor)
    visitor.reload()
    expect_total(visitor, "18 entries")
    assert names(visitor) == seen


def test_form_looks_for_words_and_keeps_the_facets(visitor):
    visitor.goto("/programs/?mode=supply")
    field = visitor.locator("main").get_by_role("searchbox").first
    field.fill("aster")
    field.press("Enter")
    expect_total(visitor, "3 entries")
    expect_parameter(visitor, "mode", "supply")
    expect_parameter(visitor, "q", "aster")


def test_head_of_a_column_sorts(visitor):
    visitor.goto("/programs/?mode=supply")
    head = visitor.get_by_role("columnheader", name=re.compile("^What"))
    head.get_by_role("link").click()
    expect_parameter(visitor, "sort", "name")
    expect(head).to_have_attribute("aria-sort", "ascending")
    rising = names(visitor)
    assert rising == sorted(rising, key=str.casefold)
    head.get_by_role("link").click()
    expect_parameter(visitor, "sort", "-name")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert names(visitor) == rising[::-1]


def test_pages_follow_each_other(visitor):
    visitor.goto("/programs/?page_size=10&sort=name")
    first = names(visitor)
    pages = visitor.get_by_role("navigation", name="Pages")
    pages.get_by_role("link", name=re.compile("^Next")).click()
    expect_parameter(visitor, "page", "2")
    expect(visitor.get_by_text("11 to 20 of 29")).to_be_visible()
    assert set(first).isdisjoint(names(visitor))
    pages.get_by_role("link", name=re.compile("^Previous")).click()
    expect(visitor.get_by_text("1 to 10 of 29")).to_be_visible()
    assert names(visitor) == first


def test_empty_list_offers_a_way_out(visitor):
    visitor.goto("/programs/?mode=supply&q=zzzzzzzz")
    expect_total(visitor, "0 entries")
    visitor.get_by_role("link", name="Clear all").first.click()
    expect_total(visitor, "29 entries")


def test_wrong_value_is_told_beside_its_field(visitor):
    visitor.goto("/programs/?mode=barter")
    expect(visitor.get_by_label("Mode", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(visitor.get_by_role("rowheader")).to_have_count(0)
