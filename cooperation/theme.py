"""Light or dark: what a reader can choose, the cookie that remembers it, and the colours of both in the style sheet."""

import re
from dataclasses import dataclass

COOKIE = "theme"
THEMES = ("light", "dark")
AUTO = "auto"  # what the reader's device prefers; needs no cookie

_TOKEN = re.compile(r"--(?P<name>[\w-]+): light-dark\((?P<light>#[0-9a-f]{6}), (?P<dark>#[0-9a-f]{6})\);")
_LUMA = (0.2126, 0.7152, 0.0722)  # how bright red, green and blue look: WCAG 2.2, relative luminance


@dataclass(frozen=True)
class Colour:
    """A token of the style sheet with its colour in both themes, such as `#fdfcf9`."""

    name: str
    light: str
    dark: str


def read_theme(cookies):
    """Return the theme that the cookies name, `AUTO` for none or for something else: a cookie is anybody's text."""
    asked = cookies.get(COOKIE)
    return asked if asked in THEMES else AUTO


def read_colours(css):
    """Return {name: `Colour`} for the tokens of a style sheet, in its order."""
    return {match["name"]: Colour(**match.groupdict()) for match in _TOKEN.finditer(css)}


def find_contrast(one, other):
    """Return the contrast of two colours as WCAG 2.2 counts it, from 1 to 21."""
    darker, lighter = sorted((_find_luminance(one), _find_luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _find_luminance(colour):
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip(_LUMA, linear, strict=True))
