"""What all pictures share: numbers as SVG takes them, the room that words need, and the signs of the phases."""

LETTER = 7.6  # pixels of a letter at the size of the pictures' words, on average over the three languages
MOST_LETTERS = 24
TARGET = 24  # the least size of what can be hit
RING = "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z"
# Around the point 0, 0, filled by the even-odd rule; they are the signs that the style sheet draws before words.
SIGNS = {
    "phase-talk": f"{RING}M-4.3 0a4.3 4.3 0 1 0 8.6 0a4.3 4.3 0 1 0-8.6 0z",
    "phase-promise": f"{RING}M0-4.3a4.3 4.3 0 0 1 0 8.6z",
    "phase-work": "M-7 0l7-7l7 7l-7 7z",
    "phase-result": RING,
    "phase-stopped": "M-6-4l2-2l4 4l4-4l2 2l-4 4l4 4l-2 2l-4-4l-4 4l-2-2l4-4z",
}


def write(number):
    """Return a number as SVG takes it in every language: a point, two decimals at most, none if it is whole."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def percent(part, whole):
    """Return how much of the whole a part is, as SVG takes it; a whole of nothing has no parts."""
    return f"{write(100 * part / whole if whole else 0)}%"


def shorten(label):
    """Return a label as far as there is room for it."""
    label = str(label)
    return label if len(label) <= MOST_LETTERS else f"{label[: MOST_LETTERS - 1].rstrip()}…"


def measure(label):
    """Return about how many pixels a label takes."""
    return len(label) * LETTER


def find_sign(colour):
    """Return the path of the sign of a phase, given by its colour token; empty for none."""
    return SIGNS.get(colour, "")
