"""From a number in a picture to the programs that it counts, and back."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.addresses import PROGRAM
from tests.journeys.test_lists import expect_parameter, expect_total

# To a thousandth: Chromium reckons places, which follow the day of today, in short floats: 24 can measure 23.99999.
OUTLINES = """all => [...document.querySelectorAll(all)].map(one => one.getBoundingClientRect())
    .filter(box => box.width.toFixed(3) < 24 || box.height.toFixed(3) < 24).length"""


def test_cell_of_the_matrix_opens_its_programs(visitor):
    visitor.goto("/programs/?party=ukraine")
    visitor.get_by_role("link", name="Show as pictures").click()
    expect(visitor.get_by_role("heading", name="Programs in pictures")).to_be_visible()
    visitor.get_by_role("link", name="Delivered, Supply: 4 programs").first.click()
    expect_total(visitor, "4 entries")
    expect_parameter(visitor, "stage", "delivered")
    expect_parameter(visitor, "party", "ukraine")
    visitor.get_by_role("link", name="Show as pictures").click()
    visitor.get_by_role("link", name="Show as a list").click()
    expect_total(visitor, "4 entries")


def test_bar_of_a_period_opens_the_list_of_that_day(visitor):
    visitor.goto("/pictures/?mode=supply")
    visitor.get_by_role("link", name="Result, 31 December 2024: 5 programs").first.click()
    expect_total(visitor, "5 entries")
    expect_parameter(visitor, "as_of", "2024-12-31")


def test_sign_of_a_timeline_opens_its_development(visitor):
    visitor.goto("/partnerships/france-ukraine/")
    visitor.get_by_role("link", name=re.compile(r"^Pledged, .*: Mirage 2000 fighters")).first.click()
    expect(visitor).to_have_url(re.compile(r"/programs/france-ukraine-mirage-2000-supply/#"))
    expect(visitor.locator(".development:target")).to_be_visible()


def test_bar_of_the_promise_ledger_leads_to_its_words(visitor):
    visitor.goto(PROGRAM)
    visitor.get_by_role("link", name=re.compile("^Promised: 6 aircraft")).first.click()
    expect(visitor.locator(".development:target")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 320])
@pytest.mark.parametrize("address", ["/pictures/", "/uk/partnerships/france-ukraine/", PROGRAM])
def test_what_can_be_opened_is_large_enough(address, width, seen_once, page):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address)
    assert page.evaluate(OUTLINES, "figure svg a rect:first-of-type") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_picture_scrolls_by_keyboard_where_it_does_not_fit(seen_once, page):
    page.set_viewport_size({"width": 320, "height": 900})
    page.goto("/pictures/")
    region = page.get_by_role("region", name="Picture: Programs over time")
    region.focus()
    page.keyboard.press("ArrowRight")
    # Scrolling takes some frames. Waiting for a function would have the page evaluate text, which its CSP refuses.
    for _ in range(100):
        if region.evaluate("region => region.scrollLeft") > 0:
            break
        page.wait_for_timeout(50)
    assert region.evaluate("region => [region === document.activeElement, region.scrollLeft > 0]") == [True, True]
