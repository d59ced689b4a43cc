"""A browser, a portal to visit, and a page that complains about nothing."""

import os
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.journeys.watching import Watcher

PATIENCE = 15_000  # milliseconds; the machine may be busy with other tests
CHROMIUM_ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def seen_once(is_postgresql):
    """Skip on PostgreSQL what judges how pages look: they are the same there, and a browser takes its time."""
    if is_postgresql:
        pytest.skip("pages look the same on either database; they are judged on SQLite")


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium.

    It lives no longer than a module: while Playwright waits, an event loop runs in this thread, in which Django refuses
    to open a database, and the next module of this worker may want one.
    """
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.fail("chromium is missing: apt-get install chromium", pytrace=False)
    arguments = [*CHROMIUM_ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield launched
        launched.close()


@pytest.fixture
def open_context(browser, portal):
    """Return a function that opens a browser context on the portal; nothing in it may have complained at the end."""
    opened = []

    def open_one(**options):
        context = browser.new_context(**{"base_url": portal, "locale": "en-GB", **options})
        context.set_default_timeout(PATIENCE)
        opened.append((context, Watcher(context, portal)))
        return context

    yield open_one
    for context, _ in opened:
        context.close()
    assert [complaint for _, watcher in opened for complaint in watcher.complaints] == []


@pytest.fixture(params=[True, False], ids=["with-javascript", "without-javascript"])
def has_javascript(request):
    return request.param


@pytest.fixture
def visitor(open_context, has_javascript):
    """A page for a viewer's journey, which must lead as far without JavaScript as with it."""
    return open_context(java_script_enabled=has_javascript, viewport={"width": 1280, "height": 900}).new_page()


@pytest.fixture
def page(open_context):
    """A page of a browser with all that it can do."""
    return open_context(viewport={"width": 1440, "height": 900}).new_page()
