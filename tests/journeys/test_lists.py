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


LONG_VALUE = """() => {
    const link = document.querySelector(".facets li a")
    link.querySelector(".value").textContent = "Research and development of interception"
    link.querySelector(".figure").textContent = "12345"
    const text = document.createRange()
    text.selectNodeContents(link.querySelector(".figure"))
    return text.getClientRects().length
}"""


def test_number_beside_a_long_value_stays_in_one_line(page):
    page.goto("/programs/")
    assert page.evaluate(LONG_VALUE) == 1


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


def test_all_values_of_a_facet_are_one_step_away(visitor, facets):
    visitor.goto("/programs/?stage=under-discussion")
    expect(facets.get_by_role("link", name=re.compile("^Rafale"))).to_have_count(0)
    visitor.goto("/programs/")
    expect(facets.get_by_role("link", name=re.compile("^Rafale"))).to_have_count(0)
    facets.get_by_role("link", name="All 10 under System").click()
    facets.get_by_role("link", name=re.compile("^Rafale")).click()
    expect_total(visitor, "1 entry")
    expect_parameter(visitor, "system", "rafale")
    expect(facets.get_by_role("link", name=re.compile("^Rafale"))).to_have_attribute("aria-current", "true")


def test_value_of_a_facet_is_found_by_name(visitor, facets):
    visitor.goto("/programs/facets/system/?mode=supply")
    visitor.get_by_label("Name", exact=True).fill("MIRAGE")
    visitor.locator("main").get_by_role("button", name="Search").click()
    expect(facets.get_by_role("listitem")).to_have_count(1)
    visitor.get_by_role("link", name="Back to the list").click()
    expect(visitor).to_have_url(re.compile(r"/programs/\?mode=supply$"))


def test_each_condition_can_be_taken_out_of_an_empty_list(visitor):
    visitor.goto("/programs/?mode=supply&q=zzzzzzzz")
    visitor.get_by_role("link", name="Without “Search: zzzzzzzz”").click()
    expect_total(visitor, "18 entries")
    expect(visitor.locator("main").get_by_role("searchbox").first).to_have_value("")


def test_page_beyond_the_last_leads_back(visitor):
    visitor.goto("/programs/?page=9")
    visitor.get_by_role("link", name="Go to the last page").click()
    expect(visitor.get_by_text("26 to 29 of 29")).to_be_visible()


def test_day_without_rows_leads_to_today(visitor):
    visitor.goto("/programs/?as_of=2000-01-01&mode=supply")
    visitor.get_by_role("link", name="Without “Mode: Supply”").wait_for(state="detached")
    visitor.locator("#list").get_by_role("link", name="Back to today").click()
    expect_total(visitor, "18 entries")
    expect_parameter(visitor, "as_of", None)
    expect(visitor.get_by_text("This is what was true as of")).to_have_count(0)
