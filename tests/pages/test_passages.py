"""Segments of a text: overlapping, nested, equal and adjacent passages, and hostile text."""

from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperation.templatetags.passages import marked, paragraphs, passages

TEXT = "abcdefghij"


@dataclass(frozen=True)
class Span:
    """A citation as the tags see it."""

    development_id: int
    start: int | None
    end: int | None

    @property
    def anchor(self):
        return f"cited-{self.development_id}"

    @property
    def development(self):
        return SimpleNamespace(slug=f"d{self.development_id}")


def cut(text, *spans):
    """Return each paragraph as (words, who covers them, who starts there)."""
    citations = [Span(number, *span) for number, span in enumerate(spans, start=1)]
    return [
        [(s.text, [c.development_id for c in s.citations], [c.development_id for c in s.starting]) for s in segments]
        for segments in paragraphs(text, citations)
    ]


@pytest.mark.parametrize(
    ("spans", "segments"),
    [
        ([], [(TEXT, [], [])]),
        ([(2, 5)], [("ab", [], []), ("cde", [1], [1]), ("fghij", [], [])]),
        ([(0, 10)], [(TEXT, [1], [1])]),
        (
            [(1, 6), (4, 8)],
            [("a", [], []), ("bcd", [1], [1]), ("ef", [1, 2], [2]), ("gh", [2], []), ("ij", [], [])],
        ),
        ([(0, 10), (3, 5)], [("abc", [1], [1]), ("de", [1, 2], [2]), ("fghij", [1], [])]),
        ([(2, 5), (2, 5)], [("ab", [], []), ("cde", [1, 2], [1, 2]), ("fghij", [], [])]),
        ([(2, 5), (5, 7)], [("ab", [], []), ("cde", [1], [1]), ("fg", [2], [2]), ("hij", [], [])]),
        ([(2, 3), (2, 5)], [("ab", [], []), ("c", [1, 2], [1, 2]), ("de", [2], []), ("fghij", [], [])]),
        ([(None, None), (3, 3), (8, 99)], [(TEXT, [], [])]),
    ],
    ids=["none", "one", "all", "overlapping", "nested", "equal", "adjacent", "same start", "misplaced"],
)
def test_paragraphs_one(spans, segments):
    assert cut(TEXT, *spans) == [segments]


def test_passage_over_the_end_of_a_paragraph_continues():
    assert cut("One two.\n\nThree four.\n", (4, 15)) == [
        [("One ", [], []), ("two.", [1], [1])],
        [("Three", [1], []), (" four.", [], [])],
    ]


def test_line_ends_inside_a_paragraph_stay():
    assert cut("One\ntwo.\n \n\nThree.") == [[("One\ntwo.", [], [])], [("Three.", [], [])]]


@pytest.mark.parametrize("text", ["", " \n\n "])
def test_text_without_words_has_no_paragraphs(text):
    assert cut(text) == []


def test_passages_leave_out_the_rest():
    citations = [Span(1, 1, 3), Span(2, 2, 5), Span(3, 7, 8)]
    assert [[s.text for s in stretch] for stretch in passages(TEXT, citations)] == [["b", "c", "de"], ["h"]]


def test_marked_text_is_escaped_and_linked():
    text = '<script>"a" & b</script>'
    citations = [Span(1, 0, 8), Span(2, 4, 24)]
    reports = [SimpleNamespace(pk=1), SimpleNamespace(pk=2)]
    (segments,) = paragraphs(text, citations)
    assert marked(segments, reports) == (
        '<mark><span id="cited-1"></span>&lt;scr</mark><sup class="notes"> <a href="#reports-d1">1</a></sup>'
        '<mark><span id="cited-2"></span>ipt&gt;</mark><sup class="notes"> <a href="#reports-d1">1</a>'
        ' <a href="#reports-d2">2</a></sup>'
        "<mark>&quot;a&quot; &amp; b&lt;/script&gt;</mark>"
        '<sup class="notes"> <a href="#reports-d2">2</a></sup>'
    )


@given(
    st.text(alphabet="ab<&\n 😀", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)
)
def test_segments_lose_nothing_and_mark_exactly_what_is_cited(text, spans):
    citations = [Span(n, *span) for n, span in enumerate(spans)]
    valid = [c for c in citations if c.start < c.end <= len(text)]
    covered = {p for c in valid for p in range(c.start, c.end) if not text[p].isspace()}
    cut_text = paragraphs(text, citations)
    segments = [segment for paragraph in cut_text for segment in paragraph]
    assert "".join("".join(s.text for s in segments).split()) == "".join(text.split())
    assert sum(len("".join(s.text.split())) for s in segments if s.citations) == len(covered)
    starting = [c for s in segments for c in s.starting]
    assert len(starting) == len(set(starting))
