"""Atom feeds (RFC 4287): pure, from entries to bytes.

Ids are UUIDs made of what a thing is: the same at every host and after every change.
"""

import re
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from xml.etree import ElementTree as ET

ATOM = "http://www.w3.org/2005/Atom"
NAMESPACE = uuid.UUID("5f0e7b0a-9c5c-4d3b-8a86-1f2a3e5d7c41")  # of this portal's things; never to be changed
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

ET.register_namespace("", ATOM)


@dataclass(frozen=True)
class Words:
    """A text and the language that it is in."""

    text: str
    language: str


@dataclass(frozen=True)
class Entry:
    """What is new: `published` is when it came into the portal, `updated` when it changed there."""

    key: str
    title: Words
    address: str
    published: datetime
    updated: datetime
    author: str
    summary: Words
    quotes: tuple[Words, ...] = ()
    sources: tuple[str, ...] = ()
    categories: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Feed:
    """A list or a record as a feed; `address` is its own, `page` that of the page it belongs to."""

    key: str
    title: str
    language: str
    address: str
    page: str
    author: str
    rights: str
    updated: datetime
    entries: list[Entry] = field(default_factory=list)


def build_id(key):
    """Return the id of what `key` names, such as `programs/jets`."""
    return uuid.uuid5(NAMESPACE, key).urn


def write_feed(feed):
    """Return the feed as bytes."""
    root = ET.Element(_name("feed"), {LANGUAGE: feed.language})
    _add(root, "id", build_id(feed.key))
    _add(root, "title", feed.title)
    _add(root, "updated", _moment(feed.updated))
    _add(root, "rights", feed.rights)
    _add(root, "link", rel="self", type="application/atom+xml", href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    _add(_add(root, "author"), "name", feed.author)
    for entry in feed.entries:
        _add_entry(root, entry)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _add_entry(root, entry):
    element = _add(root, "entry")
    _add(element, "id", build_id(entry.key))
    _add_words(element, "title", entry.title)
    _add(element, "published", _moment(entry.published))
    _add(element, "updated", _moment(entry.updated))
    _add(_add(element, "author"), "name", entry.author)
    _add(element, "link", rel="alternate", type="text/html", href=entry.address)
    for source in entry.sources:
        _add(element, "link", rel="via", href=source)
    for term, label in entry.categories:
        _add(element, "category", term=term, label=label)
    _add_words(element, "summary", entry.summary)
    if entry.quotes:
        _add_words(element, "content", Words(_quote(entry), entry.quotes[0].language))


def _quote(entry):
    """Return the summary and the words that report it, as plain text."""
    return "\n\n".join([entry.summary.text, *(f"“{quote.text}”" for quote in entry.quotes)])


def _add_words(parent, name, words):
    _add(parent, name, words.text, type="text", **{LANGUAGE: words.language})


def _add(parent, name, text=None, **attributes):
    element = ET.SubElement(parent, _name(name), {key: _clean(value) for key, value in attributes.items()})
    element.text = None if text is None else _clean(text)
    return element


def _clean(text):
    """Return `text` without the signs that XML cannot hold."""
    return NOT_XML.sub("\ufffd", str(text))


def _name(name):
    return f"{{{ATOM}}}{name}"


def _moment(moment):
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
