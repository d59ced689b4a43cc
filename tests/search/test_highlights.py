"""Where the terms of a query stand in a text as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperation import ledger
from cooperation.search import cut_snippet, find_other_name, mark
from cooperation.search.terms import Term, read_terms
from tests import factories


def show(segments):
    return "".join(f"[{text}]" if is_marked else text for text, is_marked in segments)


@pytest.mark.parametrize(
    ("written", "query", "shown"),
    [
        ("Mirage 2000", "mirage", "[Mirage] 2000"),
        ("Mirage 2000", "mir 20", "[Mir]age [20]00"),
        ("A Mirage of mirages", "mirage", "A [Mirage] of [mirage]s"),
        ("Sol-air moyenne portée", "portee", "Sol-air moyenne [portée]"),
        ("Sol-air moyenne porte\u0301e", "porte", "Sol-air moyenne [porte\u0301]e"),
        ("Тип «Київ»", "київ", "Тип «[Київ]»"),
        ("Тип «Київ»", "ки", "Тип «[Ки]їв»"),
        ("SAMP/T", "samp/t", "[SAMP]/[T]"),
        ("Samp tactics", "t samp", "[Samp] tactics"),
        ("Straße", "strasse", "[Straße]"),
        ("Straße", "stras", "[Straß]e"),
        ("ﬁre ﬁghter", "fi", "[ﬁ]re [ﬁ]ghter"),
        ("nothing", "here", "nothing"),
        ("", "here", ""),
        ("x" * 60, "x", f"[{'x' * 60}]"),
        ("<b>&amp;</b>", "b amp", "<[b]>&[amp];</[b]>"),
    ],
)
def test_marks_are_where_the_letters_were_written(written, query, shown):
    assert show(mark(written, read_terms(query))) == shown


def test_mark_inside_of_a_word():
    assert show(mark("Big Rästers", [Term("aster", inside=frozenset(["rasters"]))])) == "Big R[äster]s"


@given(written=st.text(max_size=60), query=st.text(max_size=12))
def test_segments_are_the_whole_text(written, query):
    terms = read_terms(query)
    assert "".join(segment.text for segment in mark(written, terms)) == written
    cut_snippet(written, terms)


LONG = "First words that nobody looked for. " * 8 + "Here France gives Crotale to Ukraine. " + "Last words. " * 40


def test_snippet_is_cut_at_words_around_what_was_found():
    shown = show(cut_snippet(LONG, read_terms("crotale ukraine")))
    assert "[Crotale] to [Ukraine]" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < 200
    assert set(shown.split()) <= {*LONG.split(), "…", "[Crotale]", "[Ukraine]."}


def test_snippet_shows_where_most_terms_stand():
    text = "Crotale first. " + "Other words. " * 30 + "Crotale for Ukraine at last."
    assert "[Crotale] for [Ukraine]" in show(cut_snippet(text, read_terms("crotale ukraine")))


def test_snippet_of_a_short_text_is_all_of_it():
    assert show(cut_snippet("Crotale\n\nfor Ukraine", read_terms("ukraine"))) == "Crotale for [Ukraine]"


def test_no_snippet_where_nothing_stands():
    assert cut_snippet(LONG, read_terms("zebra")) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "name"), [("mamba", "Mamba"), ("мамба", "Мамба"), ("samp", ""), ("samp mamba", "SAMP/T Mamba")]
)
def test_other_name_is_the_shortest_that_says_why(query, name):
    system = factories.make_system(
        slug="samp-t", name="SAMP/T", names={"uk": "Мамба"}, aliases=["SAMP/T Mamba", "Mamba", "Mamba NG"]
    )
    ledger.publish([system])
    assert find_other_name(system, read_terms(query)) == name
