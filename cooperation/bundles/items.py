"""The records of the input, checked one by one against their shape: the first half of a load, without the database."""

from dataclasses import dataclass, field
from difflib import get_close_matches

from django.core.exceptions import ValidationError

from cooperation.bundles.kinds import CANNOT_CLEAR
from cooperation.bundles.reader import Mapping, Sequence
from cooperation.bundles.report import Place, Problem
from cooperation.bundles.shapes import DEVELOPMENT, SHAPES


@dataclass(slots=True)
class Item:
    """One record of the input: its values in normal form, by key, and where each stands."""

    shape: object
    file: str
    line: int
    lines: dict
    values: dict = field(default_factory=dict)
    entries: list | None = None

    @property
    def id(self):
        """Return the id, None if it has none."""
        return self.values.get("id")

    @property
    def name(self):
        """Return `section/id`, as reports call the record."""
        return f"{self.shape.section}/{self.id}"

    @property
    def missing_keys(self):
        """Return the keys that a new record needs and this one does not have."""
        return [name for name in self.shape.required if name not in self.values]

    def place(self, key=""):
        """Return where `key` stands, or the record if it does not have it."""
        return Place(self.file, self.lines.get(key, self.line), key)

    def problem(self, key, message):
        """Return a problem at `key`."""
        return Problem(self.place(key), message)

    def problems_of(self, error, key=""):
        """Return the problems of a ValidationError, at the keys that its fields belong to, else at `key`."""
        if not hasattr(error, "error_dict"):
            return [self.problem(key, message) for message in error.messages]
        return [
            self.problem(self._key_of(name), message)
            for name, messages in error.message_dict.items()
            for message in messages
        ]

    def _key_of(self, field_name):
        """Return the key that a model field belongs to: `quantity` for `quantity_unit`."""
        if field_name == "slug":
            return "id"
        keys = [key.name for key in self.shape.keys if field_name == key.name or field_name.startswith(f"{key.name}_")]
        return max(keys, key=len, default="")


def read_items(documents, problems):
    """Yield the records of `documents`, (file name, `Mapping`) pairs; note in `problems` what is wrong with them."""
    for file, document in documents:
        for section, records in document.items():
            place = Place(file, document.lines[section], section)
            if section not in SHAPES:
                problems.append(Problem(place, _not_known("section", section, SHAPES)))
            elif not isinstance(records, Sequence):
                problems.append(Problem(place, "a section is a list of records."))
            else:
                yield from _read_section(SHAPES[section], file, records, problems)


def _read_section(shape, file, records, problems):
    for record, line in zip(records, records.lines, strict=True):
        item = _read_item(shape, file, record, line, problems)
        if item and item.id:
            yield item


def _read_item(shape, file, record, line, problems):
    if not isinstance(record, Mapping):
        problems.append(Problem(Place(file, line, shape.section), "a record is a mapping of keys and values."))
        return None
    item = Item(shape, file, record.line, record.lines)
    for key, raw in record.items():
        if key == "developments" and shape.section == "articles":
            item.entries = _read_entries(item, raw, problems)
        else:
            _read_key(item, key, raw, problems)
    if shape.anchor not in record:
        problems.append(item.problem("", f"“{shape.anchor}” is missing."))
    return item


def _read_key(item, key, raw, problems):
    if key not in item.shape.by_name:
        problems.append(item.problem(key, _not_known("key", key, item.shape.by_name)))
        return
    kind = item.shape.by_name[key].kind
    if raw is None:
        if kind.empty is CANNOT_CLEAR:
            problems.append(item.problem(key, "cannot be null; leave the key out to keep what is stored."))
        else:
            item.values[key] = kind.empty
        return
    try:
        item.values[key] = kind.read(raw)
    except ValidationError as error:
        problems += item.problems_of(error, key)


def _read_entries(item, raw, problems):
    if raw is None:
        return []
    if not isinstance(raw, Sequence):
        problems.append(item.problem("developments", "must be a list."))
        return []
    entries = [
        _read_item(DEVELOPMENT, item.file, record, line, problems) for record, line in zip(raw, raw.lines, strict=True)
    ]
    return [entry for entry in entries if entry and "quote" in entry.values]


def _not_known(what, name, allowed):
    close = get_close_matches(name, allowed, n=1)
    hint = f"did you mean “{close[0]}”? " if close else ""
    return f"the {what} “{name[:60]}” is not known; {hint}use one of {', '.join(allowed)}."
