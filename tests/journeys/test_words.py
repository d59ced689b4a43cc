"""From a badge to the words that earned it, to their place in the article, and back."""

import re

from playwright.sync_api import expect

from tests.journeys.addresses import ARTICLE, PROGRAM

READY = "France told Ukraine that it is getting Mirage 2000 aircraft ready to hand over, and that this may go faster."
TITLE = "Ukraine and France turn from deliveries to joint production"


def test_badge_leads_to_the_words_and_their_passage_and_back(visitor):
    visitor.goto("/programs/?mode=supply&system=mirage-2000")
    row = visitor.get_by_role("row", name="Mirage 2000 fighters for Ukraine")
    row.get_by_role("link", name="Preparing").click()
    expect(visitor).to_have_url(re.compile(f"{PROGRAM}#stage$"))
    earned = visitor.locator("#stage")
    expect(earned).to_be_in_viewport()
    expect(earned.get_by_text(READY)).to_be_visible()
    earned.get_by_role("link", name=TITLE).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(TITLE)
    passage = visitor.locator("mark:target")
    expect(passage).to_be_in_viewport()
    expect(passage).to_contain_text(READY)
    visitor.go_back()
    expect(visitor).to_have_url(re.compile(f"{PROGRAM}#stage$"))
    expect(earned.get_by_text(READY)).to_be_visible()


def test_passage_leads_to_what_it_supports_and_back(visitor):
    visitor.goto(ARTICLE)
    visitor.get_by_role("link", name=READY).click()
    report = visitor.locator("li:target")
    expect(report).to_be_in_viewport()
    expect(report.get_by_role("link", name="Preparing")).to_be_visible()
    report.get_by_role("link", name="Back to passage 3").click()
    expect(visitor.locator("mark:target")).to_contain_text(READY)


def test_words_of_a_development_open_in_place(visitor):
    visitor.goto(PROGRAM)
    words = visitor.locator("main details:has(figure, blockquote)").first
    expect(words.locator("figure, blockquote").first).to_be_hidden()
    words.locator("summary").click()
    expect(words.locator("figure, blockquote").first).to_be_visible()
    expect(visitor).to_have_url(re.compile(f"{PROGRAM}$"))
