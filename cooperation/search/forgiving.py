"""What a word can mean that begins no public word: it stands inside of some, or something else was meant by it."""

import re

from pyroaring import BitMap
from rapidfuzz import process
from rapidfuzz.distance import OSA

from cooperation.models import SearchWord
from cooperation.models.search import Part
from cooperation.search.scripts import write_otherwise
from cooperation.search.terms import Postings, Term

MOST_INSIDE = 200  # words looked into for one term
SHORT = 5  # letters up to which one slip is forgiven; two beyond
LEAST = 3  # shorter words are neither looked for inside of others nor corrected
SLIPS = 2
MOST_ALIKE = 20
_RUNS = re.compile(r"\d+|\D+")


def look_inside(postings):
    """Return postings in which a term that begins no public word is answered by the words inside of which it stands."""
    missing = [term for term in _find_missing(postings) if _is_word(term.word)]
    if not missing:
        return postings
    public = _read_vocabulary()
    found = {term: Term(term.word, inside=_find_around(term.word, public)) for term in missing}
    terms = [found[term] if term in found and found[term].inside else term for term in postings.terms]
    return postings if terms == postings.terms else Postings(terms, postings.noun)


def correct(postings):
    """Return postings in which a term that stands nowhere is replaced by what was probably meant, if there is any."""
    missing = postings.find_missing()
    if not missing:
        return postings
    terms = [new for term in postings.terms for new in (_find_meant(term) if term in missing else [term])]
    return postings if terms == postings.terms else Postings(list(dict.fromkeys(terms)), postings.noun)


def _find_missing(postings):
    """Return the terms that stand nowhere, be it that only one noun was read."""
    missing = postings.find_missing()
    return Postings(missing).find_missing() if missing and postings.noun else missing


def _is_word(word):
    return len(word) >= LEAST and word.isalpha()


def _read_vocabulary():
    """Return all public words that begin with a letter; there are at least as many numbers as words."""
    return list(SearchWord.objects.filter(word__gte="a").order_by("word").values_list("word", flat=True).distinct())


def _find_around(part, public):
    return frozenset(sorted((word for word in public if part in word), key=len)[:MOST_INSIDE])


def _find_meant(term):
    """Return the terms that were probably meant, the term itself if there are none."""
    runs = [Term(run, whole=len(run) == 1) for run in _RUNS.findall(term.word)]
    if len(runs) > 1:
        return runs if not Postings(runs).find_missing() else [term]
    written = [word for word in write_otherwise(term.word) if _is_word(word)]
    others = [Term(word) for word in written]
    missing = Postings(others).find_missing()
    nearest = next((other.word for other in others if other not in missing), None)
    nearest = nearest or find_nearest([term.word, *written])
    return [Term(nearest)] if nearest else [term]


def find_nearest(written):
    """Return the public word that differs least from one of the ways to write a word, None if all differ too much.

    Of equally near ones, that of the first way, then one that begins alike, then one in names, then the one in most
    records. Numbers and very short words are never guessed: 2031 is no slip for 2030.
    """
    public, alike = _read_vocabulary() if any(map(_is_word, written)) else [], {}
    for way, word in enumerate(filter(_is_word, written)):
        for found, distance in _find_alike(word, public):
            rank = (distance, way, found[0] != word[0])
            alike[found] = min(rank, alike.get(found, rank))
    best = min(alike.values(), default=None)
    return _find_commonest([word for word, rank in alike.items() if rank == best]) if alike else None


def _find_alike(word, public):
    allowed = SLIPS if len(word) > SHORT else 1
    near = [other for other in public if abs(len(other) - len(word)) <= allowed]
    found = process.extract(word, near, scorer=OSA.distance, score_cutoff=allowed, limit=MOST_ALIKE)
    return [(other, distance) for other, distance, _ in found if other.isalpha()]


def _find_commonest(words):
    """Return the word that stands in names before one that does not, then that of most records, then by alphabet."""
    ranks = dict.fromkeys(words, (True, 0))
    for word, part, blob in SearchWord.objects.filter(word__in=words).values_list("word", "part", "records"):
        is_elsewhere, count = ranks[word]
        ranks[word] = (is_elsewhere and part == Part.OTHER, count - len(BitMap.deserialize(blob)))
    return min(words, key=lambda word: (ranks[word], word))
