"""What was written since the ledger was opened, and what followed from it."""

from collections import defaultdict

from pyroaring import BitMap

from cooperation.models import Article


class Flags:
    """Which rows of a model were public before that could change (`shown`, `{key: slug}`), and which not (`hidden`)."""

    def __init__(self):
        """Start with nothing."""
        self.shown, self.hidden = {}, BitMap()

    def note(self, key, slug, public):
        """Keep whether a row is public; of several notes of a row the first one stands."""
        if key in self.shown or key in self.hidden:
            return
        if public:
            self.shown[key] = slug
        else:
            self.hidden.add(key)


class Touched:
    """What was written since the ledger was opened: `keys` to be settled, by model, and of these the `written` rows.

    As far as all is settled, `programs` are those whose facets can have changed, and `records` have, by model, the keys
    of all whose words or public flag can have. `flags` have, by model, the `Flags` of those whose flag can have turned,
    and of what is deleted. `saved` have, by model, the keys of all that was written; `spelled` are those of them whose
    search texts are right. `cited` are, by the key of an article, the developments whose citations from it were
    written; `retold`, by model, the keys of what lost or changed a public statement. A load touches millions of rows,
    so that keys stand in bitmaps.
    """

    def __init__(self):
        """Start with nothing."""
        self.keys, self.written = defaultdict(BitMap), defaultdict(BitMap)
        self.programs, self.records = BitMap(), defaultdict(BitMap)
        self.flags, self.saved, self.spelled = defaultdict(Flags), defaultdict(BitMap), defaultdict(BitMap)
        self.cited, self.retold = defaultdict(BitMap), defaultdict(BitMap)

    def add(self, model, key):
        """Note a row that was written, be it by way of what belongs to it."""
        self.keys[model].add(key)
        self.written[model].add(key)
        self.saved[model].add(key)

    def note_spelling(self, model, key, is_new):
        """Note that the own words of a row were written; a new row has brought its search text along."""
        (self.spelled[model].add if is_new else self.spelled[model].discard)(key)

    def add_source(self, article):
        """Note an article whose citations were written: what that tells anybody, their developments do."""
        self.keys[Article].add(article)
        self.written[Article].add(article)

    def add_sum(self, model, key, is_retold):
        """Note a row that was not written itself, but what belongs to it was; `is_retold` if that was public."""
        self.keys[model].add(key)
        if is_retold:
            self.retold[model].add(key)

    def note_flags(self, rows):
        """Keep which of `rows` are public before that changes."""
        for row in rows.order_by().values_list("pk", "slug", "public"):
            self.flags[rows.model].note(*row)

    def take(self):
        """Return both and start anew."""
        taken = self.keys, self.written
        self.keys, self.written = defaultdict(BitMap), defaultdict(BitMap)
        return taken
