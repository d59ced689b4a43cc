"""What a query asks for: its words, each as the beginning of a word."""

from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q

from cooperation.search.documents import split_words

MAX_LENGTH = 200  # characters of a query that count
MOST_TERMS = 20  # different words of a query that count
LAST = "\U0010ffff"  # after all letters


@dataclass(frozen=True)
class Term:
    """One word of a query: the beginning of a word; `whole`, a word; or what stands `inside` of these words alone."""

    word: str
    whole: bool = False
    inside: frozenset = field(default=frozenset())

    def fits(self, word):
        """Say whether a folded word of a record answers the term."""
        if self.inside:
            return word in self.inside
        return word == self.word if self.whole else word.startswith(self.word)

    def build_condition(self):
        """Return the condition for words of the vocabulary."""
        if self.inside:
            return Q(word__in=self.inside)
        if self.whole:
            return Q(word=self.word)
        # PostgreSQL's LIKE reads an index; SQLite's does not, but SQLite sorts by code points.
        if connection.vendor == "postgresql":
            return Q(word__startswith=self.word)
        return Q(word__gte=self.word, word__lt=self.word + LAST)


def read_terms(query):
    """Return the terms of what was typed, each once, the first `MOST_TERMS`; none if it has no letter or digit.

    A single letter before the last word must be a word: T of “SAMP/T missiles”. The last word may still be typed on.
    """
    words = split_words(query[:MAX_LENGTH].replace("\0", " "))
    terms = [Term(word, whole=len(word) == 1 and word != words[-1]) for word in words]
    return list(dict.fromkeys(terms))[:MOST_TERMS]
