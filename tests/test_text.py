"""Folding and finding."""

import re

import pytest
from django.db import connection
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
        ("𝔘𝔫𝔦", "uni"),
        ("main-d'ŒUVRE", "main-d'oeuvre"),
        ("Łódź", "lodz"),
        ("Обʼєкт", "об'єкт"),
    ],
)
def test_fold_forgets_case_accents_and_width(written, folded):
    assert text.fold(written) == folded


@pytest.mark.django_db
def test_fold_forgets_what_postgresql_does(is_postgresql):
    if not is_postgresql:
        pytest.skip("the extension unaccent is PostgreSQL's")
    letters = [chr(code) for code in (*range(0xC0, 0x180), *range(0x400, 0x530)) if chr(code).isalpha()]
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION unaccent")
        cursor.execute("SELECT unaccent(letter) FROM unnest(%s::text[]) AS letter", [letters])
        plain = [written for (written,) in cursor.fetchall()]
    different = [letter for letter, other in zip(letters, plain, strict=True) if text.fold(letter) != text.fold(other)]
    assert different == list("ĸĿŀ")  # letters that nobody writes any more


def test_words_leave_signs_behind():
    assert text.words("SAMP/T-NG, «Містраль»") == ["samp", "t", "ng", "містраль"]


@given(st.text("ab \n\u00a0", max_size=5), st.text("ab \n\u00a0\u0301", max_size=30))
def test_quote_is_found_where_its_words_first_occur(quote, written):
    words = text.fold_space(quote).split()
    found = re.search(r"\s+".join(map(re.escape, words)), text.normalise(written)) if words else None
    assert text.find_quote(quote, written) == (found.span() if found else None)
