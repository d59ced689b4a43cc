"""Search over all nouns: what is found, in which order, and what never is."""

import pytest
from django.utils import translation

from cooperation import ledger
from cooperation.search import search
from tests import factories as make

pytestmark = pytest.mark.django_db


def find(query, noun, **options):
    return [record.slug for group in search(query, **options) if group.noun == noun for record in group.records]


def make_systems(*names, **fields):
    systems = [make.make_system(slug=name.lower().replace(" ", "-"), name=name, **fields) for name in names]
    ledger.publish(systems)
    return systems


def test_every_noun_is_searched():
    make.make_world()
    found = {
        noun: find(query, noun)
        for noun, query in {
            "programs": "rockets",
            "partnerships": "france ukraine",
            "parties": "france",
            "systems": "rocket",
            "officials": "minister",
            "instruments": "fund",
            "publishers": "gazette",
            "articles": "report",
            "developments": "rockets agreed",
        }.items()
    }
    assert found == {
        "programs": ["rockets-for-ukraine"],
        "partnerships": ["france-ukraine"],
        "parties": ["france"],
        "systems": ["rocket"],
        "officials": ["minister"],
        "instruments": ["fund"],
        "publishers": ["gazette"],
        "articles": ["report"],
        "developments": ["rockets-agreed"],
    }


def test_names_that_begin_with_the_query_come_first():
    make_systems("Big Aster", "Aster 30", "Aster 15", "Raster")
    assert find("aster", "systems") == ["aster-15", "aster-30", "big-aster", "raster"]


def test_an_alias_that_begins_with_the_query_counts_as_a_name():
    make_systems("Anti Mamba")
    make_systems("SAMP-T", aliases=["MAMBA"])
    assert find("mamba", "systems") == ["samp-t", "anti-mamba"]


def test_case_accents_and_script_do_not_matter():
    make_systems("Mirage 2000", names={"uk": "Міраж 2000", "fr": "Mirage deux mille é"})
    assert [find(query, "systems") for query in ("MIRAGE", "міраж", "mille e", "2000 mirage")] == [["mirage-2000"]] * 4


def test_has_more_says_that_the_limit_cut():
    make_systems("Aster 1", "Aster 2", "Aster 3")
    (cut,) = search("aster", limit=2)
    (whole,) = search("aster", limit=3)
    assert ([r.slug for r in cut.records], cut.has_more) == (["aster-1", "aster-2"], True)
    assert ([r.slug for r in whole.records], whole.has_more) == (["aster-1", "aster-2", "aster-3"], False)


def test_drafts_and_withdrawn_records_are_not_found():
    make.make_system(slug="aster-draft")
    (shown, withdrawn) = make_systems("Aster shown", "Aster withdrawn")
    ledger.withdraw([withdrawn])
    assert find("aster", "systems") == [shown.slug]


def test_programs_that_the_list_leaves_out_are_not_found():
    development = make.make_world()["development"]
    development.refresh_from_db()
    development.rank, development.rank_reason = "deprecated", "Wrong."
    ledger.record(development)
    assert find("rockets", "programs") == []


@pytest.mark.parametrize("query", ["", "   ", "!?", "\0", "zzz", "a\0b" * 50_000, "%", "_"])
def test_odd_queries_find_nothing(query):
    make.make_world()
    assert search(query) == []


def test_a_query_of_many_words_is_answered():
    make.make_world()
    assert find("a " * 5_000, "parties") == ["france", "ukraine"]


@pytest.mark.parametrize("count", [1, 3])
def test_one_query_a_noun_brings_all_that_a_row_prints(count, django_assert_num_queries):
    world = make.make_world()
    ledger.publish([make.make_official(world["party"], slug=f"minister-{n}") for n in range(count)])
    with django_assert_num_queries(9):
        groups = search("minister")
        assert [str(record.party) for group in groups for record in group.records] == ["Ukraine"] * (count + 1)


def test_labels_are_in_the_active_language_or_english():
    make.make_world()
    with translation.override("en"):
        assert [(group.noun, group.label) for group in search("gazette")] == [("publishers", "Publishers")]
