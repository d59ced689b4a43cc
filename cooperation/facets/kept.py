"""What a process keeps between requests: the bitmaps, and the names of the records that are values of facets.

Both hold for one edition of the data: the ledger begins a new one, in the same transaction, whenever the public is told
anything else, and its random key never comes back. So one query for the key tells whether what is kept still holds.
Of an edition that follows another, only the changes since are read.
"""

from django.db import connection
from django.utils.translation import get_language

from cooperation.facets.changed import find_changed
from cooperation.facets.names import read_names
from cooperation.facets.stored import read_stored
from cooperation.models.editions import read_edition

FEW = 4
MOST_CARDS = 10_000  # of one to six kilobytes
MISSING = object()
_kept = {}  # {key of the edition: Index}, the latest one alone


class Index:
    """The bitmaps of facet values, and names by language, read when they are first asked for.

    Whoever gets a bitmap must not change it.
    """

    def __init__(self, edition="", former=None):
        """Read nothing yet; `edition` is its key, `former` the index of an earlier one."""
        self._edition, self._bitmaps, self._names, self._others, self._few, self._cards = edition, {}, {}, {}, {}, {}
        self._stored = dict(former._stored) if former else {}  # {(noun, facet): Stored}, at first of an earlier edition
        self._carried = dict(former._carried) if former else {}  # {name: (edition, value)}

    def find_bitmaps(self, noun, facets):
        """Return {facet: {value: BitMap}}; one query at most, two where not all can be carried on."""
        missing = [facet for facet in dict.fromkeys(facets) if (noun, facet) not in self._bitmaps]
        if missing:
            known = {facet: self._stored[noun, facet] for facet in missing if (noun, facet) in self._stored}
            for facet, stored in read_stored(noun, missing, known).items():
                self._stored[noun, facet], self._bitmaps[noun, facet] = stored, stored.bitmaps
        return {facet: self._bitmaps[noun, facet] for facet in facets}

    def find_names(self, models):
        """Return {model: {primary key as text: (slug, name)}} of public records, by name; one query at most."""
        language = get_language()
        missing = [model for model in dict.fromkeys(models) if (model, language) not in self._names]
        self._names.update(((model, language), names) for model, names in read_names(missing).items())
        return {model: self._names[model, language] for model in models}

    def keep(self, name, read):
        """Return what `read()` returned the first time that `name` was asked for."""
        if name not in self._others:
            self._others[name] = read()
        return self._others[name]

    def keep_few(self, name, read):
        """Do the same for what is asked for under ever other names: the last `FEW` of a kind are kept.

        `name` is a tuple that begins with the kind.
        """
        kept = self._few.get(name, MISSING)  # None is an answer, too
        if kept is MISSING:
            kept = self._few[name] = read()
            _leave_few(self._few, name[0])
        return kept

    def carry(self, name, read, renew):
        """Do the same with what an earlier edition may have kept.

        `renew(kept, changed)` returns what `read()` would, from what was kept and the records that can have `Changed`
        since; it must not change what was kept.
        """
        edition, kept = self._carried.get(name, (None, None))
        if edition is None or edition != self._edition:
            changed = find_changed(edition, self._edition) if edition else None
            kept = renew(kept, changed) if changed else read()
            self._carried[name] = self._edition, kept
            _leave_few(self._carried, name[0])
        return kept

    def keep_cards(self, kind, keys, make):
        """Return the cards of one kind, such as rows of a list ready to be shown, in the order of `keys`.

        `make(keys)` returns {key: card} for those that are not kept. When there are too many, all are
        forgotten: those that readers ask for are soon back.
        """
        found = {key: self._cards.get((kind, key)) for key in keys}
        missing = [key for key in keys if found[key] is None]
        if missing:
            made = make(missing)
            if len(self._cards) + len(made) > MOST_CARDS:
                self._cards.clear()
            self._cards.update({(kind, key): card for key, card in made.items()})
            found.update(made)
        return [found[key] for key in keys if found[key] is not None]


def _leave_few(kept, kind):
    """Forget what was kept under all but the last `FEW` names of a kind."""
    for old in [name for name in list(kept) if name[0] == kind][:-FEW]:
        kept.pop(old, None)


def read_index():
    """Return the `Index` of the data: the kept one if it still holds.

    Inside a transaction none is kept, as what it has written may still be rolled back; nor is any before the first
    edition.
    """
    edition = None if connection.in_atomic_block else read_edition(known=_kept)
    if edition is None:
        return Index()
    index = _kept.get(edition.key)
    if index is None:
        index = Index(edition.key, former=next(iter(list(_kept.values())), None))
        _kept.clear()
        _kept[edition.key] = index
    return index
