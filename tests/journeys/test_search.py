"""Search over all nouns, from the first page and from its own, with suggestions while typing."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.addresses import PROGRAM


@pytest.fixture
def field(visitor):
    """The field of the search on the page that is open."""
    return visitor.locator("main").get_by_label(re.compile("^Search for"))


def test_home_leads_to_what_was_found(visitor, field):
    visitor.goto("/")
    field.fill("mamba")
    field.press("Enter")
    expect(visitor).to_have_url(re.compile(r"/search/\?q=mamba"))
    found = visitor.get_by_role("region", name=re.compile("^Systems"))
    found.get_by_role("link", name="SAMP/T", exact=True).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("SAMP/T")


def test_header_of_any_page_searches(visitor):
    visitor.goto(PROGRAM)
    field = visitor.get_by_role("banner").get_by_label(re.compile("^Search for"))
    field.fill("mamba")
    field.press("Enter")
    expect(visitor).to_have_url(re.compile(r"/search/\?q=mamba"))
    expect(visitor.locator("main").get_by_role("link", name="SAMP/T", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("query", "name"), [("Містраль", "Mistral"), ("storm shadow", "SCALP"), ("Mirage 2000", "Mirage 2000")]
)
def test_names_are_found_in_any_script(query, name, visitor, field):
    visitor.goto("/search/")
    field.fill(query)
    field.press("Enter")
    found = visitor.get_by_role("region", name=re.compile("^Systems"))
    expect(found.get_by_role("link", name=name, exact=True)).to_be_visible()


def test_nothing_found_offers_a_way_out(visitor, field):
    visitor.goto("/search/?q=zzzzzzzz")
    expect(field).to_have_value("zzzzzzzz")
    expect(visitor.get_by_text("Nothing was found for “zzzzzzzz”.")).to_be_visible()
    visitor.locator("main").get_by_role("link", name=re.compile("programs")).first.click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text("Programs")


def test_suggestions_are_walked_by_keys(page):
    page.goto("/search/")
    field = page.locator("main").get_by_role("combobox")
    field.press_sequentially("mamb")
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options.filter(has_text="SAMP/T").first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("Escape")
    expect(options).to_have_count(0)
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(field).to_be_focused()
    field.press_sequentially("a")
    expect(options.first).to_be_visible()
    field.press("ArrowDown")
    chosen = page.get_by_role("listbox").get_by_role("option", selected=True)
    expect(chosen).to_have_count(1)
    name = chosen.inner_text()
    field.press("Enter")
    expect(page).not_to_have_url(re.compile("/search/$"))
    assert page.locator("h1").inner_text() in name
