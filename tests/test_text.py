"""Folding and finding."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperation import text


@pytest.mark.parametrize(
    ("quote", "span"),
    [
        ("ready to hand over", (16, 34)),
        ("ready  to\nhand over", (16, 34)),
        ("Ready to hand over", None),
        ("ready to hand ov3r", None),
        ("", None),
        ("a.r", None),
    ],
)
def test_quote_is_found_whatever_its_white_space(quote, span):
    assert text.find_quote(quote, "France gets six ready to\n hand over."[:25] + "hand over.") == span


def test_quote_is_found_in_another_unicode_form():
    assert text.find_quote("de\u0301fense", "La défense") == (3, 10)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Équipement  AIR", "equipement air"),
        ("Містраль", "містраль"),
        ("Україна", "украіна"),
        ("ＳＡＭＰ／Ｔ", "samp/t"),
        ("straße", "strasse"),
    ],
)
def test_fold_forgets_case_accents_and_width(written, folded):
    assert text.fold(written) == folded


def test_words_leave_signs_behind():
    assert text.words("SAMP/T-NG, «Містраль»") == ["samp", "t", "ng", "містраль"]


@given(st.text("ab \n\u00a0", max_size=5), st.text("ab \n\u00a0\u0301", max_size=30))
def test_quote_is_found_where_its_words_first_occur(quote, written):
    words = text.fold_space(quote).split()
    found = re.search(r"\s+".join(map(re.escape, words)), text.normalise(written)) if words else None
    assert text.find_quote(quote, written) == (found.span() if found else None)
