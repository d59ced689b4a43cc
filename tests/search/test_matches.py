"""What the database's full-text search is asked, and for how long its answers are kept."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from cooperation import ledger, text
from cooperation.models import Article, SearchDocument, System
from cooperation.search import find_keys, matches, search
from cooperation.search.documents import MAX_WORD, MOST_BYTES, split_words
from cooperation.search.forgiving import MOST_INSIDE
from cooperation.search.terms import MOST_TERMS, Term, read_terms
from tests import factories as make


def publish(*names):
    systems = [make.make_system(slug=f"system-{place}", name=name) for place, name in enumerate(names)]
    ledger.publish(systems)
    return systems


def count_statements(ask):
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len([query for query in captured if "MATCH" in query["sql"] or "tsquery" in query["sql"]])


SCRIPTS = (
    "Aster 30 B1NT",
    "10e5 1e 0x1F 2S22 300km",
    "Обʼєкт 279",
    "Ελληνικός στόλος",
    "საქართველო ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ",
    "منظومة دفاع",
    "כיפת ברזל",
    "防空导弹",
    "รถถัง",
    "İstanbul ışık",
    "𝔘𝔫𝔦 ①②",
    "not near or and AND OR NOT NEAR",
)


@pytest.mark.django_db
def test_each_word_of_any_script_is_found():
    systems = publish(*SCRIPTS)
    for system in systems:
        for word in split_words(system.name):
            assert system.pk in find_keys(System, word), word
            assert system.pk in matches.find_anywhere("systems", [Term(word, whole=True)]), word
        assert find_keys(System, system.name) == BitMap([system.pk])


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=st.text(max_size=30), part=st.integers(1, MAX_WORD))
def test_any_name_is_found_by_the_beginnings_of_its_words(written, part):
    words = split_words(written)
    if not words or "\0" in written:
        return
    with transaction.atomic():
        (system,) = publish(written)
        terms = [Term(word[:part]) for word in words]
        assert find_keys(System, " ".join(words)) >= BitMap([system.pk])
        assert matches.find_anywhere("systems", terms) == BitMap([system.pk])
        assert matches.find_matches(["systems"], terms)["systems"].begins == BitMap([system.pk])
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query", ["'", '"', "a'b", '"; DROP', "^aster", "/aster", "aster*", "as:*", "a & !b", "-aster", "\0"]
)
def test_signs_of_query_languages_mean_nothing(query):
    publish("Aster", "Asteroid", "Mistral", "as", "a b", "DROP", "b")
    plain = search(" ".join(text.words(query.replace("\0", " "))))
    assert search(query) == plain
    assert bool(plain.groups) == bool(text.words(query))


@pytest.mark.django_db
def test_as_many_words_as_a_term_can_stand_inside_of_are_asked_for():
    words = [f"x{chr(97 + place // 26)}{chr(97 + place % 26)}ster" for place in range(MOST_INSIDE)]
    publish(" ".join(words[:20]), " ".join(words[-20:]))
    term = Term("ster", inside=frozenset(words))
    assert len(matches.find_anywhere("systems", [term, term])) == 2


@pytest.mark.django_db(transaction=True)
def test_records_are_kept_until_anybody_writes():
    (aster,) = publish("Aster")
    assert count_statements(lambda: search("aster")) == 1
    assert count_statements(lambda: search("aster")) == 0
    aster.name = "Mistral"
    ledger.record(aster)
    assert not search("aster").groups
    assert [group.total for group in search("mistral").groups] == [1]
    assert len(matches._kept) == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_kept_of_a_write_that_is_rolled_back():
    publish("Aster")
    with transaction.atomic():
        ledger.publish([make.make_system(slug="second", name="Aster 2")])
        assert len(find_keys(System, "aster")) == 2
        assert matches._kept == {}
        transaction.set_rollback(True)
    assert len(find_keys(System, "aster")) == 1


@pytest.mark.django_db(transaction=True)
def test_queries_that_are_kept_are_bounded(monkeypatch):
    monkeypatch.setattr(matches, "MOST", 2)
    publish("Aster")
    search("aster")
    for query in ("aster", "as", "aster", "a"):
        find_keys(System, query)
    assert count_statements(lambda: (find_keys(System, "a"), find_keys(System, "aster"), search("aster"))) == 0
    assert count_statements(lambda: find_keys(System, "as")) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("ask", "most"), [(search, 6), (lambda query: find_keys(System, query), 4)])
def test_statements_do_not_grow_with_the_words_of_a_query(ask, most, django_assert_max_num_queries):
    publish("Aster")
    for words in (2, 20):
        with django_assert_max_num_queries(most):
            ask(" ".join(f"{place}9" for place in range(words)))


def test_only_the_first_words_of_a_query_count():
    assert len(read_terms(" ".join(chr(97 + place) for place in range(26)))) == MOST_TERMS


@pytest.mark.django_db
def test_words_of_a_very_long_text_are_cut_on_both_databases_alike():
    words = [f"{place:06}".translate(str.maketrans("0123456789", "абвгдежзик")) * 3 for place in range(20_000)]
    article = make.make_article(make.make_publisher(), slug="long", title="Last яяя", text=" ".join(words))
    article.text_kind = "abstract"
    ledger.publish([article.publisher, article])
    (stored,) = SearchDocument.objects.filter(noun="articles").values_list("words", flat=True)
    assert MOST_BYTES - 100 < len(stored.encode()) <= MOST_BYTES
    known = [word for word in (words[0], words[10_000], "яяя") if find_keys(Article, word)]
    assert known == [words[0], words[10_000], "яяя"]
    assert not find_keys(Article, words[-1])
