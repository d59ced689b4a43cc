"""Lists without a reload: where the focus goes, what is said, what history and the address are, and what fails how."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PATIENCE
from tests.journeys.test_lists import expect_parameter, expect_total, names

pytestmark = pytest.mark.usefixtures("seen_once")


FRENCH = "/fr/programs/?mode=supply"


@pytest.fixture
def listing(page):
    """The list of programs in a page that would lose its mark by a reload."""
    page.goto("/programs/")
    page.evaluate("window.isSame = true")
    yield page
    assert page.evaluate("window.isSame") is True


@pytest.fixture
def unwatched(browser, portal):
    """A page whose browser may complain of what fails on purpose."""
    context = browser.new_context(base_url=portal, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def find_value(page, name):
    return page.get_by_role("navigation", name="Narrow down").get_by_role("link", name=re.compile(f"^{name}"))


def expect_said(page, words):
    """Wait until the one polite region says this."""
    expect(page.locator("#list-status")).to_have_text(words)


def test_facet_keeps_the_focus_and_the_total_is_said(listing):
    value = find_value(listing, "Supply")
    value.focus()
    listing.keyboard.press("Enter")
    expect_total(listing, "18 entries")
    expect(value).to_be_focused()
    expect(value).to_have_attribute("aria-current", "true")
    expect_said(listing, "18 entries")
    expect(listing).to_have_title("Programs (Mode: Supply) · Cooperation Portal")
    expect(listing.locator("#languages").get_by_role("link", name="Français")).to_have_attribute("href", FRENCH)
    expect(listing.locator('#asked [name="mode"]')).to_have_value("supply")
    expect(listing.locator("#cite")).to_contain_text("Mode: Supply")


def test_value_that_goes_hands_the_focus_to_the_results(page):
    page.goto("/programs/?mode=financing&stage=delivered")
    value = find_value(page, "Financing")
    value.focus()
    page.keyboard.press("Enter")
    expect_parameter(page, "mode", None)
    expect(page.locator(":focus")).to_have_count(1)


def test_chip_hands_the_focus_on(page):
    page.goto("/programs/?mode=supply&q=aster")
    chips = page.get_by_role("list", name="What narrows this list")
    chips.get_by_role("link").first.click()
    expect_total(page, "18 entries")
    expect(chips.get_by_role("link").first).to_be_focused()
    expect(page.locator("#f-q")).to_have_value("")
    page.keyboard.press("Enter")
    expect_total(page, "29 entries")
    expect(page.locator("#rows-title")).to_be_focused()


def test_pager_leads_to_the_results(page):
    page.goto("/programs/?page_size=10")
    page.get_by_role("link", name="Next").click()
    expect(page.locator("#rows-title")).to_be_focused()
    expect(page.locator("#rows-title")).to_be_in_viewport()
    expect_said(page, "29 entries, Page 2")


def test_head_keeps_the_focus_and_the_order_is_said(listing):
    head = listing.get_by_role("columnheader", name=re.compile("^What")).get_by_role("link")
    head.focus()
    listing.keyboard.press("Enter")
    expect_parameter(listing, "sort", "name")
    expect(head).to_be_focused()
    expect_said(listing, "29 entries, Name, A to Z")
    expect(listing.get_by_label("Sort by")).to_have_value("name")


def test_typing_renews_and_is_one_step_of_history(listing):
    field = listing.locator("#f-q")
    field.press_sequentially("as", delay=30)
    expect_parameter(listing, "q", "as")
    field.press_sequentially("ter", delay=30)
    expect_total(listing, "5 entries")
    expect(field).to_be_focused()
    expect(field).to_have_value("aster")
    expect(listing).to_have_url(re.compile(r"/programs/\?q=aster$"))
    listing.go_back()
    expect_total(listing, "29 entries")
    expect(field).to_have_value("")


def test_order_chosen_in_the_form_renews(listing):
    listing.get_by_label("Sort by").focus()
    listing.get_by_label("Sort by").select_option("-name")
    expect_parameter(listing, "sort", "-name")
    expect(listing.get_by_role("columnheader", name=re.compile("^What"))).to_have_attribute("aria-sort", "descending")
    expect(listing.get_by_label("Sort by")).to_be_focused()


def test_history_is_asked_of_the_server_and_never_kept(listing):
    find_value(listing, "Supply").click()
    expect_total(listing, "18 entries")
    narrowed = names(listing)
    find_value(listing, "Mirage 2000").click()
    expect_total(listing, "1 entry")
    assert "Mirage" not in listing.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    listing.go_back()
    expect_total(listing, "18 entries")
    assert names(listing) == narrowed
    expect(find_value(listing, "Mirage 2000")).not_to_have_attribute("aria-current", "true")
    listing.go_forward()
    expect_total(listing, "1 entry")


def test_back_from_a_record_shows_the_list_as_it_was(page):
    page.goto("/programs/")
    find_value(page, "Supply").click()
    expect_total(page, "18 entries")
    page.get_by_role("rowheader").get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"/programs/[a-z0-9-]+/$"))
    page.go_back()
    expect_total(page, "18 entries")
    expect(page.locator("html > body > header")).to_have_count(1)


def test_values_unfold_in_place(listing):
    listing.get_by_role("link", name="All 10 under System").click()
    values = listing.get_by_role("list", name="System").get_by_role("listitem")
    expect(values).to_have_count(10)
    expect(values.nth(8).get_by_role("link")).to_be_focused()
    expect(listing).to_have_url(re.compile("/programs/$"))
    expect(listing).to_have_title("Programs · Cooperation Portal")


def test_folded_panel_stays_open_while_one_chooses(page):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto("/programs/")
    expect(page.locator("#rows-title")).to_be_in_viewport()
    expect(find_value(page, "Supply")).to_be_hidden()
    page.locator("#facets summary").click()
    find_value(page, "Supply").focus()
    page.keyboard.press("Enter")
    expect_total(page, "18 entries")
    expect(find_value(page, "Supply")).to_be_focused()


def test_older_answer_never_overtakes(page):
    page.goto("/programs/")
    held = []
    page.route("**/programs/?mode=supply", lambda route: held.append(route))
    find_value(page, "Supply").click()
    find_value(page, "Upgrade").click()
    expect_total(page, "1 entry")
    held[0].continue_()
    page.wait_for_timeout(500)
    expect_total(page, "1 entry")
    expect(page).to_have_url(re.compile(r"\?mode=upgrade$"))


def test_waiting_is_shown(page):
    page.goto("/programs/")
    held = []
    page.route("**/programs/?mode=supply", lambda route: held.append(route))
    loading = page.locator(".passing.loading")
    expect(loading).to_be_hidden()
    find_value(page, "Supply").click()
    expect(loading).to_be_visible()
    held[0].continue_()
    expect_total(page, "18 entries")
    expect(loading).to_be_hidden()


@pytest.mark.parametrize("fail", [lambda route: route.abort(), lambda route: route.fulfill(status=503, body="busy")])
def test_failure_is_told_with_a_way_on(fail, unwatched):
    unwatched.goto("/programs/")
    unwatched.route("**/programs/?mode=supply", fail)
    find_value(unwatched, "Supply").click()
    problem = unwatched.get_by_role("alert")
    expect(problem).to_contain_text("No answer: what you see is from before.")
    expect_total(unwatched, "29 entries")
    expect(unwatched).to_have_url(re.compile("/programs/$"))
    unwatched.unroute("**/programs/?mode=supply")
    problem.get_by_role("link", name="Try again").click()
    expect_total(unwatched, "18 entries")
    expect(problem.get_by_role("link")).to_be_hidden()


def test_changes_are_renewed_too(page):
    page.goto("/changes/?from=2026-02-01&to=2026-02-28")
    page.evaluate("window.isSame = true")
    total = page.locator("#rows-title").inner_text()
    page.locator("#f-q").press_sequentially("aster", delay=30)
    expect_parameter(page, "q", "aster")
    expect(page.locator("#rows-title")).not_to_have_text(total)
    expect_said(page, page.locator("#rows-title").inner_text())
    page.get_by_role("link", name="Take out Search: aster").click()
    expect(page.locator("#rows-title")).to_have_text(total)
    assert page.evaluate("window.isSame") is True


def test_list_of_the_design_page_is_alive(page):
    page.goto("/about/design/")
    page.evaluate("window.isSame = true")
    page.get_by_role("columnheader", name=re.compile("^How far")).get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"/about/design/\?sort=stage$"))
    expect(page.get_by_role("columnheader", name=re.compile("^How far"))).to_have_attribute("aria-sort", "ascending")
    assert page.evaluate("window.isSame") is True
