"""What a query asks for: its words, each as the beginning of a word, and the records in which they stand."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_

from django.db import connection
from django.db.models import Q
from pyroaring import BitMap

from cooperation.models import SearchWord
from cooperation.models.search import Part
from cooperation.search.documents import split_words

MAX_LENGTH = 200  # characters of a query that count
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
        """Return the condition for rows of the index."""
        if self.inside:
            return Q(word__in=self.inside)
        if self.whole:
            return Q(word=self.word)
        if (
            connection.vendor == "postgresql"
        ):  # whose LIKE reads an index; SQLite's does not, but it compares code points
            return Q(word__startswith=self.word)
        return Q(word__gte=self.word, word__lt=self.word + LAST)


@dataclass
class Matches:
    """The records of one noun that have all terms: in a name that begins with the first, in names, or anywhere."""

    begins: BitMap
    names: BitMap
    all: BitMap

    def best_first(self):
        """Yield the primary keys: those whose name begins so, then those by name, then the rest; the newest first."""
        for keys in (self.begins, self.names - self.begins, self.all - self.names):
            yield from reversed(keys)


class Postings:
    """The rows of the index for terms, read in one query; for one noun alone if it is named."""

    def __init__(self, terms, noun=None):
        """Read them; nothing without terms."""
        self.terms, self.noun = terms, noun
        self.found = {term: defaultdict(lambda: defaultdict(list)) for term in terms}
        for word, where, part, blob in _read_rows(terms, noun):
            records = BitMap.deserialize(blob)
            for term in terms:
                if term.fits(word):
                    self.found[term][where][part].append(records)

    def find_missing(self):
        """Return the terms that stand nowhere in what was read."""
        return [term for term in self.terms if not self.found[term]]

    def find_matches(self, noun):
        """Return the `Matches` of one noun."""
        parts = [
            {part: BitMap.union(*found) for part, found in self.found[term].get(noun, {}).items()}
            for term in self.terms
        ]
        empty = BitMap()
        names = [part.get(Part.START, empty) | part.get(Part.NAME, empty) for part in parts]
        everywhere = [name | part.get(Part.OTHER, empty) for name, part in zip(names, parts, strict=True)]
        in_names = reduce(and_, names)
        return Matches(in_names & parts[0].get(Part.START, empty), in_names, reduce(and_, everywhere))


def read_terms(query):
    """Return the terms of what was typed, each once; none if it has no letter or digit.

    A single letter before the last word must be a word: T of “SAMP/T missiles”. The last word may still be typed on.
    """
    words = split_words(query[:MAX_LENGTH].replace("\0", " "))
    terms = [Term(word, whole=len(word) == 1 and word != words[-1]) for word in words]
    return list(dict.fromkeys(terms))


def _read_rows(terms, noun):
    if not terms:
        return []
    rows = SearchWord.objects.filter(reduce(or_, (term.build_condition() for term in terms)))
    rows = rows.filter(noun=noun) if noun else rows
    return rows.values_list("word", "noun", "part", "records")
