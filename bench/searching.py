"""The index of words beside the database's own full-text search: `DATABASE_URL=… python -m bench.searching`.

Makes an FTS5 table on SQLite, a `tsvector` with a GIN index on PostgreSQL, of the same documents as the portal's index,
in a temporary table. Asks both for the records of the same words, as a bitmap, and prints the medians and the sizes.
"""

import sys
import time
from statistics import median

from django.db import connection
from django.db.models import Sum
from django.db.models.functions import Length
from pyroaring import BitMap

from cooperation.models import Development, Program, SearchWord
from cooperation.search import find_keys

ROUNDS = 7
NOUNS = {"programs": Program, "developments": Development}
PLACES = (0, 1, 30, 300)  # of the words asked for, among all words of letters, the commonest first
DOCUMENTS = "FROM cooperation_searchdocument WHERE noun = %s"
SQLITE = (
    """CREATE VIRTUAL TABLE temp.peer_{noun} USING fts5(words, content='', prefix='2 3',
        tokenize='unicode61 remove_diacritics 2')""",
    f"INSERT INTO temp.peer_{{noun}} (rowid, words) SELECT record, names || ' ' || words {DOCUMENTS}",
    "SELECT rowid FROM peer_{noun} WHERE peer_{noun} MATCH %s",
    "SELECT sum(length(block)) FROM peer_{noun}_data",
)
POSTGRESQL = (
    "CREATE TEMPORARY TABLE peer_{noun} (record bigint, words tsvector)",
    f"INSERT INTO peer_{{noun}} SELECT record, to_tsvector('simple', names || ' ' || words) {DOCUMENTS}",
    "SELECT record FROM peer_{noun} WHERE words @@ to_tsquery('simple', %s)",
    "SELECT pg_total_relation_size('peer_{noun}')",
)


class Peer:
    """The database's own search over the documents of one noun."""

    def __init__(self, noun):
        """Make it; that may take minutes."""
        own = POSTGRESQL if connection.vendor == "postgresql" else SQLITE
        make, fill, self.find, self.weigh = (statement.format(noun=noun) for statement in own)
        with connection.cursor() as cursor:
            cursor.execute(make)
            cursor.execute(fill, [noun])
            if connection.vendor == "postgresql":
                cursor.execute(f"CREATE INDEX ON peer_{noun} USING gin (words)")
                cursor.execute(f"ANALYZE peer_{noun}")

    def find_keys(self, words):
        """Return the records that have all of these beginnings of words."""
        mark, joined = (":*", " & ") if connection.vendor == "postgresql" else ("*", " AND ")
        with connection.cursor() as cursor:
            cursor.execute(self.find, [joined.join(word + mark for word in words)])
            return BitMap(key for (key,) in cursor.fetchall())

    def read_size(self):
        """Return the bytes that it takes."""
        with connection.cursor() as cursor:
            cursor.execute(self.weigh)
            return cursor.fetchone()[0]


def find_words(noun):
    """Return the words asked for, each by itself and the two commonest together; single letters mean whole words."""
    ranked = SearchWord.objects.filter(noun=noun, word__gte="a", word__lt="{")
    ranked = ranked.annotate(size=Length("records"), letters=Length("word")).filter(letters__gt=1)
    found = list(ranked.order_by("-size", "word").values_list("word", flat=True)[: PLACES[-1] + 1])
    words = [found[place] for place in PLACES if place < len(found)]
    return [[word] for word in words] + [words[:2]]


def measure(find):
    """Return the median milliseconds that `find` takes, and what it returns."""
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        found = find()
        taken.append(time.perf_counter() - started)
    return 1000 * median(taken), found


def compare(noun, model):
    """Yield lines on the size and the time that both take for the words of a noun; raise ValueError if they differ."""
    peer = Peer(noun)
    size = SearchWord.objects.filter(noun=noun).aggregate(size=Sum(Length("records")))["size"]
    yield f"{noun}: own index {size / 1e6:.1f} MB, {connection.vendor}'s {peer.read_size() / 1e6:.1f} MB"
    for words in find_words(noun):
        own, found = measure(lambda: find_keys(model, " ".join(words)))  # noqa: B023 - called at once
        other, expected = measure(lambda: peer.find_keys(words))  # noqa: B023 - called at once
        if found != expected:
            raise ValueError(f"{' '.join(words)}: {len(found)} and {len(expected)} {noun}")
        yield f"  {' '.join(words)}: {len(found)} {noun}; own {own:.1f} ms, {connection.vendor}'s {other:.1f} ms"


def main():
    """Print what both take."""
    for noun, model in NOUNS.items():
        for line in compare(noun, model):
            sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
