"""Going back in time: what was true, what was known, and back to today."""

import re

from playwright.sync_api import expect

from tests.journeys.addresses import PROGRAM


def ask(page, label, day):
    """Fill in the form for another day."""
    page.locator("summary", has_text="Ask about").click()
    page.get_by_label(label, exact=True).fill(day)
    page.get_by_role("button", name="Show this day").click()


def test_program_of_an_earlier_day(visitor):
    visitor.goto(PROGRAM)
    stage = visitor.locator("#stage").get_by_role("link", name="Preparing")
    expect(stage).to_be_visible()
    ask(visitor, "As of", "2025-03-01")
    expect(visitor).to_have_url(re.compile(rf"{PROGRAM}\?as_of=2025-03-01"))
    expect(visitor.get_by_text("This is what was true as of 1 March 2025.")).to_be_visible()
    expect(stage).to_have_count(0)
    expect(visitor.locator("#stage").get_by_role("link", name="Partly delivered")).to_be_visible()
    visitor.get_by_role("link", name="Back to today").click()
    expect(visitor).to_have_url(re.compile(f"{PROGRAM}$"))
    expect(stage).to_be_visible()


def test_list_keeps_its_filters_and_its_links_keep_the_day(visitor):
    visitor.goto("/programs/?mode=supply")
    ask(visitor, "As known on", "2023-06-30")
    expect(visitor).to_have_url(re.compile(r"/programs/\?.*known_on=2023-06-30"))
    expect(visitor).to_have_url(re.compile(r"[?&]mode=supply(&|$)"))
    expect(visitor.get_by_text("Only what articles published by 30 June 2023 reported is counted.")).to_be_visible()
    expect(visitor.get_by_role("link", name="Mirage 2000 fighters for Ukraine")).to_have_count(0)
    visitor.get_by_role("rowheader").get_by_role("link").first.click()
    expect(visitor).to_have_url(re.compile(r"/programs/.+/\?known_on=2023-06-30$"))


def test_day_that_is_none_is_told_beside_the_field(visitor):
    visitor.goto("/programs/?as_of=never")
    expect(visitor.get_by_label("As of", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(visitor.get_by_role("rowheader")).to_have_count(0)
