"""The value mapping: a YAML file in which staff say what the source's spellings mean here, and which remembers it.

Under each section stand the source's spellings, compared without case, accents, stray signs and spaces. A value is

    an id, word or code of this portal       Czech Republic: czechia
    left empty: waits to be filled in        Cortale:
    no matter of this portal, and why        Mistral SH: {id: null, reason: "The ship class, not the missile."}

and further, under `categories`, a list of codes, and under `systems`, `{category: …}` for equipment that has no system
of its own here. `add_entries` adds what waits without touching what staff wrote.
"""

import json
import re
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from cooperation import validators
from cooperation.bundles.reader import read_bytes
from cooperation.bundles.report import BundleError, Place, Problem
from cooperation.choices import Category, Mode
from cooperation.imports.tables import fold_name

SECTIONS = {
    "parties": "party",
    "systems": "system",
    "units": "unit",
    "categories": "category",
    "modes": "mode",
    "programs": "program",
}
_CODES = {"categories": Category, "modes": Mode}
_HEADS = {section: re.compile(rf"{section}:\s*(\{{\s*\}}|null|~)?\s*(#.*)?") for section in SECTIONS}


@dataclass(frozen=True)
class Entry:
    """What the file says of one spelling: our values, or why it is no matter of this portal; empty if it waits."""

    spelling: str
    line: int
    values: tuple = ()
    reason: str = ""
    category: str = ""

    @property
    def is_filled(self):
        """Whether staff have decided."""
        return bool(self.values or self.reason or self.category)


@dataclass
class Mapping:
    """The entries of one file, by section and folded spelling."""

    file: str = ""
    sections: dict = field(default_factory=dict)

    def find(self, section, spelling):
        """Return the `Entry` for a spelling, or None."""
        return self.sections.get(section, {}).get(fold_name(spelling))


def read_mapping(data, file):
    """Return the `Mapping` in the bytes `data`; raise BundleError with all that is wrong, each with its line."""
    root = read_bytes(data, file)
    mapping, problems = Mapping(file), []
    for section, entries in root.items():
        if section not in SECTIONS:
            problems.append(Problem(Place(file, root.lines[section]), f"“{section}” is none of {', '.join(SECTIONS)}."))
        elif not isinstance(entries, dict) and entries not in (None, ""):
            problems.append(Problem(Place(file, root.lines[section], section), "is a mapping of spellings to ids."))
        else:
            mapping.sections[section] = _read_section(section, entries or {}, file, problems)
    if problems:
        raise BundleError(problems)
    return mapping


def _read_section(section, entries, file, problems):
    found = {}
    for spelling, raw in entries.items():
        place = Place(file, entries.lines[spelling], section)
        try:
            entry = _read_entry(section, spelling, raw, place.line)
        except ValidationError as error:
            problems += [Problem(place, f"“{spelling}”: {message}") for message in error.messages]
            continue
        key = fold_name(spelling)
        if not key or (key in found and found[key].is_filled and entry.is_filled):
            problems.append(Problem(place, f"“{spelling}” has no words, or stands here twice."))
        elif key not in found or entry.is_filled:
            found[key] = entry
    return found


def _read_entry(section, spelling, raw, line):
    if isinstance(raw, dict):
        return _read_explained(section, spelling, raw, line)
    if raw is None:
        raise ValidationError("say why it is no matter of this portal: {id: null, reason: …}.")
    values = tuple(map(str, raw)) if isinstance(raw, list) else (str(raw),) if raw != "" else ()
    if len(values) > 1 and section != "categories":
        raise ValidationError("takes one value.")
    for value in values:
        _check_value(section, value)
    return Entry(spelling, line, values)


def _read_explained(section, spelling, raw, line):
    reason, category = str(raw.get("reason") or "").strip(), raw.get("category")
    if section == "systems" and set(raw) == {"category"}:
        _check_value("categories", category)
        return Entry(spelling, line, category=category)
    if set(raw) != {"id", "reason"} or raw["id"] is not None or not reason:
        raise ValidationError(
            "is an id, or {id: null, reason: …} for what is no matter of this portal (a reason with a comma in quotes)."
        )
    return Entry(spelling, line, reason=reason)


def _check_value(section, value):
    if section == "units":
        validators.validate_unit(value)
    elif section in _CODES:
        allowed = _CODES[section].values
        if value not in allowed:
            raise ValidationError(f"“{value}” is not known; use one of {', '.join(allowed)}.")
    else:
        validators.validate_slug(value)


def add_entries(content, waiting, file):
    """Return the text `content` of a mapping file with an empty entry for each spelling that it lacks.

    `waiting` is `{section: {spelling: comment}}`. What stands in the file stays as it is, comments included; raise
    BundleError if a section is written so that nothing can be added to it.
    """
    mapping = read_mapping(content.encode(), file) if content.strip() else Mapping(file)
    lines = content.removesuffix("\n").split("\n") if content.strip() else []
    for section, spellings in waiting.items():
        new = {s: comment for s, comment in spellings.items() if mapping.find(section, s) is None}
        if new:
            _add_to_section(lines, section, new, file)
    text = "\n".join(lines) + "\n"
    read_mapping(text.encode(), file)
    return text


def _add_to_section(lines, section, new, file):
    head = next((number for number, line in enumerate(lines) if re.match(rf"{section}\s*:", line)), None)
    if head is None:
        lines += ["", f"{section}:"] if lines else [f"{section}:"]
        head = len(lines) - 1
    match = _HEADS[section].fullmatch(lines[head])
    if not match:
        message = "write one spelling a line below it, so that others can be added."
        raise BundleError([Problem(Place(file, head + 1, section), message)])
    if match[1]:
        lines[head] = f"{section}:" + (f"  {match[2]}" if match[2] else "")
    own = _own_lines(lines, head)
    indent = next((re.match(r" *", lines[n])[0] for n in own if not lines[n].lstrip().startswith("#")), "  ")
    entries = [f"{indent}{json.dumps(s, ensure_ascii=False)}:  # {comment}" for s, comment in new.items()]
    last = own[-1] if own else head
    lines[last + 1 : last + 1] = entries


def _own_lines(lines, head):
    """Return the numbers of the indented lines below the section's head, up to the next section."""
    own = []
    for number in range(head + 1, len(lines)):
        if lines[number][:1] not in ("", " ", "#"):
            break
        if lines[number].startswith(" ") and lines[number].strip():
            own.append(number)
    return own
