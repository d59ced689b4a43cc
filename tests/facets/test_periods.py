"""Programs over time: each number is what the list gives on the last day of the period."""

import datetime

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cooperation import ledger
from cooperation.choices import Phase, Stage
from cooperation.facets import Period, count, count_periods, periods
from cooperation.facets.days import find_stages_at
from cooperation.facets.periods import MOST, find_ends
from cooperation.models import Program
from tests import factories, histories
from tests.facets.test_programs import build_program_query, days, find_values, parameters
from tests.facets.worlds import bind, make_random_world

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 3, 5)
ENDS = [day for day in histories.DAYS if day]
DAY = datetime.date.fromisoformat


def find_periods(query="", last=TODAY):
    filterset = bind("programs", query)
    return count_periods(filterset, count(filterset), min(last, *filterset.day.values()) if filterset.day else last)


def recount(query, period):
    """Return the same period from the rows of a plain query."""
    filterset = bind("programs", query)
    rows = (filterset if period.is_last else bind("programs", f"{query}&as_of={period.end}")).qs
    reached = [Stage(row.stage_then).phase for row in rows if row.stage_then]
    return Period(period.end, len(rows), {phase.value: reached.count(phase) for phase in Phase}, period.is_last)


@pytest.mark.parametrize("seed", [41, 42])
def test_periods_equal_those_of_plain_queries(seed):
    make_random_world(seed)

    @settings(max_examples=20, deadline=None)
    @example({"since": [2], "until": [4], "publisher": [0, 1]}, {"as_of": "", "known_on": ""})
    @example({"until": [1]}, {"as_of": "", "known_on": "2026-01-15"})
    @example({"since": [2]}, {"as_of": "", "known_on": ""})
    @example({"official": [0], "phase": [1, 2]}, {"as_of": "", "known_on": "2026-02-08"})
    @example({"stage": [0, 1, 2]}, {"as_of": "2026-02-08", "known_on": ""})
    @given(parameters, days)
    def compare(picked, day):
        query = build_program_query(picked, day)
        periods = find_periods(query)
        assert periods == [recount(query, period) for period in periods]
        assert bool(periods) == bool(count(bind("programs", query)).total)

    compare()


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=histories.histories, withdrawn_article=histories.withdrawn_articles)
def test_stages_at_several_ends_equal_a_plain_replay(told, withdrawn_article):
    program = histories.write_at_once(told, withdrawn_article)
    for known_on in histories.DAYS:
        clock = {"known_on": known_on} if known_on else {}
        for end, stages in zip(ENDS, find_stages_at(ENDS, {"as_of": ENDS[-1], **clock}), strict=True):
            stage, latest_day = histories.replay(told, withdrawn_article, as_of=end, **clock)
            found = [stage for stage, programs in stages.items() if program.pk in programs]
            assert found == ([stage] if latest_day else []), (end, clock)


def test_stages_at_several_ends_are_those_of_the_queryset_verb():
    make_random_world(seed=43)
    ends = [DAY(f"2025-{month:02}-28") for month in range(1, 13)] + [TODAY]
    for end, stages in zip(ends, find_stages_at(ends, {}), strict=True):
        expected = {}
        for program in Program.objects.visible().current(as_of=end):
            expected.setdefault(program.stage_then, set()).add(program.pk)
        assert {stage: set(programs) for stage, programs in stages.items() if programs} == expected


@pytest.mark.parametrize(
    ("first", "last", "ends"),
    [
        ("2026-02-09", "2026-02-09", "2026-02-09"),
        ("2026-01-31", "2026-02-01", "2026-01-31 2026-02-01"),
        ("2025-12-05", "2026-02-28", "2025-12-31 2026-01-31 2026-02-28"),
        ("2024-11-30", "2026-02-09", "2024-12-31 2025-03-31 2025-06-30 2025-09-30 2025-12-31 2026-02-09"),
        ("2022-10-16", "2024-11-25", "2022-12-31 2023-03-31 2023-06-30 2023-09-30 2023-12-31 2024-03-31 2024-06-30 "
                                     "2024-09-30 2024-11-25"),
        ("2019-06-30", "2022-07-01", "2019-06-30 2019-12-31 2020-06-30 2020-12-31 2021-06-30 2021-12-31 2022-06-30 "
                                     "2022-07-01"),
        ("9990-01-01", "9999-12-30", " ".join(f"{year}-12-31" for year in range(9990, 9999)) + " 9999-12-30"),
    ],
)  # fmt: skip
def test_ends_of_periods(first, last, ends):
    assert find_ends(DAY(first), DAY(last)) == list(map(DAY, ends.split()))


@given(st.dates(), st.dates())
def test_ends_are_few_and_rise_to_the_last_day(one, other):
    first, last = sorted((one, other))
    ends = find_ends(first, last)
    assert ends == sorted(set(ends))
    assert (ends[-1], first <= ends[0]) == (last, True)
    assert len(ends) <= MOST


def test_periods_of_one_program():
    factories.make_world()
    phases = dict.fromkeys(Phase.values, 0) | {"promise": 1}
    assert find_periods() == [
        Period(DAY("2026-02-28"), 1, phases, is_last=False),
        Period(TODAY, 1, phases, is_last=True),
    ]


def test_program_that_nothing_has_moved_counts_without_a_phase():
    world = factories.make_world()
    look_back = factories.make_development(world["program"], date="2026-01-01", stage="interest", moves=False)
    factories.make_citation(world["article"], look_back)
    ledger.publish([look_back])
    first, *_ = find_periods()
    assert (first.end, first.total, set(first.phases.values())) == (DAY("2026-01-31"), 1, {0})


def test_nothing_left_has_no_periods():
    factories.make_world()
    assert find_periods("mode=training") == []


def test_hidden_program_counts_in_no_period():
    world = factories.make_world()
    ledger.withdraw([world["system"]])
    assert find_periods() == []


@pytest.mark.parametrize(("query", "queries"), [("", 2), ("known_on=2026-02-20", 2), ("id=rockets-for-ukraine", 2)])
def test_queries_of_periods(query, queries, django_assert_num_queries):
    factories.make_world()
    filterset = bind("programs", query)
    counted = count(filterset)
    with django_assert_num_queries(queries):
        assert len(count_periods(filterset, counted, TODAY)) == 2


@pytest.mark.parametrize(
    ("query", "queries"),
    [
        ("since=2026-02-01", 3),
        ("official=minister", 3),
        ("until=2026-02-09&publisher=gazette&id=rockets-for-ukraine", 5),
    ],
)
def test_parameters_that_ask_about_the_day_take_a_query_each(query, queries, django_assert_num_queries):
    factories.make_world()
    filterset = bind("programs", query)
    counted = count(filterset)
    with django_assert_num_queries(queries):
        assert [period.total for period in count_periods(filterset, counted, TODAY)] == [1, 1]


def test_few_and_many_programs_have_the_same_periods(monkeypatch):
    make_random_world(seed=44)
    late = "until=2026-01-15&modified_since=2020-01-01"
    queries = ["", "since=2025-11-01", f"official={find_values('official')[0]}", late]
    few = [find_periods(query) for query in queries]
    monkeypatch.setattr(periods, "FEW", 0)  # then they begin with the first development of all
    many = [[period for period in find_periods(query) if period.total] for query in queries]
    assert many == [[period for period in found if period.total] for found in few]
