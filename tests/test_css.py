"""The style sheets: small, made of tokens, readable in both themes, and no phase is told by colour alone."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from cooperation.choices import Phase
from cooperation.theme import THEMES, find_contrast, read_colours

STATIC = Path(__file__).resolve().parents[1] / "static"
BASE = (STATIC.parent / "templates" / "base.html").read_text()
SHEETS = {name: (STATIC / name).read_text() for name in re.findall(r"{% static '(css/[^']+)' %}", BASE)}
SCRIPTS = {name: (STATIC / name).read_text() for name in re.findall(r"{% static '(js/[^']+)' %}", BASE)}
PORTAL = SHEETS["css/portal.css"]
COLOURS = read_colours(PORTAL)
PHASES = [phase.colour for phase in Phase]
RAW_COLOUR = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(|\b(?:white|black|gray|grey)\b(?!-)", re.I
)


def without_comments(css):
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def rules_of(css, selector):
    """Return the declarations of the rules with exactly this selector."""
    return re.findall(rf"(?:^|}}|\n)\s*{re.escape(selector)} {{([^}}]*)}}", without_comments(css))


def test_sheets_are_small():
    assert sum(len(css.encode()) for css in SHEETS.values()) < 40_000
    assert sum(len(script.encode()) for script in SCRIPTS.values()) < 15_000


@pytest.mark.parametrize("name", SHEETS)
def test_sheet_stands_in_layers(name):
    css = without_comments(SHEETS[name]).strip()
    assert re.sub(r"@layer [\w, ]+[;{]", "@layer", css).startswith("@layer") or not css
    assert css.count("{") == css.count("}")


@pytest.mark.parametrize("name", SHEETS)
def test_colours_are_told_in_tokens_alone(name):
    css = without_comments(SHEETS[name])
    tokens = css[css.index("@layer tokens {") : css.index("@layer elements {")] if name == "css/portal.css" else ""
    assert RAW_COLOUR.findall(css.replace(tokens, "")) == []


@pytest.mark.parametrize("name", SHEETS)
def test_sheet_uses_known_tokens(name):
    known = set(re.findall(r"(--[\w-]+):", PORTAL + SHEETS[name]))
    assert set(re.findall(r"var\((--[\w-]+)", SHEETS[name])) <= known


@pytest.mark.parametrize("name", SHEETS)
def test_sheet_has_no_shadows_gradients_or_physical_sides(name):
    forbidden = r"box-shadow|text-shadow|gradient|(?:margin|padding|border)-(?:left|right|top|bottom)\b|!important"
    css = re.sub(r"@media \(prefers-reduced-motion[^@]*", "", without_comments(SHEETS[name]))
    assert re.findall(forbidden, css) == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("surface", ["paper", "tint"])
@pytest.mark.parametrize("name", ["ink", "quiet", "accent", "wrong"])
def test_text_can_be_read(name, surface, theme):
    assert find_contrast(getattr(COLOURS[name], theme), getattr(COLOURS[surface], theme)) >= 7


@pytest.mark.parametrize("theme", THEMES)
def test_marked_text_can_be_read(theme):
    assert find_contrast(getattr(COLOURS["ink"], theme), getattr(COLOURS["mark"], theme)) >= 7
    assert find_contrast(getattr(COLOURS["accent"], theme), getattr(COLOURS["mark"], theme)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("surface", ["paper", "tint"])
@pytest.mark.parametrize("phase", PHASES)
def test_phase_can_be_read(phase, surface, theme):
    assert find_contrast(getattr(COLOURS[phase], theme), getattr(COLOURS[surface], theme)) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
def test_edges_of_fields_can_be_seen(theme):
    assert find_contrast(getattr(COLOURS["field"], theme), getattr(COLOURS["paper"], theme)) >= 3


@pytest.mark.parametrize("phase", PHASES)
def test_phase_sets_its_colour(phase):
    assert rules_of(PORTAL, f".{phase}") == [f" --phase: var(--{phase}); "]


def test_each_phase_has_a_sign_of_its_own():
    """The first phase has the plain ring that all badges start with; each other one changes its shape."""
    (ring,) = rules_of(PORTAL, '.badge::before, .phase::before, .value[class*="phase-"]::before')
    assert "border: .12em solid var(--phase, currentcolor)" in ring
    signs = [rules_of(PORTAL, f".{phase}:is(.badge, .phase, .value)::before") for phase in PHASES]
    assert list(map(len, signs)) == [0, 1, 1, 1, 1]
    assert all(one != other for one, other in combinations(signs, 2))


def test_contrast_counts_as_the_guidelines_do():
    assert find_contrast("#000000", "#ffffff") == pytest.approx(21)
    assert find_contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert find_contrast("#ffffff", "#ffffff") == 1


def test_theme_is_told_once():
    assert len(COLOURS) == len(re.findall(r"light-dark\(", PORTAL)) - PORTAL.count("light-dark() ")
    assert rules_of(PORTAL, '[data-theme="light"]') == [" color-scheme: light; "]
    assert rules_of(PORTAL, '[data-theme="dark"]') == [" color-scheme: dark; "]
