"""The text of an article cut into segments, so that passages that overlap can all be marked and linked, and back."""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from operator import itemgetter

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cooperation.templatetags.records import address

register = template.Library()

_GAP = re.compile(r"\n\s*\n")
_MARK_END = mark_safe("</mark>")


@dataclass(frozen=True)
class Segment:
    """A stretch of text that the same citations cover; `starting` are those that begin with it."""

    text: str
    citations: list = field(default_factory=list)
    starting: list = field(default_factory=list)


@register.simple_tag(takes_context=True)
def passage_address(context, development):
    """Return the address of the words that earned a development, in the earliest article that reports it.

    That article decides the values of the development, so stage, quantity and amount lead there. Empty if the
    development comes without citations.
    """
    for citation in development.public_citations[:1]:
        return f"{address(context, citation.article)}#{citation.anchor}"
    return ""


@register.simple_tag
def passages_of(development, citations):
    """Return the addresses, on the page of an article, of the passages that report a development, in their order."""
    return [f"#{c.anchor}" for c in citations if c.development_id == development.pk and c.start is not None]


@register.simple_tag
def paragraphs(text, citations):
    """Return the paragraphs of `text`, each a list of segments.

    `citations` have `start` and `end`, positions in `text`; those without are left out. A passage that goes over the
    end of a paragraph continues in the next one.
    """
    placed = [c for c in citations if c.start is not None and c.start < c.end <= len(text)]
    cut = [_cut(text, start, end, placed) for start, end in _paragraph_spans(text)]
    return [segments for segments in _mark_starts(cut, placed) if segments]


@register.simple_tag
def passages(text, citations):
    """Return what is cited from `text` alone: one list of segments for each unbroken stretch of it."""
    stretches = []
    for segments in paragraphs(text, citations):
        is_open = False
        for segment in segments:
            if segment.citations:
                stretches.extend([] if is_open else [[]])
                stretches[-1].append(segment)
            is_open = bool(segment.citations)
    return stretches


@register.simple_tag
def marked(segments, reports):
    """Write segments: each passage is one mark with its anchor, each stretch of it leads to what it supports.

    A passage inside another one is a mark inside a mark. Where two cross, the one that begins later is closed together
    with the first and goes on behind it, as class `rest` after class `cut`. A stretch that supports one development is
    itself the link; one that supports several is followed by one link for each. `reports` are the developments in the
    order of their numbers.
    """
    numbers = {development.pk: number for number, development in enumerate(reports, start=1)}
    written, opened = [], []
    for segment in segments:
        kept = _still_open(opened, segment)
        opening = _sort_opening(segment, kept)
        written += [_close(opened[len(kept) :]), _open(opening, kept, segment), _link_stretch(segment, numbers)]
        opened = kept + opening
    return format_html_join("", "{}", ((part,) for part in [*written, _close(opened)]))


def _still_open(opened, segment):
    """Return the outer part of the `opened` passages that goes on; marks close from the inside."""
    kept = []
    for citation in opened:
        if citation not in segment.citations:
            break
        kept.append(citation)
    return kept


def _sort_opening(segment, kept):
    """Return the passages that open with the segment, the longest first, so that they close in turn."""
    return sorted((c for c in segment.citations if c not in kept), key=lambda c: c.end, reverse=True)


def _open(opening, around, segment):
    limits = [citation.end for citation in around]
    outer = [None, *opening]
    marks = ((_anchor(c, segment), _classes(c, segment, limits, before)) for before, c in pairwise(outer))
    return format_html_join("", "<mark{}{}>", marks)


def _close(citations):
    return format_html_join("", "{}", [(_MARK_END,)] * len(citations))


def _anchor(citation, segment):
    return format_html(' id="{}"', citation.anchor) if citation in segment.starting else ""


def _classes(citation, segment, limits, outer):
    """Return the classes of a mark: whether it is one of two parts, or covers the same words as the one around it."""
    names = []
    if citation not in segment.starting:
        names.append("rest")
    if any(citation.end > limit for limit in limits):
        names.append("cut")
    if outer and outer.end == citation.end:
        names.append("same")
    return format_html(' class="{}"', " ".join(names)) if names else ""


def _link_stretch(segment, numbers):
    """Write the words of a segment with the numbers of what they support; white space stays outside of links."""
    supported = {numbers[c.development_id]: c.development for c in segment.citations}
    if not supported or segment.text.isspace():
        return conditional_escape(segment.text)
    before, words, after = segment.text.partition(segment.text.strip())
    link = _link_words if len(supported) == 1 else _link_notes
    return format_html("{}{}{}", before, link(words, sorted(supported.items(), key=itemgetter(0))), after)


def _link_words(words, supported):
    [(number, development)] = supported
    return format_html(
        '<a class="passage" href="#reports-{0}" aria-describedby="reports-{0}.summary">{1}<sup> {2}</sup></a>',
        development.slug,
        words,
        number,
    )


def _link_notes(words, supported):
    links = format_html_join("", ' <a href="#reports-{}" aria-label="{}">{}</a>', map(_note, supported))
    return format_html('{}<sup class="notes" lang="{}">{}</sup>', words, get_language(), links)


def _note(supported):
    number, development = supported
    name = _("Passage {number} supports: {summary}").format(number=number, summary=development.summary)
    return development.slug, name, number


def _paragraph_spans(text):
    """Yield (start, end) of each paragraph, without the white space around it."""
    position = 0
    for gap in [*_GAP.finditer(text), None]:
        end = gap.start() if gap else len(text)
        part = text[position:end]
        if part.strip():
            start = position + len(part) - len(part.lstrip())
            yield start, start + len(part.strip())
        position = gap.end() if gap else end


def _cut(text, start, end, citations):
    """Return (words, covering citations) for each stretch between two cuts."""
    cuts = {start, end} | {p for c in citations for p in (c.start, c.end) if start < p < end}
    edges = sorted(cuts)
    return [
        (text[left:right], [c for c in citations if c.start < right and left < c.end])
        for left, right in pairwise(edges)
    ]


def _mark_starts(cut, citations):
    """Turn stretches into segments; a citation starts with the first stretch that it covers."""
    waiting = list(citations)
    for stretches in cut:
        segments = []
        for words, covering in stretches:
            starting = [c for c in covering if c in waiting]
            waiting = [c for c in waiting if c not in starting]
            segments.append(Segment(words, covering, starting))
        yield segments
