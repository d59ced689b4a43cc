"""What a word can mean that begins no public word: it stands inside of some, or something else was meant by it."""

import re

from django.db.models import Exists
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA

from cooperation.models import SearchTrigram, SearchWord
from cooperation.search.scripts import write_otherwise
from cooperation.search.terms import Term
from cooperation.search.vocabulary import is_guessed, split_trigrams

MOST_INSIDE = 200  # words looked into for all terms together
SHORT = 5  # letters up to which one slip is forgiven; two beyond
SLIPS = 2
MOST_ALIKE = 20
_RUNS = re.compile(r"\d+|\D+")


def find_missing(terms):
    """Return the terms that no public word answers; in one statement."""
    stands = {f"term_{n}": Exists(SearchWord.objects.filter(term.build_condition())) for n, term in enumerate(terms)}
    answers = SearchWord.objects.annotate(**stands).values_list(*stands).first() if terms else ()
    return [term for term, is_found in zip(terms, answers or [False] * len(terms), strict=True) if not is_found]


def look_inside(terms):
    """Return terms in which one that begins no public word is answered by the words inside of which it stands."""
    missing = [term for term in find_missing(terms) if is_guessed(term.word)]
    found = {term: Term(term.word, inside=_find_around(term.word, MOST_INSIDE // len(missing))) for term in missing}
    return [found[term] if term in found and found[term].inside else term for term in terms]


def correct(terms):
    """Return terms in which one that stands nowhere is replaced by what was probably meant, if there is any."""
    missing = find_missing(terms)
    return list(dict.fromkeys(new for term in terms for new in (_find_meant(term) if term in missing else [term])))


def _find_around(part, most):
    words = SearchWord.objects.filter(word__gte="a", word__contains=part).order_by(Length("word"), "word")
    return frozenset(words.values_list("word", flat=True)[:most])


def _find_meant(term):
    """Return the terms that were probably meant, the term itself if there are none."""
    runs = [Term(run, whole=len(run) == 1) for run in _RUNS.findall(term.word)]
    if len(runs) > 1:
        return [term] if find_missing(runs) else runs
    written = [word for word in write_otherwise(term.word) if is_guessed(word)]
    missing = {other.word for other in find_missing([Term(word) for word in written])}
    nearest = next((word for word in written if word not in missing), None)
    nearest = nearest or find_nearest([term.word, *written])
    return [Term(nearest)] if nearest else [term]


def find_nearest(written):
    """Return the public word that differs least from one of the ways to write a word, None if all differ too much.

    Of equally near ones, that of the first way, then one that begins alike, then one in names, then the one in most
    records. Numbers and very short words are never guessed: 2031 is no slip for 2030.
    """
    alike = {}
    for way, word in enumerate(filter(is_guessed, written)):
        for found, distance in _find_alike(word):
            rank = (distance, way, found[0] != word[0])
            alike[found] = min(rank, alike.get(found, rank))
    best = min(alike.values(), default=None)
    return _find_commonest([word for word, rank in alike.items() if rank == best]) if alike else None


def _find_alike(word):
    """Return (public word, slips) of those that differ little; they have letters in a row in common with it."""
    allowed = SLIPS if len(word) > SHORT else 1
    near = SearchTrigram.objects.filter(trigram__in=split_trigrams(word))
    near = near.annotate(letters=Length("word_id")).filter(letters__range=(len(word) - allowed, len(word) + allowed))
    public = sorted(set(near.values_list("word_id", flat=True)))
    found = process.extract(word, public, scorer=OSA.distance, score_cutoff=allowed, limit=MOST_ALIKE)
    return [(other, distance) for other, distance, _ in found]


def _find_commonest(words):
    """Return the word that stands in names before one that does not, then that of most records, then by alphabet."""
    found = SearchWord.objects.filter(word__in=words)
    return min(found, key=lambda found: (not found.in_names, -found.records, found.word)).word
