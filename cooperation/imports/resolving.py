"""What a spelling of the source means here: by the mapping first, then by names, aliases and outside ids of records.

What neither knows is noted, with what it looks like, and refused; staff fill it in in the mapping.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from cooperation.choices import Category, Mode, State
from cooperation.imports.mapping import SECTIONS
from cooperation.imports.tables import NotOurs, Refused, fold_name
from cooperation.models import Party, System
from cooperation.units import WORDS

LIKE = 60  # of 100, from which on a spelling is suggested
MOST_SUGGESTIONS = 3
MOST_SUGGESTED = 1_000  # unknown spellings for which suggestions are looked up
MAX_SPELLING = 200


@dataclass
class Unknown:
    """A spelling that nothing knows: where it stands, and the ids that it looks like."""

    section: str
    spelling: str
    rows: list = field(default_factory=list)
    suggestions: list = field(default_factory=list)


class Names:
    """The records of one model by the folded spellings of their ids, names, aliases and ids in one outside list."""

    def __init__(self, model, source):
        """Read all but the withdrawn ones."""
        self.ids, self.spellings, self.categories = set(), defaultdict(set), {}
        rows = model.objects.exclude(state=State.WITHDRAWN)
        for row in rows.defer("search_text"):
            self.ids.add(row.slug)
            self.categories[row.slug] = getattr(row, "category", "")
            for name in (row.slug, row.name, *row.names.values(), *row.aliases, row.external_ids.get(source, "")):
                if fold_name(name):
                    self.spellings[fold_name(name)].add(row.slug)

    def find(self, spelling):
        """Return the ids of the records that bear the spelling."""
        return sorted(self.spellings.get(fold_name(spelling), ()))


class Resolver:
    """Answers with ids and codes of this portal, or raises `NotOurs` or `Refused` in words; notes what is unknown."""

    def __init__(self, mapping, source):
        """Take the mapping, and the names of the stored records; `source` is a key of external ids."""
        self.mapping = mapping
        self.names = {"parties": Names(Party, source), "systems": Names(System, source)}
        self.unknown = {}

    def party(self, spelling, row):
        """Return the id of a party."""
        entry = self._entry("parties", spelling)
        return self._mapped("parties", entry) if entry else self._named("parties", spelling, row)

    def system(self, spelling, row, classes=()):
        """Return (id of a system, ""), or (None, category) for equipment that has no system of its own here.

        A record that bears the name is taken only if its category is among `classes`, where some are given: names are
        shared by missiles and ships. What the mapping says is taken without that.
        """
        entry = self._entry("systems", spelling)
        if entry and entry.category:
            return None, entry.category
        if entry:
            return self._mapped("systems", entry), ""
        return self._named("systems", spelling, row, classes), ""

    def categories(self, spelling, row):
        """Return the tuple of our categories that a class of the source can mean."""
        return self._coded("categories", [spelling], row)

    def unit(self, spellings, row, asked):
        """Return the unit that goes with the first of `spellings` that the mapping knows; it is asked for `asked`."""
        return self._coded("units", spellings, row, asked)[0]

    def mode(self, spellings, row, default=None):
        """Return the mode by the first of `spellings` that the mapping knows, else the `default`."""
        known = [s for s in spellings if self._entry("modes", s)]
        return default if default and not known else self._coded("modes", spellings, row)[0]

    def program(self, key):
        """Return the id of the program that the mapping names for a deal or item, None if it names none."""
        entry = self._entry("programs", key)
        if entry and not entry.values:
            raise NotOurs(entry.reason)
        return entry.values[0] if entry else None

    def note(self, section, spelling, row, suggestions=()):
        """Note a spelling that waits to be filled in in the mapping."""
        key = (section, fold_name(spelling))
        unknown = self.unknown.setdefault(key, Unknown(section, spelling[:MAX_SPELLING], [], list(suggestions)))
        if row not in unknown.rows[-1:]:
            unknown.rows.append(row)

    def list_unknown(self):
        """Return what is unknown, by section and the number of rows, with suggestions."""
        order = list(SECTIONS)
        found = sorted(self.unknown.values(), key=lambda u: (order.index(u.section), -len(u.rows), u.spelling))
        for unknown in found[:MOST_SUGGESTED]:
            unknown.suggestions = unknown.suggestions or self._suggest(unknown)
        return found

    def _entry(self, section, spelling):
        entry = self.mapping.find(section, spelling)
        return entry if entry and entry.is_filled else None

    def _mapped(self, section, entry):
        if entry.reason:
            raise NotOurs(f"“{entry.spelling}”: {entry.reason}")
        if entry.values[0] not in self.names[section].ids:
            where = f"{self.mapping.file}, line {entry.line}"
            raise Refused(f"{where} names “{entry.values[0]}”, but there is no such {SECTIONS[section]} here")
        return entry.values[0]

    def _named(self, section, spelling, row, classes=()):
        _check_spelling(spelling, SECTIONS[section])
        names = self.names[section]
        ids = [i for i in names.find(spelling) if not classes or names.categories[i] in classes]
        if len(ids) == 1:
            return ids[0]
        self.note(section, spelling, row, ids)
        raise Refused(self._unknown_words(section, spelling))

    def _coded(self, section, spellings, row, asked=""):
        """Return the values of the first spelling that is filled in; note `asked`, or the first one, if none is."""
        spellings = [s for s in spellings if fold_name(s)]
        entry = next(filter(None, (self._entry(section, s) for s in spellings)), None)
        if entry and entry.reason:
            raise NotOurs(f"“{entry.spelling}”: {entry.reason}")
        if entry:
            return entry.values
        if not spellings:
            raise Refused(f"nothing tells its {SECTIONS[section]}")
        asked = asked or spellings[0]
        _check_spelling(asked, SECTIONS[section])
        self.note(section, asked, row)
        raise Refused(self._unknown_words(section, asked))

    def _unknown_words(self, section, spelling):
        entry = self.mapping.find(section, spelling)
        state = f"waits to be filled in in the mapping, line {entry.line}" if entry else "is not known here"
        return f"the {SECTIONS[section]} “{spelling}” {state}"

    def _suggest(self, unknown):
        spellings = self._known_spellings(unknown.section)
        found = process.extract(
            fold_name(unknown.spelling), list(spellings), scorer=fuzz.ratio, limit=10, score_cutoff=LIKE
        )
        ids = [i for key, *_ in found for i in sorted(spellings[key])]
        return list(dict.fromkeys(ids))[:MOST_SUGGESTIONS]

    def _known_spellings(self, section):
        if section in self.names:
            return self.names[section].spellings
        codes = {"units": list(WORDS), "categories": Category.values, "modes": Mode.values}.get(section, ())
        return {fold_name(code): {code} for code in codes}


def gather(*questions):
    """Return the answers to all questions, or raise one Refused that tells all that is not known, at once."""
    answers, refusals = [], []
    for ask in questions:
        try:
            answers.append(ask())
        except Refused as error:
            refusals.append(str(error))
    if refusals:
        raise Refused("; ".join(dict.fromkeys(refusals)))
    return answers


def _check_spelling(spelling, what):
    if not fold_name(spelling):
        raise Refused(f"names no {what}")
    if len(spelling) > MAX_SPELLING:
        raise Refused(f"the name of its {what} is longer than {MAX_SPELLING} characters")
