"""Search over all nouns: what is found, in which order, and what never is."""

import datetime
import random

import pytest
from django.http import QueryDict
from django.utils import translation

from cooperation import ledger, models, text
from cooperation.filters import FILTERS
from cooperation.search import find_keys, search, suggest
from cooperation.search.nouns import NOUNS
from tests import factories as make

pytestmark = pytest.mark.django_db


def find(query, noun, **options):
    return [record.slug for group in search(query, **options).groups if group.noun == noun for record in group.records]


def find_all(query, **options):
    return {group.noun: [record.slug for record in group.records] for group in search(query, **options).groups}


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


def test_name_that_is_the_query_comes_first_then_those_that_begin_with_it():
    make_systems("Big Aster", "Aster 30", "Aster 15", "Asterix", "Aster")
    assert find("aster", "systems") == ["aster", "aster-15", "aster-30", "asterix", "big-aster"]


def test_alias_counts_as_a_name():
    make_systems("Anti Mamba")
    make_systems("SAMP-T", aliases=["MAMBA"])
    assert find("mamba", "systems") == ["samp-t", "anti-mamba"]


def test_missile_comes_before_the_ship_class():
    make_systems("Landing ship", names={"uk": "Містраль (клас кораблів)"})
    make_systems("Mistral", names={"uk": "Містраль"})
    assert find("«Містраль»", "systems") == ["mistral", "landing-ship"]


def test_noun_with_a_record_of_that_name_comes_first():
    world = make.make_world()
    ledger.record(make_systems("Mamba")[0])
    ledger.record(world["program"], systems=models.System.objects.filter(slug="mamba"))
    assert list(find_all("mamba")) == ["systems", "programs", "developments"]
    world["program"].name = "Mamba"
    ledger.record(world["program"])
    assert list(find_all("mamba")) == ["programs", "systems", "developments"]


def test_case_accents_and_script_do_not_matter():
    make_systems("Mirage 2000", names={"uk": "Міраж 2000", "fr": "Mirage deux mille é"})
    assert [find(query, "systems") for query in ("MIRAGE", "міраж", "mille e", "2000 mirage")] == [["mirage-2000"]] * 4


def test_words_inside_of_words_are_found_where_none_begins_so():
    make_systems("Raster", "Asterisk")
    assert (find("aster", "systems"), find("steris", "systems"), find("er", "systems")) == (
        ["asterisk"],
        ["asterisk"],
        [],
    )


def test_one_letter_before_the_last_word_is_a_word():
    make_systems("SAMP T missile", "SAMP training missile")
    assert find("t missile", "systems") == ["samp-t-missile"]
    assert find("samp t", "systems") == ["samp-t-missile", "samp-training-missile"]


def test_programs_and_developments_are_found_by_what_they_name():
    world = make.make_world()
    world["system"].aliases = ["MAMBA"]
    ledger.record(world["system"])
    world["partnership"].names = {"uk": "Франція – Україна"}
    ledger.record(world["partnership"])
    told = {"programs": ["rockets-for-ukraine"], "developments": ["rockets-agreed"]}
    assert find_all("mamba") == {"systems": ["rocket"], **told}
    assert find_all("україна мамба", is_forgiving=False) == {}
    assert find_all("франція mamba") == told
    assert find_all("fund ukraine") == {"programs": ["rockets-for-ukraine"]}


def test_development_is_found_by_its_quotes_and_article_by_its_text():
    make.make_world()
    assert find_all("getting aircraft") == {"articles": ["report"], "developments": ["rockets-agreed"]}
    assert find_all("discussed missiles") == {"articles": ["report"]}


def test_full_text_is_not_searched():
    article = make.make_world()["article"]
    article.text_kind = "full"
    ledger.record(article)
    assert find_all("discussed missiles") == {}
    assert find_all("getting aircraft") == {"developments": ["rockets-agreed"]}


def test_has_more_says_that_the_limit_cut():
    make_systems("Aster 1", "Aster 2", "Aster 3")
    (cut,) = search("aster", limit=2).groups
    (whole,) = search("aster", limit=3).groups
    assert ([r.slug for r in cut.records], cut.has_more, cut.total) == (["aster-1", "aster-2"], True, 3)
    assert ([r.slug for r in whole.records], whole.has_more, whole.total) == (
        ["aster-1", "aster-2", "aster-3"],
        False,
        3,
    )


def test_order_holds_where_more_match_than_are_ordered_at_once(monkeypatch):
    make_systems("Big Aster", "Other Aster", "Aster 30", "Aster 15", "Aster")
    monkeypatch.setattr("cooperation.search.found.CHUNK", 2)
    found = find("aster", "systems")
    assert (set(found[:3]), set(found[3:])) == ({"aster", "aster-15", "aster-30"}, {"big-aster", "other-aster"})


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


def test_past_day_shows_what_was_known_then():
    make.make_world()
    before = make.DAY - datetime.timedelta(days=1)
    assert list(find_all("rocket", known_on=before)) == ["systems"]
    assert list(find_all("rocket", known_on=make.DAY)) == ["systems", "programs", "developments"]
    assert list(find_all("rocket", as_of=before)) == ["systems"]


def test_total_of_a_past_day_is_told_where_all_is_shown():
    make_systems("Aster 1", "Aster 2", "Aster 3")
    totals = [search("aster", limit=n, as_of=make.DAY).groups[0].total for n in (2, 3)]
    assert totals == [None, 3]


HOSTILE = [
    *("ab", "a" * 200, "ab " * 66, "a b c d e f g h i j k l m n o p q r s t u v w x y z", "fr\0nce", "%", "_", "\\"),
    *('"', '"france', "france AND", "france OR ukraine", "NOT", "france*", "^france", "NEAR(france ukraine, 5)", "-fr"),
    *("name:france", "{france}", "france:*", "<->", "!france", "'; DROP TABLE x; --", "🚀", "🚀 france", "ﬁ½ß", "i̇İı"),
    *("\u202efrance", "\ud800", "٣٤", "日本", "́", "e\u0301" * 100, "france" + "\u0301" * 190, "\U0010ffff"),
]


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_query_is_answered(query):
    make.make_world()
    search(query)
    suggest(query)
    for noun in NOUNS:
        find_keys(noun.model, query)


@pytest.mark.parametrize("query", ["", "   ", "!?", "\0", "zzz", "a\0b" * 50_000, "%", "_", "*", '""', "🚀"])
def test_odd_queries_find_nothing(query):
    make.make_world()
    assert search(query).groups == []


def test_query_of_many_words_is_answered():
    make.make_world()
    assert find("f " * 5_000, "parties") == ["france"]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_what_is_found(count, django_assert_num_queries):
    world = make.make_world()
    ledger.publish([make.make_official(world["party"], slug=f"minister-{n}") for n in range(count)])
    with django_assert_num_queries(4):  # the words; keys, names and lines of officials
        groups = search("minister").groups
        assert [str(record.party) for group in groups for record in group.records] == ["Ukraine"] * (count + 1)


def test_labels_are_in_the_active_language_or_english():
    make.make_world()
    with translation.override("en"):
        assert [(group.noun, group.label) for group in search("gazette").groups] == [
            ("publishers", "Publishers"),
            ("articles", "Articles"),
        ]


WORDS = ["aster", "asterix", "mamba", "мамба", "30", "3", "t", "samp", "mistral", "містраль", "raster", "é"]


def draw_systems(chance):
    """Return {slug: names} of random systems, made in one go; some stay drafts."""
    names = {f"system-{n}": [draw_name(chance) for _ in range(chance.randint(1, 3))] for n in range(25)}
    with ledger.writing():
        made = [make.make_system(slug=slug, name=some[0], aliases=some[1:]) for slug, some in names.items()]
        drafts = chance.sample(made, 5)
        ledger.publish([system for system in made if system not in drafts])
    return {slug: names for slug, names in names.items() if slug not in {system.slug for system in drafts}}


def draw_name(chance):
    return " ".join(chance.choices(WORDS, k=chance.randint(1, 3)))


def replay(names, query):
    """Return the slugs that answer, worked out from the names alone."""
    public = {slug: {word for name in (slug, *some) for word in text.words(name)} for slug, some in names.items()}
    everything = set().union(*public.values())
    asked, found = text.words(query), set(public)
    for word in asked:
        is_last = word == asked[-1]

        def fits(other, word=word, is_last=is_last):
            return other == word if len(word) == 1 and not is_last else other.startswith(word)

        if not any(map(fits, everything)) and len(word) > 2 and word.isalpha():
            found &= {slug for slug, words in public.items() if any(word in other for other in words)}
        else:
            found &= {slug for slug, words in public.items() if any(map(fits, words))}
    return found


@pytest.mark.parametrize("seed", range(8))
def test_found_equals_a_plain_replay(seed):
    chance = random.Random(seed)
    names = draw_systems(chance)
    for _ in range(40):
        words = [chance.choice(WORDS)[chance.choice([0, 0, 0, 1]) :][: chance.randint(1, 8)] for _ in range(2)]
        query = " ".join(words[: chance.randint(1, 2)]).strip()
        found = set(find(query, "systems", limit=50, is_forgiving=False))
        assert found == (replay(names, query) if query else set()), query


@pytest.mark.parametrize(
    "query", ["rocket", "rock", "ockets", "france ukraine", "minister", "t", "aircraft ready", "zzz"]
)
def test_list_has_what_the_group_counts(query):
    make.make_world()
    groups = {group.noun: group for group in search(query, is_forgiving=False).groups}
    for noun in NOUNS:
        parameters = QueryDict(mutable=True)
        parameters["q"] = query
        rows = FILTERS[noun.name](parameters, queryset=noun.model.objects.visible()).qs
        expected = {record.slug for record in groups[noun.name].records} if noun.name in groups else set()
        assert {row.slug for row in rows} == expected, noun.name


def test_suggestions_are_the_nearest_names_of_all_nouns():
    make.make_world()
    make_systems("Rocket science")
    suggestions, terms = suggest("rock")
    assert [(s.label, s.record.slug) for s in suggestions] == [
        ("Programs", "rockets-for-ukraine"),
        ("Systems", "rocket"),
        ("Systems", "rocket-science"),
    ]
    assert [s.record.slug for s in suggest("rocket")[0]] == ["rocket", "rockets-for-ukraine", "rocket-science"]
    assert [s.record.slug for s in suggest("rocket", limit=1)[0]] == ["rocket"]
    assert [term.word for term in terms] == ["rock"]


def test_suggestions_leave_out_what_is_found_by_other_words_alone():
    make.make_world()
    assert [s.record.slug for s in suggest("fund")[0]] == ["fund"]
    assert suggest("getting") == ([], suggest("getting")[1])
    assert suggest("!") == ([], [])
