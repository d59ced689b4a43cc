"""Changing the language keeps the page and its filters; the theme that was chosen stays."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.addresses import PROGRAM


def switch(page, language):
    """Follow the header's link to another language."""
    page.get_by_role("banner").locator(f"a[hreflang={language}]").click()


def test_language_keeps_page_filters_and_day(visitor):
    visitor.goto("/programs/?mode=supply&as_of=2025-03-01")
    rows = visitor.get_by_role("rowheader").count()
    switch(visitor, "uk")
    expect(visitor).to_have_url(re.compile(r"/uk/programs/\?mode=supply&as_of=2025-03-01$"))
    expect(visitor.locator("html")).to_have_attribute("lang", "uk")
    expect(visitor.get_by_role("rowheader")).to_have_count(rows)
    visitor.get_by_role("rowheader").get_by_role("link").first.click()
    expect(visitor).to_have_url(re.compile(r"/uk/programs/.+/\?as_of=2025-03-01$"))
    switch(visitor, "fr")
    expect(visitor).to_have_url(re.compile(r"/fr/programs/.+/\?as_of=2025-03-01$"))
    expect(visitor.locator("html")).to_have_attribute("lang", "fr")
    switch(visitor, "en")
    expect(visitor.locator("html")).to_have_attribute("lang", "en")
    expect(visitor).to_have_url(re.compile(r"//[^/]+/programs/.+/\?as_of=2025-03-01$"))


def test_language_of_the_page_is_marked(visitor):
    visitor.goto(f"/uk{PROGRAM}")
    current = visitor.get_by_role("banner").locator("[aria-current=true], [aria-current=page]", has_text="Українська")
    expect(current).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_theme_that_was_chosen_stays(scheme, open_context, has_javascript):
    other = {"light": "dark", "dark": "light"}[scheme]
    page = open_context(color_scheme=other, java_script_enabled=has_javascript).new_page()
    page.goto("/programs/?mode=supply")
    ink = "getComputedStyle(document.body).color"
    before = page.evaluate(ink)
    with page.expect_response(lambda response: response.request.method == "POST"):
        page.get_by_role("button", name=scheme.title(), exact=True).click()
    expect(page).to_have_url(re.compile(r"/programs/\?mode=supply$"))
    expect(page.locator("body")).not_to_have_css("color", before)
    chosen = page.evaluate(ink)
    page.goto(PROGRAM)
    assert page.evaluate(ink) == chosen
    page.emulate_media(color_scheme=scheme)
    assert page.evaluate(ink) == chosen
