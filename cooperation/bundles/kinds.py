"""The kinds of values that a bundle holds: how each is read and checked, written out, and told in JSON Schema.

`read` takes what the reader made and returns the value in one normal form, or raises ValidationError in words. `dump`
returns the same form from a record, so that a load finds out what has changed by comparing the two. `empty` is what
`null` stands for; kinds without it cannot be cleared.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError

from cooperation import dates, text, validators
from cooperation.choices import Role

CANNOT_CLEAR = object()
MAX_ITEMS = 10_000


def refusal(message, **params):
    """Return a ValidationError for the given sentence."""
    return ValidationError(message, code="bundle", params=params)


@dataclass(frozen=True)
class Text:
    """Text; `one_line` folds white space, and a number is taken as it is written."""

    max_length: int | None = None
    one_line: bool = True
    required: bool = False
    validate: Any = None
    pattern: str = ""

    @property
    def empty(self):
        """Return what null stands for."""
        return CANNOT_CLEAR if self.required else ""

    def read(self, raw):
        """Return the text in NFC."""
        if isinstance(raw, int | Decimal) and not isinstance(raw, bool):
            raw = str(raw)
        if not isinstance(raw, str):
            raise refusal("must be text.")
        value = text.fold_space(raw) if self.one_line else text.normalise(raw).strip()
        if self.required and not value:
            raise refusal("must not be empty.")
        if self.max_length and len(value) > self.max_length:
            raise refusal("is longer than %(limit)s characters.", limit=self.max_length)
        if self.validate and value:
            self.validate(value)
        return value

    def dump(self, record, name):
        """Return the stored text; a date as YYYY-MM-DD."""
        return str(getattr(record, name))

    def schema(self):
        """Return the JSON Schema."""
        limits = {
            "maxLength": self.max_length,
            "minLength": 1 if self.required else None,
            "pattern": self.pattern or None,
        }
        return {"type": "string", **{key: value for key, value in limits.items() if value}}


class Day(Text):
    """A day, YYYY-MM-DD; read into a date."""

    def read(self, raw):
        """Return the day as a `date`."""
        return dates.parse_day(super().read(raw))

    def dump(self, record, name):
        """Return the stored date."""
        return getattr(record, name)


@dataclass(frozen=True)
class Code:
    """A value of a code list; `as_number` for the digits of credibility."""

    codes: type
    required: bool = False
    as_number: bool = False

    @property
    def empty(self):
        """Return what null stands for."""
        return CANNOT_CLEAR if self.required else ""

    def read(self, raw):
        """Return the code's value."""
        value = str(raw) if self.as_number and isinstance(raw, int) and not isinstance(raw, bool) else raw
        if not isinstance(value, str) or value not in self.codes._value2member_map_:
            raise refusal(
                "“%(value)s” is not known; use one of %(allowed)s.", value=raw, allowed=", ".join(self.codes.values)
            )
        return value

    def dump(self, record, name):
        """Return the stored code."""
        return str(getattr(record, name))

    def schema(self):
        """Return the JSON Schema."""
        return {"enum": [int(value) for value in self.codes.values] if self.as_number else list(self.codes.values)}


@dataclass(frozen=True)
class Flag:
    """True or false."""

    empty = CANNOT_CLEAR

    def read(self, raw):
        """Return the boolean."""
        if not isinstance(raw, bool):
            raise refusal("must be true or false.")
        return raw

    def dump(self, record, name):
        """Return the stored boolean."""
        return getattr(record, name)

    def schema(self):
        """Return the JSON Schema."""
        return {"type": "boolean"}


_ID = Text(max_length=100, required=True, validate=validators.validate_slug, pattern="^[a-z0-9]+(-[a-z0-9]+)*$")


def read_id(raw):
    """Return the id that `raw` is."""
    return _read_text_id(raw) if isinstance(raw, str) else _ID.read(raw)


@lru_cache(maxsize=20_000)  # a bundle names the same few records again and again
def _read_text_id(raw):
    return _ID.read(raw)


@dataclass(frozen=True)
class Ref:
    """The id of another record, in one of `sections`."""

    sections: tuple
    required: bool = False

    @property
    def empty(self):
        """Return what null stands for."""
        return CANNOT_CLEAR if self.required else None

    def read(self, raw):
        """Return the id."""
        return read_id(raw)

    def dump(self, record, name):
        """Return the id of the related record, or None."""
        related = getattr(record, name)
        return related.slug if related else None

    def schema(self):
        """Return the JSON Schema."""
        return _ID.schema()


@dataclass(frozen=True)
class Refs:
    """A list of ids of records in `sections`; sorted, because their order says nothing."""

    sections: tuple
    empty = ()

    def read(self, raw):
        """Return the sorted tuple of ids."""
        ids = [read_id(item) for item in _read_list(raw)]
        if len(set(ids)) != len(ids):
            raise refusal("names the same id twice.")
        return tuple(sorted(ids))

    def dump(self, record, name):
        """Return the sorted tuple of the related records' ids."""
        return tuple(sorted(related.slug for related in getattr(record, name).all()))

    def schema(self):
        """Return the JSON Schema."""
        return {"type": "array", "items": _ID.schema(), "uniqueItems": True}


@dataclass(frozen=True)
class Roles:
    """Parties by role: `{role: [id, …]}`."""

    sections: tuple = ("parties",)

    @property
    def empty(self):
        """Return what null stands for."""
        return {}

    def read(self, raw):
        """Return `{role: sorted tuple of ids}` without empty roles."""
        roles = {Code(Role).read(role): Refs(self.sections).read(ids) for role, ids in read_mapping(raw).items()}
        return {role: ids for role, ids in roles.items() if ids}

    def dump(self, record, name):
        """Return `{role: sorted tuple of ids}`."""
        return {
            str(role): tuple(sorted(party.slug for party in parties)) for role, parties in getattr(record, name).items()
        }

    def schema(self):
        """Return the JSON Schema."""
        roles = {role: Refs(self.sections).schema() for role in Role.values}
        return {"type": "object", "properties": roles, "additionalProperties": False}


@dataclass(frozen=True)
class Texts:
    """A list of different texts, such as aliases, in the order in which they are written."""

    @property
    def empty(self):
        """Return what null stands for."""
        return []

    def read(self, raw):
        """Return the list of texts."""
        texts = [Text(max_length=200, required=True).read(item) for item in _read_list(raw)]
        validators.validate_aliases(texts)
        return texts

    def dump(self, record, name):
        """Return the stored list."""
        return getattr(record, name)

    def schema(self):
        """Return the JSON Schema."""
        return {"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": 200}, "uniqueItems": True}


@dataclass(frozen=True)
class TextMapping:
    """Texts under fixed keys, such as names by language."""

    keys: tuple
    validate: Any

    @property
    def empty(self):
        """Return what null stands for."""
        return {}

    def read(self, raw):
        """Return the mapping of texts."""
        texts = {key: Text(max_length=200).read(value) for key, value in read_mapping(raw).items()}
        self.validate(texts)
        return texts

    def dump(self, record, name):
        """Return the stored mapping."""
        return getattr(record, name)

    def schema(self):
        """Return the JSON Schema."""
        texts = {key: {"type": "string", "minLength": 1, "maxLength": 200} for key in self.keys}
        return {"type": "object", "properties": texts, "additionalProperties": False}


def _read_list(raw):
    if not isinstance(raw, list):
        raise refusal("must be a list.")
    if len(raw) > MAX_ITEMS:
        raise refusal("has more than %(limit)s items.", limit=MAX_ITEMS)
    return raw


def read_mapping(raw):
    """Return `raw` if it is a mapping; raise ValidationError otherwise."""
    if not isinstance(raw, dict):
        raise refusal("must be a mapping.")
    return raw
