"""Bytes of YAML or JSON to plain values that know their line, with everything refused that could surprise.

YAML is read with PyYAML's event parser, JSON with a small one of our own, because the standard one tells no positions.
Refused in words: anchors, aliases, tags, duplicate keys, several documents, NaN, infinity, deep nesting, large files.
Only `null`, `true`, `false` and plain decimal numbers are read as such; everything else is text.
"""

import json
import re
from decimal import Decimal
from json.decoder import scanstring

import yaml

from cooperation.bundles.report import BundleError, Place, Problem

MAX_BYTES = 10_000_000
MAX_DEPTH = 20
SUFFIXES = (".yaml", ".yml", ".json")

_NUMBER = re.compile(r"-?(0|[1-9]\d{0,29})(\.\d{1,30})?", re.ASCII)
_WORDS = {"null": None, "true": True, "false": False}
_JSON_SPACE = re.compile(r"[ \t\n\r]*")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_JSON_WORD = re.compile(r"[-+.\w]+")
_PLAIN = r'"([^"\\\x00-\x1f]*)"'  # text without escapes
_JSON_MEMBER = re.compile(rf"([ \t\n\r]*){_PLAIN}[ \t\n\r]*:[ \t\n\r]*{_PLAIN}[ \t\n\r]*(,?)")


class Mapping(dict):
    """A mapping that knows its own line and the line of each key."""

    def __init__(self, line):
        """Start empty at `line`."""
        super().__init__()
        self.line, self.lines = line, {}


class Sequence(list):
    """A list that knows its own line and the line of each item."""

    def __init__(self, line):
        """Start empty at `line`."""
        super().__init__()
        self.line, self.lines = line, []


class _Refusal(Exception):
    """Something in the text is not allowed, at a line."""

    def __init__(self, line, message):
        super().__init__(message)
        self.line, self.message = line, message


class _Builder:
    """Puts values into the mappings and sequences that are open, from the outermost to the innermost."""

    def __init__(self):
        self.open, self.keys, self.root = [], [], None

    def start(self, container):
        """Open a mapping or sequence."""
        if len(self.open) == MAX_DEPTH:
            raise _Refusal(container.line, f"nested more than {MAX_DEPTH} deep.")
        self.value(container, container.line)
        self.open.append(container)
        self.keys.append(None)

    def end(self):
        """Close the innermost one."""
        self.open.pop()
        self.keys.pop()

    def wants_key(self):
        """Whether the next value is the key of a mapping."""
        return bool(self.open) and isinstance(self.open[-1], Mapping) and self.keys[-1] is None

    def key(self, key, line):
        """Take the key of the next value."""
        if not isinstance(key, str):
            raise _Refusal(line, "a key must be text.")
        if key in self.open[-1]:
            raise _Refusal(line, f"the key “{key}” stands here twice.")
        self.keys[-1] = key
        self.open[-1].lines[key] = line

    def value(self, value, line):
        """Take a value for the innermost container, or as the root."""
        if not self.open:
            self.root = value
        elif isinstance(self.open[-1], Mapping):
            self.open[-1][self.keys[-1]] = value
            self.keys[-1] = None
        else:
            self.open[-1].append(value)
            self.open[-1].lines.append(line)


def read_path(path):
    """Return the `Mapping` of a bundle file; raise BundleError if it cannot be read."""
    if path.stat().st_size > MAX_BYTES:
        raise _error(path.name, 1, f"is larger than {MAX_BYTES // 1_000_000} MB; split it.")
    return read_bytes(path.read_bytes(), str(path), is_json=path.suffix == ".json")


def read_bytes(data, file, is_json=False):
    """Return the `Mapping` of a bundle in `data`, named `file` in messages; raise BundleError if it cannot be read."""
    if len(data) > MAX_BYTES:
        raise _error(file, 1, f"is larger than {MAX_BYTES // 1_000_000} MB; split it.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _error(file, data[: error.start].count(b"\n") + 1, "is not UTF-8 text.") from error
    try:
        root = _read_json(text) if is_json else _read_yaml(text)
    except _Refusal as refusal:
        raise _error(file, refusal.line, refusal.message) from refusal
    if not isinstance(root, Mapping):
        raise _error(file, 1, "a bundle is a mapping of sections such as parties, programs and articles.")
    return root


def _error(file, line, message):
    return BundleError([Problem(Place(file, line), message)])


def _read_yaml(text):
    builder = _Builder()
    documents = 0
    try:
        for event in yaml.parse(text, Loader=_EventLoader):
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                raise _Refusal(event.start_mark.line + 1, "a bundle is one document.")
            _take_event(builder, event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise _Refusal(mark.line + 1 if mark else 1, f"is not YAML: {error.problem}.") from error
    except yaml.YAMLError as error:
        raise _Refusal(1, "holds characters that YAML does not allow.") from error
    return builder.root


_EventLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _take_event(builder, event):
    line = event.start_mark.line + 1
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        raise _Refusal(line, "anchors and aliases are not allowed; write the value out.")
    if getattr(event, "tag", None):
        raise _Refusal(line, "tags are not allowed.")
    if isinstance(event, yaml.CollectionStartEvent) and builder.wants_key():
        raise _Refusal(line, "a key must be text.")
    if isinstance(event, yaml.MappingStartEvent):
        builder.start(Mapping(line))
    elif isinstance(event, yaml.SequenceStartEvent):
        builder.start(Sequence(line))
    elif isinstance(event, yaml.CollectionEndEvent):
        builder.end()
    elif isinstance(event, yaml.ScalarEvent):
        _storable(event.value, line)
        if builder.wants_key():
            builder.key(event.value, line)
        else:
            builder.value(event.value if event.style else _resolve(event.value), line)


def _resolve(plain):
    """Return what an unquoted scalar stands for."""
    if plain in _WORDS:
        return _WORDS[plain]
    match = _NUMBER.fullmatch(plain)
    if not match:
        return plain
    return Decimal(plain) if match[2] else int(plain)


def _read_json(text):
    builder, position, line = _Builder(), 0, 1
    expected = "value"
    while True:
        if expected in ("first key", "key"):
            expected, position, line = _take_plain_members(builder, text, position, line, expected)
        space = _JSON_SPACE.match(text, position)
        line += space[0].count("\n")
        position = space.end()
        if expected == "end":
            if position != len(text):
                raise _Refusal(line, "is not JSON: something follows the end.")
            return builder.root
        expected, position = _take_json(builder, text, position, line, expected)


def _take_plain_members(builder, text, position, line, expected):
    """Take the members of a mapping while they are plain text, as most are; return what is expected next, and where.

    It takes a fraction of the time that the tokens take one by one.
    """
    while expected != "comma" and (member := _JSON_MEMBER.match(text, position)):
        line += member[1].count("\n")
        builder.key(member[2], line)
        builder.value(member[3], line)
        line += text.count("\n", member.end(1), member.end())
        expected, position = "key" if member[4] else "comma", member.end()
    return expected, position, line


def _take_json(builder, text, position, line, expected):
    """Take one token; return what is expected next, and where."""
    sign = text[position : position + 1]
    if expected in ("value", "first item", "first key", "key") and sign == '"':
        word, position = _scan_string(text, position, line)
        if "key" in expected:
            builder.key(word, line)
            return "colon", position
        builder.value(word, line)
        return _after_value(builder), position
    if expected in ("value", "first item") and sign in ("{", "[") and sign:
        builder.start(Mapping(line) if sign == "{" else Sequence(line))
        return ("first key" if sign == "{" else "first item"), position + 1
    if expected == "colon" and sign == ":":
        return "value", position + 1
    if expected == "comma" and sign == ",":
        return ("key" if isinstance(builder.open[-1], Mapping) else "value"), position + 1
    closing = "}" if builder.open and isinstance(builder.open[-1], Mapping) else "]"
    if builder.open and expected in ("comma", "first key", "first item") and sign == closing:
        builder.end()
        return _after_value(builder), position + 1
    if expected in ("value", "first item") and (match := _JSON_WORD.match(text, position)):
        value = _resolve(match[0])
        if isinstance(value, str):
            raise _Refusal(
                line, f"is not JSON: “{match[0][:40]}” is no value; write text in quotes and numbers in plain decimals."
            )
        builder.value(value, line)
        return _after_value(builder), match.end()
    raise _Refusal(line, f"is not JSON: “{sign or 'end of file'}” where a {expected} should stand.")


def _after_value(builder):
    return "comma" if builder.open else "end"


def _scan_string(text, position, line):
    try:
        word, end = scanstring(text, position + 1, True)
    except json.JSONDecodeError as error:
        raise _Refusal(line, f"is not JSON: {error.msg}.") from error
    return _storable(word, line), end


def _storable(text, line):
    """Return `text`; refuse characters that a database cannot keep."""
    if _UNSTORABLE.search(text):
        raise _Refusal(line, "holds a character that cannot be stored (NUL or half of a surrogate pair).")
    return text
