"""Facets: a count is what a click gives, whatever else is chosen."""

import random
from dataclasses import astuple

import pytest
from django.http import QueryDict
from django.utils import translation

from cooperation import ledger
from cooperation.choices import Category, Mode, PartyKind, Role, Stage
from cooperation.facets import count_facets
from cooperation.filters import FILTERS, ProgramFilter
from cooperation.models import Program, System
from tests import factories as make

pytestmark = pytest.mark.django_db

WITH_FACETS = [noun for noun, filterset in FILTERS.items() if filterset.facets]


def make_random_world(seed):
    """Write, in one go, parties, families of systems, programs, developments and articles; some stay drafts."""
    chance = random.Random(seed)
    with ledger.writing():
        parties = [make.make_party(kind=chance.choice(PartyKind.values), country="FR") for _ in range(5)]
        systems = _make_families(chance, parties)
        instruments = [make.make_instrument() for _ in range(2)]
        officials = [make.make_official(chance.choice(parties)) for _ in range(2)]
        publishers = [make.make_publisher() for _ in range(2)]
        articles = [
            make.make_article(chance.choice(publishers), kind=chance.choice(["press", "agency"])) for _ in range(4)
        ]
        partnerships = [make.make_partnership(chance.sample(parties, chance.randint(2, 3))) for _ in range(3)]
        programs = [_make_program(chance, partnerships, parties, systems, instruments) for _ in range(9)]
        developments = [
            _make_development(chance, {"program": program}, officials, articles)
            for program in programs
            for _ in range(chance.randint(0, 2))
        ]
        developments += [
            _make_development(chance, {"partnership": partnership}, officials, articles)
            for partnership in partnerships
            if chance.random() < 0.5
        ]
        first = [*parties, *systems, *instruments, *officials, *publishers, *partnerships]
        for record in [*first, *articles, *programs, *developments]:
            if record in first or chance.random() < 0.85:
                _publish(record)


def _publish(record):
    if not ledger.find_obstacles(record):
        ledger.publish([record])


def _make_families(chance, parties):
    systems = []
    for _ in range(6):
        parent = chance.choice([None, *systems])
        makers = chance.sample(parties, chance.randint(0, 2))
        systems.append(make.make_system(makers, parent=parent, category=chance.choice(Category.values[:3])))
    return systems


def _make_program(chance, partnerships, parties, systems, instruments):
    about = chance.sample(systems, chance.randint(0, 2))
    roles = {role: chance.sample(parties, 1) for role in chance.sample(Role.values[:3], chance.randint(0, 2))}
    return make.make_program(
        chance.choice(partnerships),
        about,
        roles,
        chance.sample(instruments, chance.randint(0, 1)),
        mode=chance.choice(Mode.values[:3]),
        category="" if about else chance.choice(["", *Category.values[:3]]),
    )


def _make_development(chance, subject, officials, articles):
    rank = chance.choice([{}, {}, {"rank": "deprecated", "rank_reason": "superseded"}])
    development = make.make_development(
        **subject, **rank, stage=chance.choice(Stage.values[:8]), said_by_official=chance.choice([None, *officials])
    )
    for article in chance.sample(articles, chance.randint(1, 2)):
        make.make_citation(article, development)
    return development


def bind(noun, query=""):
    filterset = FILTERS[noun]
    rows = filterset.Meta.model.objects.visible()
    return filterset(QueryDict(query), queryset=rows.current() if noun == "programs" else rows)


def find_facet(noun, name, query=""):
    (facet,) = [facet for facet in count_facets(bind(noun, query)) if facet.name == name]
    return facet


def read_values(noun, name, query=""):
    return [(v.value, v.count, v.is_selected) for v in find_facet(noun, name, query).values]


def find_possible_values(filterset, name):
    """Return every value that the parameter `name` takes."""
    filter_ = filterset.filters[name]
    if hasattr(filter_, "codes"):
        return filter_.codes.values
    return list(filter_.of.objects.visible().values_list("slug", flat=True))


def click(noun, query, name, value):
    """Return the number of rows after a click on a value that was not selected."""
    parameters = QueryDict(query, mutable=True)
    if name == "party" and noun != "officials":
        parameters.appendlist(name, value)
    else:
        parameters.setlist(name, [value])
    return len(bind(noun, parameters.urlencode()).qs)


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


@pytest.mark.parametrize("noun", WITH_FACETS)
def test_every_count_is_what_a_click_gives(noun):
    make_random_world(seed=1)
    for query in draw_queries(seed=1):
        for facet in count_facets(bind(noun, query)):
            selected = bind(noun, query).data.getlist(facet.name)
            counted = {value.value: value.count for value in facet.values}
            clicked = {
                value: click(noun, query, facet.name, value) for value in find_possible_values(bind(noun), facet.name)
            }
            expected = {value: count for value, count in clicked.items() if count or value in selected}
            assert counted == expected, (query, facet.name)


def find_families(program):
    """Return the slugs of a program's systems and of all above them, by hand."""
    slugs = set()
    for system in program.systems.all():
        while system is not None:
            slugs.add(system.slug)
            system = system.parent
    return slugs


def describe(program):
    """Return what each facet says of a program, by hand."""
    stage = {program.stage} - {""}
    return {
        "party": {held.party.slug for held in program.roles_held.all()}
        | {party.slug for party in program.partnership.parties.all()},
        "system": find_families(program),
        "mode": {program.mode},
        "stage": stage,
        "phase": {Stage(value).phase.value for value in stage},
        "category": set(program.categories),
        "instrument": {instrument.slug for instrument in program.instruments.all()},
    }


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
    programs = {p.slug: describe(p) for p in Program.objects.filter(public=True, latest_day__isnull=False)}
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


@pytest.mark.parametrize("noun", WITH_FACETS)
@pytest.mark.parametrize("query", ["", "mode=supply&stage=agreed&category=missile"])
def test_all_facets_take_one_query(noun, query, django_assert_num_queries):
    make.make_world()
    filterset = bind(noun, query)
    assert filterset.is_valid()
    with django_assert_num_queries(1):
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
    assert {value[:2] for value in read_values("programs", "system")} == {("rocket", 1), ("child", 1)}
    assert len(ProgramFilter(QueryDict("system=child"), queryset=Program.objects.visible()).qs) == 1
