"""What stands beside a row's own columns: records that it names, and counts; asked for a block of rows at once."""

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import get_language

from cooperation.models.keys import as_rows
from cooperation.models.records import ENGLISH

MOST_NAMES = 20_000  # of one noun that are kept at hand


class Named(NamedTuple):
    """A record as others name it; `category` is that of a system."""

    name: str
    slug: str
    local_name: str
    category: str = ""


class Asked:
    """What a reading of blocks has in common: the day, the root of addresses, and the names found so far."""

    def __init__(self, day, root):
        """Start without a name."""
        self.day, self.root = day, root
        self.known = {}

    def find_named(self, model, keys, *extra):
        """Return `{key: Named}` for the public records of `model` with these primary keys, in the active language.

        What is named again and again is asked for once. Beyond `MOST_NAMES` it begins anew, so that memory stays flat.
        """
        known = self.known.setdefault(model, {})
        missing = set(keys) - known.keys() - {None}
        if len(known) + len(missing) > MOST_NAMES:
            known.clear()
            missing = set(keys) - {None}
        if missing:
            known.update(_ask_named(model, missing, extra))
        return known


def _ask_named(model, keys, extra):
    language = (get_language() or ENGLISH)[:2]
    rows = model.objects.visible().filter(pk__in=as_rows(keys)).order_by()
    return {
        key: Named(name, slug, names.get(language, name), *more)
        for key, slug, name, names, *more in rows.values_list("pk", "slug", "name", "names", *extra)
    }


@dataclass(frozen=True)
class One:
    """Puts the record that the column `<name>_id` names under `name`, None if there is none."""

    name: str
    model: type

    @property
    def fields(self):
        """Return the columns that it looks at."""
        return (f"{self.name}_id",)

    def fill(self, block, asked):
        """Ask once for all rows."""
        keys = block[f"{self.name}_id"]
        found = asked.find_named(self.model, keys)
        block[self.name] = [found.get(key) for key in keys]


@dataclass(frozen=True)
class Many:
    """Puts the records that a table of links names under `name`, by their names; `extra` is asked of them as well."""

    name: str
    through: type
    near: str
    far: str
    model: type
    extra: tuple = ()
    fields = ()

    def fill(self, block, asked):
        """Ask for the links and for the records."""
        pairs = find_pairs(self.through, self.near, self.far, block["pk"])
        linked = link(pairs, asked.find_named(self.model, {far for _near, far in pairs}, *self.extra))
        block[self.name] = [linked.get(key, ()) for key in block["pk"]]


@dataclass(frozen=True)
class Counts:
    """Puts counts under `names`; `find` takes primary keys and a day, and yields a key and its counts."""

    names: tuple
    find: object
    fields = ()

    def fill(self, block, asked):
        """Ask once; what is not counted is 0."""
        found = {key: counts for key, *counts in self.find(block["pk"], asked.day)}
        nothing = [0] * len(self.names)
        counts = [found.get(key, nothing) for key in block["pk"]]
        for place, name in enumerate(self.names):
            block[name] = [each[place] for each in counts]


def find_pairs(through, near, far, keys):
    """Return the (near, far) pairs of a table of links whose near key is one of `keys`."""
    return list(through.objects.filter(**{f"{near}__in": as_rows(keys)}).order_by().values_list(near, far))


def link(pairs, found):
    """Return `{near key: [Named, …]}` by name; what is not `found`, because it is not public, is left out."""
    linked = defaultdict(list)
    for near, far in pairs:
        if far in found:
            linked[near].append(found[far])
    for records in linked.values():
        if len(records) > 1:
            records.sort()
    return linked
