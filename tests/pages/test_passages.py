"""Segments of a text: overlapping, nested, equal and adjacent passages, and hostile text."""

from dataclasses import dataclass
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperation.templatetags.passages import marked, paragraphs, passages, passages_of

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
        return SimpleNamespace(slug=f"d{self.development_id}", summary=f"<{self.development_id}>")


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


def write(text, *spans):
    """Return the marked paragraphs of a text as one string; the n-th span is cited by development n."""
    citations = [Span(number, *span) for number, span in enumerate(spans, start=1)]
    reports = [SimpleNamespace(pk=c.development_id) for c in citations]
    return "".join(f"<p>{marked(segments, reports)}</p>" for segments in paragraphs(text, citations))


def link(number, words):
    """Return words that are one link to the only development that they support."""
    return (
        f'<a class="passage" href="#reports-d{number}" aria-describedby="reports-d{number}.summary">'
        f"{words}<sup> {number}</sup></a>"
    )


def notes(*numbers):
    """Return the links behind words that support several developments."""
    links = (f' <a href="#reports-d{n}" aria-label="Passage {n} supports: &lt;{n}&gt;">{n}</a>' for n in numbers)
    return f'<sup class="notes" lang="en">{"".join(links)}</sup>'


def test_marked_text_is_escaped_and_linked():
    assert write('<script>"a" & b</script>', (0, 8), (9, 24)) == (
        f'<p><mark id="cited-1">{link(1, "&lt;script&gt;")}</mark>&quot;'
        f'<mark id="cited-2">{link(2, "a&quot; &amp; b&lt;/script&gt;")}</mark></p>'
    )


def test_passage_inside_another_is_a_mark_in_a_mark():
    assert write(TEXT, (0, 8), (3, 5)) == (
        f'<p><mark id="cited-1">{link(1, "abc")}<mark id="cited-2">de{notes(1, 2)}</mark>{link(1, "fgh")}</mark>ij</p>'
    )


def test_passages_that_begin_together_close_in_turn():
    assert write(TEXT, (0, 3), (0, 6)) == (
        f'<p><mark id="cited-2"><mark id="cited-1">abc{notes(1, 2)}</mark>{link(2, "def")}</mark>ghij</p>'
    )


def test_passages_that_are_equal_are_marked_once_to_the_eye():
    assert write(TEXT, (2, 5), (2, 5)) == (
        f'<p>ab<mark id="cited-1"><mark id="cited-2" class="same">cde{notes(1, 2)}</mark></mark>fghij</p>'
    )


def test_passages_that_cross_are_marked_in_two_parts():
    assert write(TEXT, (0, 6), (4, 8)) == (
        f'<p><mark id="cited-1">{link(1, "abcd")}<mark id="cited-2" class="cut">ef{notes(1, 2)}</mark></mark>'
        f'<mark class="rest">{link(2, "gh")}</mark>ij</p>'
    )


def test_passage_over_the_end_of_a_paragraph_keeps_one_anchor():
    assert write("One two.\n\nThree four.", (4, 15)) == (
        f'<p>One <mark id="cited-1">{link(1, "two.")}</mark></p>'
        f'<p><mark class="rest">{link(1, "Three")}</mark> four.</p>'
    )


def test_white_space_stays_outside_of_links():
    assert write("ab cd", (0, 3), (0, 5)) == (
        f'<p><mark id="cited-2"><mark id="cited-1">ab{notes(1, 2)} </mark>{link(2, "cd")}</mark></p>'
    )
    assert write("ab cd", (0, 2), (0, 3)) == (
        f'<p><mark id="cited-2"><mark id="cited-1">ab{notes(1, 2)}</mark> </mark>cd</p>'
    )


def test_passages_of_a_development_are_its_own_that_stand_in_the_text():
    citations = [Span(1, 1, 3), Span(2, 2, 5), Span(1, None, None)]
    assert passages_of(SimpleNamespace(pk=1), citations) == ["#cited-1"]


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


@given(
    st.text(alphabet="ab<&\n 😀", max_size=40), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=6)
)
def test_marked_text_nests_well_and_keeps_words_and_anchors(text, spans):
    written = write(text, *spans)
    root = ElementTree.fromstring(f"<div>{written}</div>")
    assert root.findall(".//a//a") == []
    anchors = [mark.get("id") for mark in root.iter("mark") if mark.get("id")]
    assert len(anchors) == len(set(anchors))
    for sup in root.iter("sup"):
        sup.text = ""
        for note in list(sup):
            sup.remove(note)
    assert "".join("".join(root.itertext()).split()) == "".join(text.split())
