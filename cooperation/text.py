"""Pure text work: folding for comparison and search, and finding a quote in its text."""

import re
import unicodedata
from functools import lru_cache
from itertools import filterfalse

_WORD = re.compile(r"[^\W_]+")
# What Unicode takes for letters of their own and PostgreSQL's unaccent does not, of the languages of Europe; and the
# apostrophe of Ukrainian, which is mostly typed as ' or ’ and parts words like these.
_ALIKE = str.maketrans(
    {
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        "ł": "l",
        "ŋ": "n",
        "ŧ": "t",
        "ʼ": "'",
    }
)


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
    words = fold_space(quote)
    written, folded = _read_both_ways(text)
    if not words or words not in folded:
        return None
    start = written.find(words)
    if start >= 0 and _count_folded(written[:start]) == folded.find(words):
        return start, start + len(words)  # found as it is written, and no earlier with other white space
    match = re.search(r"\s+".join(map(re.escape, words.split(" "))), written)
    return match.span() if match else None


@lru_cache(maxsize=32)  # an article is asked for all its quotes
def _read_both_ways(text):
    return normalise(text), fold_space(text)


def _count_folded(beginning):
    """Return how many characters the beginning of a text has where each run of white space is one blank."""
    words = beginning.split()
    is_between_words = bool(words) and beginning[-1].isspace()
    return len(" ".join(words)) + is_between_words


def join_passages(quotes):
    """Return what stands in the place of a full text: each of `quotes` once, in their order."""
    return "\n\n".join(dict.fromkeys(quotes))


def fold(text):
    """Return `text` for forgiving search: no case, no accents, compatible forms alike, one blank between words."""
    if text.isascii():
        return " ".join(text.lower().split())
    folded = (word.lower() if word.isascii() else _fold_word(word) for word in text.split())
    return " ".join(" ".join(folded).split())


@lru_cache(maxsize=20_000)  # most words have no accents, and those that have come again
def _fold_word(word):
    plain = unicodedata.normalize("NFKD", word).casefold()  # 𝔘 is no capital letter before it is an U
    return "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", plain))).translate(_ALIKE)


def words(text):
    """Return the folded words of `text`, in order."""
    return _WORD.findall(fold(text))
