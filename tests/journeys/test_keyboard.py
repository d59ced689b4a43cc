"""A walk by the Tab key: every stop shows that it has the focus and is not covered, and there is a way out."""

import pytest

from tests.journeys.addresses import PROGRAM, visit

pytestmark = pytest.mark.usefixtures("seen_once")

TYPES = [
    "home",
    "programs-list",
    "list-facet",
    "program",
    "article",
    "search-found",
    "changes",
    "about",
    "login",
    "party",
]
MAX_STOPS = 1000
# What a stop looks like: it is marked, so that its look can be compared when the focus has gone.
STOP = """() => {
    const part = document.activeElement;
    if (!part || part === document.body) return null;
    const style = getComputedStyle(part);
    const box = part.getBoundingClientRect();
    const line = [...part.getClientRects()].find(one => one.width && one.height) ?? box;
    const x = Math.min(Math.max(line.left + line.width / 2, 1), innerWidth - 2);
    const y = Math.min(Math.max(line.top + line.height / 2, 1), innerHeight - 2);
    const top = document.elementFromPoint(x, y);
    const isOutlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    return {
        html: part.outerHTML.slice(0, 150),
        again: part.dataset.walked === 'yes',
        same: part === window.lastStop,
        outlined: isOutlined,
        inside: box.width > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
        covered: !!top && !part.contains(top) && !top.contains(part),
        mark: part.dataset.walked = 'yes',
        last: !!(window.lastStop = part),
    };
}"""


def walk(page):
    """Press Tab until the focus comes round; yield what each stop looks like."""
    for _ in range(MAX_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:  # the browser's own parts
            continue
        if stop["again"] and not stop["same"]:
            return
        if not stop["same"]:  # a field for a date has several parts
            yield stop
    raise AssertionError(f"no end after {MAX_STOPS} stops")


@pytest.mark.parametrize("width", [1440, 360])
@pytest.mark.parametrize("name", TYPES)
def test_each_stop_is_seen(name, width, page):
    page.set_viewport_size({"width": width, "height": 900})
    visit(page, name)
    stops = list(walk(page))
    bad = [s for s in stops if not s["outlined"] or not s["inside"] or s["covered"]]
    assert bad == []
    focusable = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
    count = "all => [...document.querySelectorAll(all)].filter(one => one.checkVisibility() && !one.disabled).length"
    # A group of radio buttons is one stop.
    radios = page.evaluate("document.querySelectorAll('input[type=radio]').length")
    assert len(stops) >= page.evaluate(count, focusable) - radios


def test_skip_link_leads_past_the_navigation(page):
    page.goto(PROGRAM)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main')?.id") == "content"


def test_words_open_by_keyboard(page):
    page.goto(PROGRAM)
    summary = page.locator("main details > summary").first
    summary.focus()
    page.keyboard.press("Enter")
    assert summary.evaluate("one => one.parentElement.open") is True
    page.keyboard.press("Space")
    assert summary.evaluate("one => one.parentElement.open") is False
