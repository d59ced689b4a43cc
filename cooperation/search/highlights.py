"""Where in a text, as it was written, the terms of a query stand."""

import re
from functools import lru_cache
from typing import NamedTuple

from cooperation import text
from cooperation.search.documents import MAX_WORD, names_of

SNIPPET = 180  # characters of a text that are shown
BEFORE = 60  # of these, before what was found
WORD = re.compile(r"(?:[^\W_ʼ]|(?<=\w)[\u0300-\u036f])+")


class Segment(NamedTuple):
    """A stretch of text, marked if it answers a term."""

    text: str
    is_marked: bool


class Place(NamedTuple):
    """Where a term stands in a text."""

    start: int
    end: int
    term: object


def mark(written, terms):
    """Return `written` in segments."""
    segments, position = [], 0
    for start, end, _ in find_places(written, terms):
        segments += [Segment(written[position:start], False), Segment(written[start:end], True)]
        position = end
    return [segment for segment in (*segments, Segment(written[position:], False)) if segment.text]


def cut_snippet(written, terms):
    """Return the stretch of `written` in which most terms stand, in segments; none if no term stands in it."""
    places = find_places(written, terms)
    if not places:
        return []
    first = max(places, key=lambda place: (_count_terms(places, place.start), -place.start)).start
    start = _next_word(written, first - BEFORE) if first > BEFORE else 0
    end = _last_word(written, start + SNIPPET)
    stretch = " ".join(written[start:end].split())
    return mark(f"{'… ' if start else ''}{stretch}{' …' if end < len(written) else ''}", terms)


def has_all(written, terms):
    """Say whether each term stands in `written`."""
    return len({place.term for place in find_places(written, terms)}) == len(terms)


def find_other_name(record, terms):
    """Return the shortest name or alias by which `record` was found, an empty text if it is found by the one shown."""
    names = [] if has_all(record.local_name, terms) else names_of(record)
    return min((name for name in names if has_all(name, terms)), key=len, default="")


def find_places(written, terms):
    """Return the places of all terms in `written`, in order; of a word that answers several, the longest stretch."""
    found = ((match, _find_best(_fold_word(match[0]), terms)) for match in WORD.finditer(written))
    return [_place(match, term) for match, term in found if term]


def _find_best(word, terms):
    return max((term for term in terms if term.fits(word)), key=lambda term: len(term.word), default=None)


def _place(match, term):
    """Return where the letters of `term` are in the word that was written: folding can change their number."""
    written = match[0]
    if len(_fold_word(written)) == MAX_WORD:
        return Place(match.start(), match.end(), term)
    before = _fold_word(written).index(term.word)
    sizes = [len(_fold_word(written[:n])) for n in range(len(written) + 1)]
    start = max(n for n, size in enumerate(sizes) if size <= before and (n == len(written) or sizes[n + 1] > size))
    end = next(n for n, size in enumerate(sizes) if size >= before + len(term.word))
    end = max(n for n, size in enumerate(sizes) if size == sizes[end])  # with the accents that follow
    return Place(match.start() + start, match.start() + end, term)


@lru_cache(maxsize=50_000)
def _fold_word(word):
    return text.fold(word)[:MAX_WORD]


def _count_terms(places, start):
    return len({place.term for place in places if start <= place.start < start + SNIPPET - BEFORE})


def _next_word(written, position):
    blank = written.find(" ", position)
    return blank + 1 if 0 <= blank < position + BEFORE else position


def _last_word(written, position):
    if position >= len(written):
        return len(written)
    blank = written.rfind(" ", position - BEFORE, position)
    return blank if blank > 0 else position
