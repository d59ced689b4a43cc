"""Every type of page under the rules of axe: WCAG 2.2 A and AA and its best practices."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.addresses import PAGES, visit

pytestmark = pytest.mark.usefixtures("seen_once")

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {"target-size": {"enabled": True}},  # axe leaves it off unless it is named
    "resultTypes": ["violations"],
}
# The rules of `TAGS` that look at colours.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
RUN = "options => axe.run(options).then(result => result.violations)"
SIZES = [{"width": 1440, "height": 900}, {"width": 360, "height": 780}]
SCHEMES = [("light", OPTIONS), ("dark", COLOURS)]
# All that a page shows but its colours: where each element is, and whether it is seen.
SHAPE = """() => [...document.querySelectorAll('body *')].map(part => {
    const { x, y, width, height } = part.getBoundingClientRect();
    return [part.tagName, part.checkVisibility({ visibilityProperty: true }), x, y, width, height].join(' ');
})"""


def find_violations(page, sizes=SIZES, schemes=SCHEMES):
    """Return a line for each rule that the page breaks: theme, width, rule, number of places, the first of them.

    In dark it has the same shape as in light, so that there only the rules about colours can find anything else.
    """
    found = []
    for size in sizes:
        page.set_viewport_size(size)
        shapes = []
        for scheme, options in schemes:
            page.emulate_media(color_scheme=scheme)
            shapes.append(page.evaluate(SHAPE))
            for violation in page.evaluate(RUN, options):
                first = violation["nodes"][0]
                place = f"{first['html'][:200]} {first['failureSummary']}"
                found.append(f"{scheme} {size['width']} {violation['id']} ({len(violation['nodes'])}): {place}")
        assert all(shape == shapes[0] for shape in shapes)
    return found


# In another language only words differ: they are judged once, where there is least room for them.
@pytest.mark.parametrize(
    ("language", "asked"),
    [("en", {}), ("uk", {"sizes": SIZES[1:], "schemes": SCHEMES[:1]})],
    ids=["en", "uk"],
)
@pytest.mark.parametrize("name", PAGES)
def test_page_breaks_no_rule(name, language, asked, page):
    visit(page, name, language)
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    page.evaluate(Axe().axe_script)
    assert find_violations(page, **asked) == []
