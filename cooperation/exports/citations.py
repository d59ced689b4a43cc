"""Citing the portal's pages in a sentence, and its articles as BibTeX, RIS and CSL JSON.

The three formats are written here and not by a library, because none that was tried keeps a title inside its field.
rispy writes line breaks as they come, so that a title can end its record and begin another. pybtex leaves `$`, `^` and
`\\` bare, and with a lone brace in a title it stops or writes what it cannot read. bibtexparser escapes a brace with a
backslash, but BibTeX counts it all the same, and turns Cyrillic letters into commands. The tests read back with rispy
and bibtexparser what is written here.

Formats: http://www.bibtex.org/Format/, the RIS specification of 2011 (lines of `XX  - value`, ended by CR LF), and the
JSON Schema csl-data of https://github.com/citation-style-language/schema.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from cooperation.choices import ArticleKind
from cooperation.dates import spell_day
from cooperation.text import fold_space

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")  # BibTeX's own macros
_ESCAPES = {character: f"\\{character}" for character in "&%$#_"} | {
    "{": r"{\textbraceleft}",  # BibTeX counts a brace behind a backslash as well
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
    "\\": r"{\textbackslash}",
}


@dataclass(frozen=True)
class EntryType:
    """What an article is called in each format; `is_contained` if its publisher is the paper or site it stands in."""

    bibtex: str
    ris: str
    csl: str
    is_contained: bool
    has_author: bool  # whether the official who said it wrote it; an outlet that quotes an official has another author


NEWS = EntryType("article", "NEWS", "article-newspaper", is_contained=True, has_author=False)
TYPES = {
    # RIS knows no document as such, and no post: the type that reference managers read with the same fields stands in.
    ArticleKind.PRIMARY_DOCUMENT: EntryType("misc", "RPRT", "document", is_contained=False, has_author=True),
    ArticleKind.OFFICIAL_STATEMENT: EntryType("misc", "ELEC", "webpage", is_contained=True, has_author=True),
    ArticleKind.COMPANY: EntryType("misc", "ELEC", "webpage", is_contained=True, has_author=False),
    ArticleKind.AGENCY: NEWS,
    ArticleKind.PRESS: NEWS,
    ArticleKind.SOCIAL: EntryType("misc", "ELEC", "post", is_contained=True, has_author=True),
    ArticleKind.DATABASE: EntryType("misc", "DATA", "dataset", is_contained=False, has_author=False),
}


@dataclass(frozen=True)
class Link:
    """Where to get something, and what it is called."""

    label: str
    address: str


@dataclass(frozen=True)
class Cite:
    """What the cite panel shows; `rows` is the address of the page's rows as a file, the last two are for articles."""

    sentence: str
    permalink: str
    rows: str = ""
    formats: tuple[Link, ...] = ()
    bibtex: str = ""


def build_cite(title, address, query, *, as_of, known_on, read_on, rows="", formats=(), bibtex=""):
    """Return the `Cite` of the page at the absolute `address`, asked with the QueryDict `query` and pinned."""
    permalink = pin(address, query, as_of, known_on)
    sentence = build_citation(title, permalink, as_of, known_on, read_on)
    return Cite(sentence, permalink, rows, tuple(formats), bibtex)


def build_citation(title, address, as_of, known_on, read_on):
    """Return the sentence that cites a page of the portal, in the active language; a day that is None is left out."""
    days = [
        as_of and _("as of {day}").format(day=spell_day(as_of)),
        known_on and _("as known on {day}").format(day=spell_day(known_on)),
        f"<{address}>",
        read_on and _("read on {day}").format(day=spell_day(read_on)),
    ]
    named = _("Cooperation Portal, ‘{title}’").format(title=_fold(str(title)))
    return ", ".join([named, *filter(None, days)]) + "."


def pin(address, query, as_of, known_on):
    """Return `address`, which has no query, with that of the QueryDict `query` and the two days; None leaves a day out.

    Days that `query` holds give way, and what is empty is dropped; all else keeps its values and order.
    """
    days = {"as_of": as_of, "known_on": known_on}
    kept = [(name, value) for name, values in query.lists() if name not in days for value in values if value]
    pinned = kept + [(name, day.isoformat()) for name, day in days.items() if day]
    return f"{address}?{urlencode(pinned)}" if pinned else address


def build_bibtex(article, address):
    """Return the BibTeX entry of an article with publisher and speaker, whose page is at the absolute `address`.

    Readers of BibTeX look for the day in `year` and `month`, those of biblatex in `date`.
    """
    entry, day = TYPES[article.kind], article.published
    fields = {
        "author": _keep(_find_author(article)),
        "title": _keep(article.title),
        **_name_publisher(entry, article.publisher.name),
        "date": f"{{{day.isoformat()}}}",
        "year": f"{{{day:%Y}}}",
        "month": MONTHS[day.month - 1],
        "language": f"{{{article.language}}}",
        "url": f"{{{_find_url(article, address)}}}",
        "note": f"{{{_escape(_note(address))}}}",
    }
    lines = [f"  {name} = {value},\n" for name, value in fields.items() if value]
    return f"@{entry.bibtex}{{{article.slug},\n{''.join(lines)}}}\n"


def build_ris(article, address):
    """Return the RIS record of an article with publisher and speaker, whose page is at the absolute `address`."""
    entry = TYPES[article.kind]
    fields = [
        ("TY", entry.ris),
        ("ID", article.slug),
        ("AU", _find_author(article)),
        ("TI", article.title),
        ("T2" if entry.is_contained else "PB", article.publisher.name),
        ("PY", f"{article.published:%Y}"),
        ("DA", f"{article.published:%Y/%m/%d}"),
        ("LA", article.language),
        ("UR", _find_url(article, address)),
        ("N1", _note(address)),
    ]
    lines = [f"{tag}  - {_fold(value)}\r\n" for tag, value in fields if value]
    return "".join([*lines, "ER  - \r\n"])


def build_csl(article, address):
    """Return an article with publisher and speaker as CSL JSON: a list with one item."""
    entry, day, author = TYPES[article.kind], article.published, _find_author(article)
    item = {
        "id": article.slug,
        "type": entry.csl,
        "title": _fold(article.title),
        "container-title" if entry.is_contained else "publisher": _fold(article.publisher.name),
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "language": article.language,
        "URL": _find_url(article, address),
        "note": _note(address),
    }
    return [item | ({"author": [{"literal": _fold(author)}]} if author else {})]


def write_csl(article, address):
    """Return `build_csl` as text."""
    return json.dumps(build_csl(article, address), ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True)
class Format:
    """A format in which an article can be cited; `write` takes the article and the address of its page."""

    name: str
    label: str
    suffix: str
    content_type: str
    write: Callable[..., str]


FORMATS = (
    Format("bib", "BibTeX", ".bib", "application/x-bibtex", build_bibtex),
    Format("ris", "RIS", ".ris", "application/x-research-info-systems", build_ris),
    Format("csl", "CSL JSON", ".csl.json", "application/vnd.citationstyles.csl+json", write_csl),
)


def _find_author(article):
    """Return the name of the official who said it where that makes the author, else nothing; none is made up."""
    official = article.said_by_official if TYPES[article.kind].has_author else None
    return official.name if official else ""


def _find_url(article, address):
    """Return where the article can be read, else its page, without characters that end a field."""
    return iri_to_uri(article.address or address)


def _note(address):
    return f"{_('Cooperation Portal')}: {iri_to_uri(address)}"


def _name_publisher(entry, name):
    """Return the publisher for BibTeX: styles print `howpublished`, reference managers read `publisher`."""
    if entry.bibtex == "article":
        return {"journal": _keep(name)}
    return {"howpublished": _keep(name), "publisher": _keep(name)}


def _keep(value):
    """Return a BibTeX value that keeps its capitals and is not cut in two at “and”; nothing for nothing."""
    return f"{{{{{_escape(value)}}}}}" if value else ""


def _escape(value):
    return _fold(value).translate(str.maketrans(_ESCAPES))


def _fold(value):
    """Return `value` in one line, without signs that cannot be seen."""
    return "".join(character for character in fold_space(value) if character.isprintable())
