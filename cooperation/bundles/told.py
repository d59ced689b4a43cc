"""What the articles of a load report, kept outside of memory, and which statements it adds up to."""

import pickle
from itertools import groupby

from cooperation.bundles.entries import Entry
from cooperation.bundles.items import Item
from cooperation.bundles.shapes import DEVELOPMENT
from cooperation.bundles.spool import ROWS, Store

# `container` is what an entry is counted in, `statement` the id of what it means; `depth` says how many statements
# contain another.
TABLES = """
CREATE TABLE entries (
    number INTEGER PRIMARY KEY, id, subject, date, stage, speaker, container, article, published, content, statement
);
CREATE TABLE statements (id PRIMARY KEY, number, depth DEFAULT 0) WITHOUT ROWID;
CREATE TABLE articles (id);
"""
INDEXES = """
CREATE INDEX entries_of_statement ON entries (statement);
CREATE INDEX entries_of_article ON entries (article);
CREATE INDEX entries_without_id ON entries (subject) WHERE id IS NULL;
CREATE INDEX entries_with_id ON entries (subject) WHERE id IS NOT NULL;
CREATE INDEX statements_in_order ON statements (depth, number);
"""
WITHOUT_ID = "SELECT DISTINCT subject FROM entries WHERE id IS NULL AND subject > ? ORDER BY subject LIMIT ?"
# The oldest first, as `Entry.age` says.
UNNAMED = """
SELECT number, subject, date, stage, speaker FROM entries WHERE id IS NULL AND subject IN ({})
ORDER BY published, article, number
"""
NAMED = """
SELECT id, subject, date, stage, speaker FROM entries WHERE id IS NOT NULL AND subject IN ({}) AND NOT EXISTS (
    SELECT 1 FROM entries AS other WHERE other.statement = entries.id
    AND (other.published, other.article, other.number) < (entries.published, entries.article, entries.number)
) ORDER BY published, article, number
"""
MEANT = """
SELECT statement, number, article, content FROM entries WHERE statement IN ({}) ORDER BY published, article, number
"""
IN_ORDER = "SELECT id, depth, number FROM statements WHERE (depth, number) > (?, ?) ORDER BY depth, number LIMIT ?"


class Told(Store):
    """The entries of all articles, and the statements that they mean."""

    def __init__(self):
        """Start with none."""
        super().__init__(TABLES, INDEXES)

    def add(self, entries):
        """Take entries; those with an id mean the statement of that id."""
        columns = "id, subject, date, stage, speaker, container, article, published, content, statement"
        places = ", ".join("?" * 10)
        self.write(f"INSERT INTO entries ({columns}) VALUES ({places})", map(_pack, entries))  # noqa: S608 - no input

    def add_articles(self, ids):
        """Take the ids of stored articles whose developments are listed anew."""
        self.write("INSERT INTO articles VALUES (?)", ((article,) for article in ids))

    def walk_subjects(self):
        """Yield, in lists, what entries without an id are about."""
        last = ""
        while rows := self.ask(WITHOUT_ID, last, ROWS):
            yield [row[0] for row in rows]
            last = rows[-1][0]

    def find_unnamed(self, subjects):
        """Return (number, (subject, date, stage, speaker)) of the entries without an id, the oldest first."""
        return [(number, tuple(key)) for number, *key in self.ask(UNNAMED, subjects)]

    def find_named(self, subjects):
        """Return {id: (subject, date, stage, speaker)} of the ids whose first entry is about one of `subjects`."""
        return {record_id: tuple(key) for record_id, *key in self.ask(NAMED, subjects)}

    def find_taken(self, ids):
        """Return those of `ids` that a statement has."""
        return {row[0] for row in self.ask("SELECT statement FROM entries WHERE statement IN ({})", list(ids))}

    def find_first(self, statement):
        """Return the oldest entry that means a statement."""
        return self.find_entries([statement])[statement][0]

    def find_entry(self, number):
        """Return the entry with a number."""
        return _unpack(*self.ask("SELECT number, article, content FROM entries WHERE number = ?", number)[0])

    def assign(self, meant):
        """Have entries mean statements: `meant` are {number: id}."""
        self.write("UPDATE entries SET statement = ? WHERE number = ?", ((s, number) for number, s in meant.items()))

    def gather(self):
        """Put the statements together, when all entries mean one."""
        self.write("INSERT INTO statements (id, number) SELECT statement, min(number) FROM entries GROUP BY statement")

    def find_containers(self):
        """Return {id: id of the statement that it is counted in} where both are of this load."""
        return dict(
            self.ask("SELECT statement, container FROM entries JOIN statements ON statements.id = entries.container")
        )

    def set_depths(self, depths):
        """Have statements come after others: `depths` are {id: how many contain it}."""
        rows = ((depth, statement) for statement, depth in depths.items())
        self.write("UPDATE statements SET depth = ? WHERE id = ?", rows)

    def walk_statements(self, size):
        """Yield {id: its entries, the oldest first} of at most `size` statements, none of which contains another."""
        place = (-1, 0)
        while rows := self.ask(IN_ORDER, *place, size):
            rows = [row for row in rows if row[1] == rows[0][1]]
            yield self.find_entries([row[0] for row in rows])
            place = rows[-1][1:]

    def find_entries(self, statements):
        """Return {id: entries, the oldest first} of statements."""
        found = {statement: [] for statement in statements}
        for statement, *row in self.ask(MEANT, statements):
            found[statement].append(_unpack(*row))
        return found

    def walk_articles(self):
        """Yield {article: ids of the statements that it reports} of the stored ones that are listed anew."""
        for rows in self.walk("SELECT id FROM articles"):
            listed = {row[0]: set() for row in rows}
            for article, told in groupby(self._list_statements(list(listed)), key=lambda row: row[0]):
                listed[article] = {statement for _, statement in told}
            yield listed

    def _list_statements(self, articles):
        return self.ask("SELECT article, statement FROM entries WHERE article IN ({}) ORDER BY article", articles)


def _pack(entry):
    item, values = entry.item, entry.values
    content = pickle.dumps((item.file, item.line, item.lines, item.values, values, entry.published))
    key = (entry.subject, values["date"], values.get("stage", ""), values["said_by"])
    published = entry.published.isoformat()
    return (item.id, *key, values.get("counted_in"), entry.article, published, content, item.id)


def _unpack(number, article, content):
    file, line, lines, given, values, published = pickle.loads(content)  # noqa: S301 - packed by this process
    return Entry(Item(DEVELOPMENT, file, line, lines, given), values, article, published, number)
