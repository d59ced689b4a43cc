"""The records in which the terms of a query stand, as bitmaps that a process keeps for one edition of the data."""

from dataclasses import dataclass

from django.db import connection
from pyroaring import BitMap

from cooperation.models.editions import read_edition
from cooperation.search.documents import FIRST, IN_NAME
from cooperation.search.engines import find_engine

# Queries to the same nouns whose records are kept, the latest ones; the commonest words of a million programs take a
# megabyte.
MOST = 50
_kept = {}  # {key of the edition: {(nouns, ways): what was found}}, the latest one alone


@dataclass
class Matches:
    """The records of one noun that have all terms: in a name that begins with the first, in names, or anywhere.

    Whoever gets them must not change them.
    """

    begins: BitMap
    names: BitMap
    all: BitMap

    def best_first(self):
        """Yield the primary keys: those whose name begins so, then those by name, then the rest; the newest first."""
        for keys in (self.begins, self.names - self.begins, self.all - self.names):
            yield from reversed(keys)


def find_matches(nouns, terms):
    """Return {name of a noun: Matches} of all terms, of which there is at least one."""
    begins = [(FIRST, terms[0]), *((IN_NAME, term) for term in terms[1:])]
    ways = [begins, [(IN_NAME, term) for term in terms], [("", term) for term in terms]]
    found = iter(_find_all(tuple(nouns), ways))
    return {noun: Matches(*(next(found) for _ in ways)) for noun in nouns}


def find_anywhere(noun, terms):
    """Return the primary keys of the records of one noun that have all terms anywhere."""
    return _find_all((noun,), [[("", term) for term in terms]])[0]


def forget():
    """Forget what is kept, as a new process has it."""
    _kept.clear()


def _find_all(nouns, ways):
    """Return what is found of each of `nouns` in each of `ways`, from what is kept if it still holds.

    Inside a transaction nothing is kept, as what it has written may still be rolled back; nor is anything before the
    first edition.
    """
    edition = None if connection.in_atomic_block else read_edition(known=_kept)
    if edition is None:
        return _ask(nouns, ways)
    if edition.key not in _kept:
        forget()
    kept, name = _kept.setdefault(edition.key, {}), (nouns, tuple(map(tuple, ways)))
    found = kept.pop(name, None) or _ask(nouns, ways)
    kept[name] = found  # behind all others, as the latest that was asked for
    for old in [other for other in list(kept) if other[0] == nouns][:-MOST]:
        kept.pop(old, None)
    return found


def _ask(nouns, ways):
    engine = find_engine()
    queries = [engine.write_query(marked) for marked in ways]
    return engine.find_keys([(noun, query) for noun in nouns for query in queries])
