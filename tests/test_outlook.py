"""What is still to come of some programs: open and overdue promises, contradictions."""

import datetime

import pytest

from cooperation import ledger
from cooperation.outlook import build_outlook, find_lately_due
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 2, 20)


@pytest.fixture
def world():
    return factories.make_world()


def tell(world, program, slug, **fields):
    """Publish a development of `program` that states a number of aircraft."""
    with ledger.writing():
        stated = {"quantity_value": 4, "quantity_qualifier": "exact", "quantity_unit": "aircraft"}
        development = factories.make_development(program, slug=slug, **{**stated, **fields})
        factories.make_citation(world["article"], development)
        ledger.publish([development])
    return development


def add_program(world, slug, **fields):
    """Publish a program with one development."""
    program = factories.make_program(world["partnership"], slug=slug)
    with ledger.writing():
        ledger.publish([program])
    tell(world, program, f"{slug}-told", **fields)
    return program


def look(programs, day=None, today=TODAY):
    return build_outlook([program.pk for program in programs], day or {}, today)


def test_open_promises_have_the_oldest_first(world):
    young = add_program(world, "young", date="2026-02-01")
    old = add_program(world, "old", date="2026-01-01")
    found = look([young, old, world["program"]]).open
    assert [(given.program, given.promise.age, given.promise.open.best) for given in found] == [
        (old, 50, 4),
        (young, 19, 4),
    ]


def test_a_promise_that_is_kept_is_not_open(world):
    program = add_program(world, "kept", date="2026-01-01")
    tell(world, program, "delivery", stage="delivered", date="2026-02-01")
    assert look([program]).open == []


def test_a_stopped_program_has_no_outlook(world):
    program = add_program(world, "stopped", date="2026-01-01", due="2026-01-15")
    assert [late.development.slug for late in look([program]).overdue] == ["stopped-told"]
    tell(
        world,
        program,
        "the-end",
        stage="cancelled",
        date="2026-02-01",
        quantity_value=None,
        quantity_qualifier="",
        quantity_unit="",
    )
    found = look([program])
    assert (found.open, found.overdue, found.contradictions) == ([], [], [])


def test_overdue_promises_have_the_day_that_passed_last_first(world):
    first = add_program(world, "first", date="2026-01-01", due="2026-01-10")
    second = add_program(world, "second", date="2026-01-01", due="2026-02-10")
    later = add_program(world, "later", date="2026-01-01", due="2026-03-10")
    found = look([first, second, later]).overdue
    assert [(late.development.program, late.days) for late in found] == [(second, 10), (first, 41)]


def test_a_program_has_one_contradiction_with_the_latest_claim(world):
    program = add_program(world, "disputed", date="2026-01-01", said_by_official=world["official"])
    for number, slug in ((5, "france"), (6, "other")):
        party = world["program"].partnership.parties.get(slug="france") if slug == "france" else None
        tell(world, program, f"{slug}-says", date=f"2026-01-0{number}", quantity_value=number, said_by_party=party)
    found = look([program]).contradictions
    assert [[claim.slug for claim in contradiction.claims] for contradiction in found] == [
        ["france-says", "other-says"]
    ]


def test_outlook_of_a_day_counts_what_was_known_then(world):
    program = add_program(world, "then", date="2026-01-01")
    tell(world, program, "delivery", stage="delivered", date="2026-02-01")
    day = datetime.date(2026, 1, 20)
    assert [given.promise.age for given in look([program], {"as_of": day}, day).open] == [19]
    assert look([program], {"known_on": day}, day).open == []


def test_outlook_leaves_out_what_is_hidden(world):
    program = add_program(world, "hidden", date="2026-01-01", due="2026-01-10")
    ledger.withdraw([program])
    found = look([program])
    assert (found.open, found.overdue) == ([], [])
    assert find_lately_due({}, TODAY, 10) == []


@pytest.mark.parametrize("count", [1, 3])
def test_outlook_query_count(count, world, django_assert_num_queries):
    programs = [add_program(world, f"program-{n}") for n in range(count)]
    with django_assert_num_queries(3):
        assert len(look(programs).open) == count


def test_lately_due_names_each_program_once_and_the_latest_day_first(world):
    first = add_program(world, "first", due="2026-02-10")
    second = add_program(world, "second", due="2026-02-15")
    tell(world, first, "again", due="2026-02-16")
    add_program(world, "future", due="2026-03-01")
    assert find_lately_due({}, TODAY, 10) == [first.pk, second.pk]
    assert find_lately_due({}, TODAY, 1) == [first.pk]
    assert find_lately_due({"known_on": datetime.date(2026, 2, 8)}, TODAY, 10) == []
