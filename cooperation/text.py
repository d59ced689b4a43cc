"""Pure text work: folding for comparison and search, and finding a quote in its text."""

import re
import unicodedata
from itertools import filterfalse

_WORD = re.compile(r"[^\W_]+")


def normalise(text):
    """Return `text` in Unicode NFC with plain line ends, the form in which texts and quotes are stored."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")


def fold_space(text):
    """Return `text` in NFC with each run of white space as one blank, the form in which quotes are compared."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def find_quote(quote, text):
    """Return (start, end) of `quote` in `text`, or None; white space may differ, everything else must be the same.

    Positions count characters of `normalise(text)`.
    """
    words = fold_space(quote).split(" ")
    if words == [""]:
        return None
    match = re.search(r"\s+".join(map(re.escape, words)), normalise(text))
    return match.span() if match else None


def join_passages(quotes):
    """Return what stands in the place of a full text: each of `quotes` once, in their order."""
    return "\n\n".join(dict.fromkeys(quotes))


def fold(text):
    """Return `text` for forgiving search: no case, no accents, compatible forms alike, one blank between words."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(filterfalse(unicodedata.combining, decomposed)).split())


def words(text):
    """Return the folded words of `text`, in order."""
    return _WORD.findall(fold(text))
