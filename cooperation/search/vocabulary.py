"""All public words, in how many records each stands, and their trigrams, by which words written alike are found."""

from collections import Counter
from itertools import groupby
from operator import itemgetter

from cooperation.models import SearchTrigram, SearchWord
from cooperation.models.keys import batches
from cooperation.rows import insert_rows, put_rows

ROWS = 500  # in one statement
LEAST = 3  # letters of a word that is looked for inside of others, and can be meant by a typo


class Count(Counter):
    """How often each word stands in records (`word, False`), and of these in names (`word, True`); differences, too."""

    def add(self, document, sign=1):
        """Count the words of a document, or those of one that is no more with `sign` -1."""
        for word, is_named in document.count_words().items():
            self[word, False] += sign
            if is_named:
                self[word, True] += sign

    def find_rows(self):
        """Return {word: (in names, in records)}."""
        return {word: (self[word, True], self[word, False]) for word in {word for word, _ in self}}


def is_guessed(word):
    """Say whether a word may be meant by another one: it has letters alone, and some. 2031 is no slip for 2030."""
    return len(word) >= LEAST and word.isalpha()


def split_trigrams(word):
    """Return each three characters in a row of a word, with two blanks before and one behind, as pg_trgm has them.

    None of a word that is not guessed: numbers are most of a large vocabulary.
    """
    written = f"  {word} "
    return {written[place : place + 3] for place in range(len(written) - 2)} if is_guessed(word) else set()


def recount(changes):
    """Add a `Count` of differences to what is stored; words that stand nowhere any more go."""
    changed = {word: by for word, by in changes.find_rows().items() if any(by)}
    for batch in batches(changed, ROWS):
        stored = _read(batch)
        sums = {word: tuple(map(sum, zip(changed[word], stored.get(word, (0, 0)), strict=True))) for word in batch}
        store({word: counted for word, counted in sums.items() if counted[1]}, new=sums.keys() - stored.keys())
        remove([word for word, (_, records) in sums.items() if not records])


def store(counted, new):
    """Store {word: (in names, in records)}, with the trigrams of those that are `new`."""
    put_rows(SearchWord, ("word",), ("in_names", "records"), [(word, *counts) for word, counts in counted.items()])
    trigrams = [(trigram, word) for word in sorted(new & counted.keys()) for trigram in sorted(split_trigrams(word))]
    fields = [SearchTrigram._meta.get_field(name) for name in ("trigram", "word")]
    insert_rows(SearchTrigram, fields, trigrams)


def remove(words):
    """Take words out, with their trigrams."""
    SearchWord.objects.filter(word__in=words).delete()


def find_wrong(must_be):
    """Yield (word, counts) of what is not as in `must_be`, a `Count` of all documents; (0, 0) of what must not be."""
    rows, stored = must_be.find_rows(), _read()
    trigrams = groupby(
        SearchTrigram.objects.order_by("word_id").values_list("word_id", "trigram").iterator(), itemgetter(0)
    )
    spelt = {word: {trigram for _, trigram in found} == split_trigrams(word) for word, found in trigrams}
    for word in sorted(rows.keys() | stored.keys()):
        if rows.get(word) != stored.get(word) or not spelt.get(word, not is_guessed(word)):
            yield word, rows.get(word, (0, 0))


def _read(words=None):
    rows = SearchWord.objects.all() if words is None else SearchWord.objects.filter(word__in=words)
    return {word: (in_names, records) for word, in_names, records in rows.values_list("word", "in_names", "records")}
