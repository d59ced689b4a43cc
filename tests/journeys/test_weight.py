"""What a first visit costs, and that nothing moves under the eyes of who reads."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.addresses import ARTICLE, PROGRAM

pytestmark = pytest.mark.usefixtures("seen_once")

STATIC = Path(__file__).resolve().parents[2] / "static"
PAGE_BYTES = 100_000
SCRIPT_BYTES = 15_000
STYLE_BYTES = 40_000
VISITED = ["/", "/programs/", PROGRAM, ARTICLE, "/developments/", "/uk/programs/"]
TABLES = ["/programs/", "/articles/", "/parties/", "/systems/", "/partnerships/france-ukraine/"]
SLOW = {"offline": False, "latency": 20, "downloadThroughput": 8_000, "uploadThroughput": -1}  # ms, bytes a second
WATCH_SHIFTS = """
    window.shifts = [];
    window.cells = [];
    new PerformanceObserver(list => {
        for (const entry of list.getEntries()) {
            if (entry.hadRecentInput) continue;
            const nodes = entry.sources.map(source => source.node).filter(node => node?.outerHTML);
            window.shifts.push(nodes.map(node => node.outerHTML.slice(0, 150)).join(' | '));
            window.cells.push(...nodes.filter(node => node.closest('table')).map(node => node.textContent.trim()));
        }
    }).observe({ type: 'layout-shift', buffered: true });
"""


@pytest.mark.parametrize("address", VISITED)
def test_first_visit_is_light(address, page):
    sizes = []
    session = page.context.new_cdp_session(page)
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.send("Network.enable")
    assert page.goto(address, wait_until="networkidle").ok
    assert len(sizes) > 1  # the page and what it links
    assert sum(sizes) < PAGE_BYTES


@pytest.mark.parametrize(("pattern", "budget"), [("js/*.js", SCRIPT_BYTES), ("css/*.css", STYLE_BYTES)])
def test_own_files_are_small(pattern, budget):
    # The admin's few rules are not sent to viewers.
    assert sum(path.stat().st_size for path in STATIC.glob(pattern) if path.name != "admin.css") < budget


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("address", VISITED)
def test_nothing_moves_while_a_page_loads(address, width, page):
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(WATCH_SHIFTS)
    assert page.goto(address, wait_until="networkidle").ok
    page.mouse.wheel(0, 4000)
    page.wait_for_timeout(300)
    assert page.evaluate("shifts") == []


@pytest.mark.parametrize("address", TABLES)
def test_columns_stand_before_all_rows_have_come(address, page):
    page.add_init_script(WATCH_SHIFTS)
    page.goto("/about/", wait_until="networkidle")  # then the styles are there, and what has come of a page is shown
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW)
    assert page.goto(address, wait_until="networkidle").ok
    assert page.evaluate("cells") == []


def test_nothing_moves_while_a_list_is_narrowed(page):
    page.add_init_script(WATCH_SHIFTS)
    page.goto("/programs/")
    page.get_by_role("navigation", name="Narrow down").get_by_role("link", name=re.compile("^Supply")).click()
    expect(page.get_by_role("heading", name="18 entries", exact=True)).to_be_visible()
    # A shift within half a second of a click is expected by whoever clicked; a later one is not.
    page.wait_for_timeout(800)
    assert page.evaluate("shifts") == []
