"""How long words are looked for: `DATABASE_URL=… python -m bench.searching`.

Prints, for words of several ranks and for two together, how many programs and developments have them, and how long it
takes to find these the first time after a write, and again while nothing is written: medians, and sizes.
"""

import sys
import time
from statistics import median

from django.db import connection
from django.db.models.functions import Length

from cooperation.models import Development, Program, SearchWord
from cooperation.search import find_keys, matches

ROUNDS = 7
NOUNS = {"programs": Program, "developments": Development}
PLACES = (0, 1, 30, 300)  # of the words asked for, among all words of letters, the commonest first
SIZES = {
    "sqlite": "SELECT sum(length(block)) FROM cooperation_search_{noun}_data",
    "postgresql": "SELECT pg_relation_size('cooperation_search_{noun}')",
}


def find_words():
    """Return the queries: each word by itself and the two commonest together; single letters mean whole words."""
    ranked = SearchWord.objects.filter(word__gte="a", word__lt="{").annotate(letters=Length("word"))
    found = list(ranked.filter(letters__gt=1).order_by("-records", "word")[: PLACES[-1] + 1])
    words = [found[place].word for place in PLACES if place < len(found)]
    return [*words, " ".join(words[:2])]


def measure(model, query, is_first):
    """Return the median milliseconds that it takes to find the records of a query, and how many there are."""
    taken = []
    for _ in range(ROUNDS):
        if is_first:
            matches.forget()
        started = time.perf_counter()
        found = find_keys(model, query)
        taken.append(time.perf_counter() - started)
    return 1000 * median(taken), len(found)


def read_size(noun):
    """Return the bytes that the index of a noun takes."""
    with connection.cursor() as cursor:
        cursor.execute(SIZES[connection.vendor].format(noun=noun))
        return cursor.fetchone()[0]


def main():
    """Print what it takes."""
    for noun, model in NOUNS.items():
        sys.stdout.write(f"{noun}: {read_size(noun) / 1e6:.1f} MB\n")
        for query in find_words():
            first, count = measure(model, query, is_first=True)
            again, _ = measure(model, query, is_first=False)
            sys.stdout.write(f"  {query}: {count} {noun}; {first:.1f} ms, again {again:.2f} ms\n")


if __name__ == "__main__":
    main()
