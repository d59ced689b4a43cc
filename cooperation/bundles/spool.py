"""What a load keeps of its input until it is written: a temporary database, so that memory does not grow with it.

SQLite holds such a database in its cache, writes to a file only what goes beyond, and deletes that with the connection.
`Told` (see `told`) keeps in it what articles report.
"""

import pickle
import sqlite3
from itertools import groupby

from cooperation.bundles.items import Item
from cooperation.bundles.shapes import DEVELOPMENT, SHAPES

CACHE = 32_000  # kilobytes
ROWS = 1_000  # that wait to be stored, or are read at a time
SPEAKERS = ("parties", "officials")  # which share their ids

# A record is `partial` without all keys that a new one needs; `depth` says how many stand above it.
TABLES = """
CREATE TABLE items (
    number INTEGER PRIMARY KEY, section, namespace, id, partial, parent, address, content, depth DEFAULT 0
);
CREATE TABLE named (sections, id, PRIMARY KEY (sections, id)) WITHOUT ROWID;
CREATE TABLE written (section, key, number);
"""
INDEXES = """
CREATE INDEX items_by_id ON items (id);
CREATE INDEX items_in_order ON items (section, depth);
"""
UNKNOWN = """
SELECT id FROM named WHERE sections = ? AND NOT EXISTS (
    SELECT 1 FROM items WHERE items.id = named.id AND instr(',' || sections || ',', ',' || section || ',')
)
"""
REPEATED = """
SELECT section, content, id, namespace FROM items WHERE (id, namespace) IN (
    SELECT id, namespace FROM items GROUP BY id, namespace HAVING count(*) > 1
) ORDER BY id, namespace, section != 'parties', number
"""
IN_ORDER = """
SELECT number, content FROM items WHERE section = ? AND depth = ? AND number > ? ORDER BY number LIMIT ?
"""


class Store:
    """A temporary database: first it takes rows, then it is arranged and asked."""

    def __init__(self, tables, indexes):
        """Make its tables; their indexes wait until all rows are there, which takes a fraction of the time."""
        self._indexes = indexes
        self._connection = sqlite3.connect("", isolation_level=None)
        for pragma in (f"cache_size = -{CACHE}", "journal_mode = OFF", "synchronous = OFF"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.executescript(tables)
        self._connection.execute("BEGIN")  # a transaction for each row would take longer than the rows

    def __enter__(self):
        """Offer itself for as long as it is open."""
        return self

    def __exit__(self, *error):
        """Delete the database."""
        self._connection.close()

    def arrange(self):
        """Make the indexes, when all rows are there."""
        self._connection.executescript(f"{self._indexes} BEGIN")  # before it runs a script, the module commits

    def ask(self, statement, *parameters):
        """Return the rows that a statement gives; a list among the parameters stands in the place of a `{}`."""
        spread = [value for p in parameters for value in (p if isinstance(p, list) else [p])]
        places = [", ".join("?" * len(p)) for p in parameters if isinstance(p, list)]
        return self._connection.execute(statement.format(*places), spread).fetchall()

    def walk(self, statement, *parameters):
        """Yield the rows of a statement in lists of bounded length; what it reads must not be written meanwhile."""
        cursor = self._connection.execute(statement, parameters)
        while rows := cursor.fetchmany(ROWS):
            yield rows

    def write(self, statement, rows=((),)):
        """Run a statement for each of `rows`."""
        self._connection.executemany(statement, rows)


class Spool(Store):
    """The checked records of the input, section by section, and which ids they name."""

    def __init__(self):
        """Start with none."""
        super().__init__(TABLES, INDEXES)
        self.size = 0  # records, and entries of articles
        self._waiting, self._named = [], set()

    def add(self, item):
        """Take a record."""
        section, values = item.shape.section, item.values
        namespace = "speakers" if section in SPEAKERS else section
        address = values.get("address") or None if section == "articles" else None
        row = (section, namespace, item.id, bool(item.missing_keys), values.get("parent"), address, _pack(item))
        self._waiting.append(row)
        self.size += 1 + len(item.entries or ())
        for part in (item, *(item.entries or ())):
            self._named.update((sections, named) for _, sections, named in part.shape.named_ids(part.values))
        if len(self._waiting) >= ROWS:
            self.flush()

    def flush(self):
        """Store what waits."""
        columns = "section, namespace, id, partial, parent, address, content"
        self.write(f"INSERT INTO items ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", self._waiting)  # noqa: S608 - no input
        named = [(",".join(sections), record_id) for sections, record_id in self._named]
        self.write("INSERT OR IGNORE INTO named VALUES (?, ?)", named)
        self._waiting, self._named = [], set()

    def __iter__(self):
        """Yield all records, in the order of the input."""
        for rows in self.walk("SELECT section, content FROM items ORDER BY number"):
            yield from (_unpack(*row) for row in rows)

    def find_items(self, section, ids):
        """Return the records of a section with these ids."""
        rows = self.ask(
            "SELECT section, content FROM items WHERE section = ? AND id IN ({})",
            section,
            list(ids),
        )
        return [_unpack(*row) for row in rows]

    def find_repeats(self):
        """Yield, for each id that several records have, these records; the first is the one that counts."""
        for _, rows in groupby(self.ask(REPEATED), key=lambda row: row[2:]):
            yield [_unpack(section, content) for section, content, *_ in rows]

    def find_unknown(self):
        """Yield (sections, ids) of what is named and stands in none of these sections of the input."""
        for (sections,) in self.ask("SELECT DISTINCT sections FROM named"):
            for rows in self.walk(UNKNOWN, sections):
                yield tuple(sections.split(",")), [row[0] for row in rows]

    def walk_ids(self, section, partial=False):
        """Yield the ids of a section in lists; only of its partial records if so wanted."""
        for rows in self.walk("SELECT id FROM items WHERE section = ? AND partial >= ?", section, partial):
            yield [row[0] for row in rows]

    def walk_addresses(self):
        """Yield {address: [id of an article, …]} for the addresses that the input gives."""
        with_ids = "SELECT address, group_concat(id) FROM items WHERE address IS NOT NULL GROUP BY address"
        for rows in self.walk(with_ids):
            yield {address: ids.split(",") for address, ids in rows}

    def find_parents(self, section):
        """Return {id: id of its parent} for the records of a section whose parent is among them."""
        return dict(
            self.ask(
                "SELECT items.id, items.parent FROM items JOIN items AS above ON above.id = items.parent "
                "AND above.section = items.section WHERE items.section = ?",
                section,
            )
        )

    def set_depths(self, section, depths):
        """Have the records of a section come after others: `depths` are {id: how many stand above it}."""
        rows = ((depth, section, record_id) for record_id, depth in depths.items())
        self.write("UPDATE items SET depth = ? WHERE section = ? AND id = ?", rows)

    def walk_items(self, section, size):
        """Yield the records of a section as (number, item) pairs in lists of at most `size`, none above another."""
        for (depth,) in self.ask("SELECT DISTINCT depth FROM items WHERE section = ? ORDER BY depth", section):
            last = 0
            while rows := self.ask(IN_ORDER, section, depth, last, size):
                yield [(number, _unpack(section, content)) for number, content in rows]
                last = rows[-1][0]

    def find_item(self, number):
        """Return the record with a number."""
        return _unpack(*self.ask("SELECT section, content FROM items WHERE number = ?", number)[0])

    def note_written(self, section, rows):
        """Keep (primary key, number of its record or entry) of rows that were written and are to be public."""
        self.write("INSERT INTO written VALUES (?, ?, ?)", ((section, *row) for row in rows))

    def walk_written(self):
        """Yield (section, {primary key: number}) of the rows noted."""
        for (section,) in self.ask("SELECT DISTINCT section FROM written"):
            for rows in self.walk("SELECT key, number FROM written WHERE section = ?", section):
                yield section, dict(rows)


def _pack(item):
    entries = item.entries and [(entry.line, entry.lines, entry.values) for entry in item.entries]
    return pickle.dumps((item.file, item.line, item.lines, item.values, entries))


def _unpack(section, content):
    file, line, lines, values, entries = pickle.loads(content)  # noqa: S301 - packed by this process
    entries = entries and [Item(DEVELOPMENT, file, *entry) for entry in entries]
    return Item(SHAPES[section], file, line, lines, values, entries)
