"""Facets: a count is what a click gives, whatever else is chosen."""

import random
from dataclasses import astuple

import pytest
from django.http import QueryDict
from django.utils import translation

from cooperation import ledger
from cooperation.choices import Category, Mode, Stage
from cooperation.facets import count, count_facets
from cooperation.filters import FILTERS, ProgramFilter
from cooperation.models import Program, System
from tests import factories as make
from tests.facets.worlds import DAYS, bind, count_clicks, describe, find_possible_values, make_random_world

pytestmark = pytest.mark.django_db

WITH_FACETS = [noun for noun, filterset in FILTERS.items() if filterset.facets]


def find_facet(noun, name, query=""):
    (facet,) = [facet for facet in count_facets(bind(noun, query)) if facet.name == name]
    return facet


def read_values(noun, name, query=""):
    return [(v.value, v.count, v.is_selected) for v in find_facet(noun, name, query).values]


def draw_queries(seed):
    """Return queries with zero to three parameters of values that occur."""
    chance = random.Random(seed)
    values = {
        "party": list(bind("parties").qs.values_list("slug", flat=True)),
        "system": list(bind("systems").qs.values_list("slug", flat=True)),
        "mode": Mode.values[:3],
        "stage": Stage.values[:8],
        "phase": ["talk", "promise"],
        "category": Category.values[:3],
    }
    queries = [""]
    for _ in range(3):
        names = chance.sample(list(values), chance.randint(1, 3))
        pairs = [f"{name}={chance.choice(values[name])}" for name in names for _ in range(chance.randint(1, 2))]
        queries.append("&".join(pairs))
    return queries


def draw_days(noun, seed):
    """Return the days about which a list of the noun may be asked: today, and a random one by each clock it has."""
    chance = random.Random(seed)
    clocks = [clock for clock in ("as_of", "known_on") if clock in FILTERS[noun].base_filters]
    return ["", *(f"&{clock}={chance.choice(DAYS[1:])}" for clock in clocks)]


@pytest.mark.parametrize("noun", WITH_FACETS)
def test_every_count_is_what_a_click_gives(noun):
    make_random_world(seed=1)
    for day in draw_days(noun, seed=1):
        occurring = {name: find_possible_values(bind(noun), name) for name in FILTERS[noun].facets}
        for query in draw_queries(seed=1):  # the first asks for all
            for facet in count_facets(bind(noun, query + day)):
                clicks = count_clicks(noun, query + day, facet.name, occurring[facet.name])
                assert {value.value: value.count for value in facet.values} == clicks, (query, day, facet.name)
                if not query:
                    occurring[facet.name] = clicks  # what no row has, no row of fewer has either


@pytest.mark.parametrize("noun", ["partnerships", "systems", "parties", "articles"])
@pytest.mark.parametrize("seed", [6])
def test_what_rows_have_and_what_they_share_counts_together(noun, seed):
    make_random_world(seed)
    chance = random.Random(seed)
    possible = {name: sorted(find_possible_values(bind(noun), name)) for name in FILTERS[noun].facets}
    for day in draw_days(noun, seed):
        for _ in range(2):
            names = chance.sample(list(possible), 3)
            query = (
                "&".join(f"{name}={value}" for name in names for value in chance.sample(possible[name][:4], 2)) + day
            )
            filterset = bind(noun, query)
            counted = count(filterset)
            assert (counted.total, set(counted.matching)) == (
                filterset.qs.count(),
                set(filterset.qs.values_list("pk", flat=True)),
            ), query
            for facet in counted.facets:
                clicks = count_clicks(noun, query, facet.name, possible[facet.name])
                assert {value.value: value.count for value in facet.values} == clicks, (query, facet.name)


@pytest.mark.parametrize("noun", ["officials", "publishers", "instruments"])
@pytest.mark.parametrize("seed", [7, 8])
def test_rows_by_what_they_share_are_those_of_the_filterset(noun, seed):
    make_random_world(seed)
    chance = random.Random(seed)
    possible = {
        name: sorted(find_possible_values(bind(noun), name))[:4]
        for name in ("party", "system", "mode", "stage", "phase", "category", "instrument", "official", "publisher")
        if FILTERS[noun].base_filters.get(name)
    }
    totals = set()
    for day in draw_days(noun, seed):
        for number in range(8):
            names = chance.sample(list(possible), 1 + number % 3)
            query = "&".join(f"{name}={v}" for name in names for v in chance.sample(possible[name], 2)) + day
            filterset = bind(noun, query)
            counted = count(filterset)
            assert set(counted.matching) == set(filterset.qs.values_list("pk", flat=True)), query
            totals.add(counted.total)
    assert len(totals) > 1


def is_kept(said, query, without=""):
    """Say whether a program of which `said` holds meets all parameters but `without`."""
    for name, wanted in query.lists():
        if name == "party" and not set(wanted) <= said["party"]:
            return False
        if name not in ("party", without) and not set(wanted) & said[name]:
            return False
    return True


@pytest.mark.parametrize("seed", [3, 4, 5])
def test_programs_agree_with_a_recount_by_hand(seed):
    make_random_world(seed)
    programs = {p.slug: describe(p) for p in Program.objects.filter(public=True).current()}
    assert programs
    for query in map(QueryDict, draw_queries(seed)):
        kept = {slug for slug, said in programs.items() if is_kept(said, query)}
        assert {program.slug for program in bind("programs", query.urlencode()).qs} == kept
        for facet in count_facets(bind("programs", query.urlencode())):
            values = {value for said in programs.values() for value in said[facet.name]}
            recount = {
                value: sum(value in said[facet.name] and is_kept(said, query, facet.name) for said in programs.values())
                for value in values | set(query.getlist(facet.name))
            }
            shown = {v: count for v, count in recount.items() if count or v in query.getlist(facet.name)}
            assert {v.value: v.count for v in facet.values} == shown


QUERIES = {
    "programs": 2,  # bitmaps, and the names of what they count
    "developments": 2,
    "partnerships": 4,  # the rows, bitmaps, names, and what no bitmap tells
    "systems": 4,
    "parties": 4,  # codes alone need no names; who has a role has bitmaps of its own
    "articles": 6,  # and which article reports which development, up to which keys
    "instruments": 3,  # the rows, what is asked, and what no bitmap tells
    "publishers": 3,
}
ASKED = "mode=supply&stage=agreed&category=missile"


@pytest.mark.parametrize("noun", WITH_FACETS)
@pytest.mark.parametrize("query", ["", ASKED])
def test_queries_of_all_facets(noun, query, django_assert_num_queries):
    make.make_world()
    filterset = bind(noun, query)
    assert filterset.is_valid()
    is_own = noun in ("articles", "instruments", "publishers") and not query  # which takes nothing that they share
    with django_assert_num_queries(2 if is_own else QUERIES.get(noun, 1)):
        assert [facet.name for facet in count_facets(filterset)] == list(filterset.facets)


def test_nouns_without_facets_ask_nothing(django_assert_num_queries):
    filterset = bind("officials")
    assert filterset.is_valid()
    with django_assert_num_queries(0):
        assert count_facets(filterset) == []


def test_family_counts_its_descendants_once():
    world = make.make_world()
    family = world["system"]
    children = [make.make_system(slug=slug, parent=family) for slug in ("rocket-a", "rocket-b")]
    ledger.publish(children)
    ledger.record(world["program"], systems=children)
    assert read_values("programs", "system") == [("rocket", 1, False), ("rocket-a", 1, False), ("rocket-b", 1, False)]


def test_drafts_neither_count_nor_show():
    world = make.make_world()
    draft = make.make_program(world["partnership"], [make.make_system(slug="secret")], mode="training")
    make.make_citation(world["article"], make.make_development(draft))
    assert read_values("programs", "mode") == [("supply", 1, False)]
    assert read_values("programs", "system") == [("rocket", 1, False)]


def test_selected_value_without_rows_stays_with_count_0():
    make.make_world()
    assert read_values("programs", "mode", "mode=training") == [("supply", 1, False), ("training", 0, True)]
    other = make.make_system(slug="idle", name="Idle")
    ledger.publish([other])
    assert read_values("programs", "system", "system=idle") == [("rocket", 1, False), ("idle", 0, True)]


def test_code_facets_follow_their_list_and_record_facets_their_counts():
    world = make.make_world()
    for stage, mode in (("contracted", "training"), ("interest", "training")):
        program = make.make_program(world["partnership"], [], {"supplier": [world["party"]]}, mode=mode)
        development = make.make_development(program, stage=stage)
        make.make_citation(world["article"], development)
        ledger.publish([program, development])
    assert [value[0] for value in read_values("programs", "stage")] == ["interest", "agreed", "contracted"]
    assert read_values("programs", "mode") == [("supply", 1, False), ("training", 2, False)]
    assert [value[:2] for value in read_values("programs", "party")] == [("france", 3), ("ukraine", 3)]


def test_labels_follow_the_language():
    world = make.make_world()
    system = world["system"]
    system.names = {"uk": "Ракета"}
    ledger.record(system)
    with translation.override("uk"):
        assert [v.label for v in find_facet("programs", "system").values] == ["Ракета"]
        assert [v.label for v in find_facet("programs", "mode").values] == ["Постачання"]
    with translation.override("fr"):
        assert [v.label for v in find_facet("programs", "system").values] == [system.name]


def test_values_carry_all_that_a_page_shows():
    make.make_world()
    facet = find_facet("programs", "stage", "stage=agreed")
    assert (facet.name, facet.label) == ("stage", "Stage")
    assert [astuple(value) for value in facet.values] == [("agreed", "Agreed", 1, True, "phase-promise")]


def test_systems_with_a_circle_above_them_are_counted():
    world = make.make_world()
    child = make.make_system(slug="child", parent=world["system"])
    ledger.publish([child])
    System.objects.filter(slug="rocket").update(parent=child)
    with ledger.writing():
        ledger.touch(child)
    assert {value[:2] for value in read_values("programs", "system")} == {("rocket", 1), ("child", 1)}
    assert len(ProgramFilter(QueryDict("system=child"), queryset=Program.objects.visible()).qs) == 1
