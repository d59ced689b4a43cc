"""The text of an article cut into segments, so that passages that overlap can all be marked and linked."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from django import template
from django.utils.html import format_html, format_html_join

register = template.Library()

_GAP = re.compile(r"\n\s*\n")


@dataclass(frozen=True)
class Segment:
    """A stretch of text that the same citations cover; `starting` are those that begin with it."""

    text: str
    citations: list = field(default_factory=list)
    starting: list = field(default_factory=list)


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
    """Write segments; each cited one is marked, carries its anchors and links to the developments that it supports.

    `reports` are the developments in the order of their numbers.
    """
    numbers = {development.pk: number for number, development in enumerate(reports, start=1)}
    return format_html_join("", "{}", ((_mark(segment, numbers),) for segment in segments))


def _mark(segment, numbers):
    if not segment.citations:
        return segment.text
    anchors = format_html_join("", '<span id="{}"></span>', ((c.anchor,) for c in segment.starting))
    supported = {numbers[c.development_id]: c.development.slug for c in segment.citations}
    notes = format_html_join("", ' <a href="#reports-{}">{}</a>', ((supported[n], n) for n in sorted(supported)))
    return format_html('<mark>{}{}</mark><sup class="notes">{}</sup>', anchors, segment.text, notes)


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
