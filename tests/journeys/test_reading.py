"""Pages on small screens, enlarged, without motion and in the system’s colours (WCAG 1.4.4, 1.4.10, 1.4.12, 2.3.3)."""

import pytest

from tests.journeys.addresses import DETAILS, PAGES, visit

pytestmark = pytest.mark.usefixtures("seen_once")

NARROW = {"width": 320, "height": 700}
# A window of 1440 pixels at 200 %.
ENLARGED = {"width": 720, "height": 450}
TYPES = ["home", "programs-list", "program", "article", "search-found", "changes", "about", "login"]
# The values of success criterion 1.4.12.
SPACING = """
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }
"""
OPEN_ALL = "document.querySelectorAll('details').forEach(part => { part.open = true })"
WIDTH = "document.documentElement.scrollWidth"
# What sticks out of the page and may not scroll by itself, to name the offender.
STICKING_OUT = """() => {
    const holds = part => part && (getComputedStyle(part).overflowX !== 'visible' || holds(part.parentElement));
    return [...document.querySelectorAll('body *')]
        .filter(part => part.getBoundingClientRect().right > innerWidth + 1 && !holds(part.parentElement))
        .slice(0, 3).map(part => part.outerHTML.slice(0, 150));
}"""
# Text that its box cuts off. What is only for screen readers is cut on purpose.
CUT = """() => [...document.querySelectorAll('main *, header *, footer *')]
    .filter(part => part.childElementCount === 0 && part.clientWidth > 1 && part.textContent.trim())
    .filter(part => /hidden|clip/.test(getComputedStyle(part).overflowX + getComputedStyle(part).overflowY))
    .filter(part => part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1)
    .map(part => part.outerHTML.slice(0, 150))"""

# Text in the colour of what lies behind it, which is the system's canvas where nothing else has a colour.
INVISIBLE = """() => {
    const probe = document.createElement('i');
    probe.style.color = 'Canvas';
    probe.style.forcedColorAdjust = 'none';
    const canvas = getComputedStyle(document.body.appendChild(probe)).color;
    probe.remove();
    const behind = part => {
        const colour = part ? getComputedStyle(part).backgroundColor : canvas;
        return /^rgba.*, 0\\)$/.test(colour) ? behind(part.parentElement) : colour;
    };
    return [...document.querySelectorAll('body *')]
        .filter(part => [...part.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()))
        .filter(part => part.checkVisibility() && getComputedStyle(part).color === behind(part))
        .map(part => part.outerHTML.slice(0, 150));
}"""


# Words in heads of rows and columns that begin in one line and end in another.
BROKEN = """() => [...document.querySelectorAll('th')].flatMap(head => {
    const texts = document.createTreeWalker(head, NodeFilter.SHOW_TEXT), broken = [], word = document.createRange();
    while (texts.nextNode())
        for (const found of texts.currentNode.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
            word.setStart(texts.currentNode, found.index);
            word.setEnd(texts.currentNode, found.index + found[0].length);
            if (word.getClientRects().length > 1) broken.push(found[0]);
        }
    return broken;
})"""


def find_overflow(page):
    """Return what is wider than the window: nothing, or the offenders."""
    return [] if page.evaluate(f"{WIDTH} <= innerWidth") else page.evaluate(STICKING_OUT) or [page.evaluate(WIDTH)]


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("name", PAGES)
def test_page_reflows_at_320_pixels(name, language, page):
    page.set_viewport_size(NARROW)
    visit(page, name, language)
    page.evaluate(OPEN_ALL)
    assert find_overflow(page) == []


@pytest.mark.parametrize("language", ["en", "fr", "uk"])
@pytest.mark.parametrize("name", ["programs-list", "partnership", "program", "pictures"])
def test_no_word_in_the_head_of_a_table_is_broken(name, language, page):
    visit(page, name, language)
    assert page.evaluate(BROKEN) == []


@pytest.mark.parametrize("name", TYPES)
def test_page_can_be_read_at_200_percent(name, page):
    page.set_viewport_size(ENLARGED)
    visit(page, name)
    page.evaluate(OPEN_ALL)
    assert (find_overflow(page), page.evaluate(CUT)) == ([], [])


@pytest.mark.parametrize("name", TYPES)
def test_page_bears_wider_spacing(name, open_context):
    page = open_context(bypass_csp=True).new_page()
    visit(page, name)
    page.evaluate(OPEN_ALL)
    page.add_style_tag(content=SPACING)
    assert (find_overflow(page), page.evaluate(CUT)) == ([], [])


@pytest.mark.parametrize("name", TYPES)
def test_reduced_motion_stops_all_movement(name, open_context):
    page = open_context(reduced_motion="reduce").new_page()
    visit(page, name)
    page.evaluate(OPEN_ALL)
    moving = """() => [...document.querySelectorAll('*')].filter(part => {
        const style = getComputedStyle(part);
        const seconds = text => Math.max(...text.split(',').map(parseFloat));
        return style.animationName !== 'none' && seconds(style.animationDuration) > 0.01
            || seconds(style.transitionDuration) > 0.01 || style.scrollBehavior === 'smooth';
    }).map(part => part.outerHTML.slice(0, 100))"""
    assert page.evaluate(moving) == []
    assert page.evaluate("document.getAnimations().filter(one => one.playState === 'running').length") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["home", "programs-list", *DETAILS])
def test_forced_colours_keep_the_words(name, scheme, open_context):
    page = open_context(forced_colors="active", color_scheme=scheme).new_page()
    visit(page, name)
    assert page.evaluate(INVISIBLE) == []
