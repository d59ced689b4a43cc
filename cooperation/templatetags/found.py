"""What a search found: names with the words marked that were looked for, and the stretch of a text with them."""

from dataclasses import dataclass

from django import template
from django.utils.html import format_html, format_html_join

from cooperation.choices import TextKind
from cooperation.search import cut_snippet, find_other_name, mark

register = template.Library()


@dataclass(frozen=True)
class Snippet:
    """A stretch of a text as HTML, and its language."""

    words: str
    language: str


@register.simple_tag
def marked(written, terms):
    """Write a text with what answers the terms of the search in `<mark>`."""
    return _write(mark(written, terms))


@register.simple_tag
def other_name(record, terms):
    """Return the name or alias by which a record was found, marked; empty if its own name says why."""
    return _write(mark(find_other_name(record, terms), terms))


@register.simple_tag
def snippet(record, terms):
    """Return the `Snippet` of an article or development in which most of the terms stand, None if they stand elsewhere.

    Of a full text, which not everybody may read, nothing is shown; a development comes with `public_citations`.
    """
    for written, language in _find_texts(record):
        segments = cut_snippet(written, terms)
        if segments:
            return Snippet(_write(segments), language)
    return None


def _find_texts(record):
    if record._meta.model_name == "article":
        is_full = record.text_kind == TextKind.FULL
        return [] if is_full else [(record.text, record.text_language)]
    return [(citation.quote, citation.article.text_language) for citation in record.public_citations]


def _write(segments):
    return format_html_join("", "{}", ((_mark(segment),) for segment in segments))


def _mark(segment):
    return format_html("<mark>{}</mark>", segment.text) if segment.is_marked else segment.text
