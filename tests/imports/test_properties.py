"""Whatever a file holds, each row of data has one outcome, the sums are right, and a second run changes nothing."""

import datetime

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cooperation.imports import kiel, sipri
from cooperation.imports.outcomes import OUTCOMES
from tests.imports.making import deal, gift, import_kiel, import_sipri, make_world, register, tracker

NOISE = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters='",'), max_size=8)
LINES = st.lists(
    st.builds(
        deal,
        st.integers(1, 4),
        supplier=st.sampled_from(["France", "Czechia", "unknown supplier(s)"]),
        designation=st.sampled_from(["ROCKET-30", "Rocket launcher", "Mistral SH -"]) | NOISE,
        category=st.sampled_from(["Missiles", "Air defence systems"]),
        order=st.sampled_from(["2020", "", "20"]),
        order_estimate=st.sampled_from(["Yes", "No"]),
        number=st.sampled_from(["", "1", "12", "?"]),
        number_estimate=st.sampled_from(["Yes", "No"]),
        year=st.sampled_from(["", "2021", "2022", "2023", "2026"]),
        local=st.sampled_from(["Yes", "No", "No"]),
    ),
    max_size=8,
)
FIGURES = st.sampled_from([None, ".", "undisclosed", "Not given", 0, 3, 10, 2.5, "1,5", "#REF!"])
GIFTS = st.lists(
    st.builds(
        gift,
        package=st.sampled_from(["FRM1", "frm-1", "FRM2", "."]),
        donor=st.sampled_from(["France", "Czech Republic", "Atlantis"]),
        announced=st.sampled_from([datetime.datetime(2023, 3, 1), "until 12/31/2022", "unclear, 03/22", "soon"]),
        aid=st.sampled_from(["Military", "military ", "Humanitarian"]),
        donation=st.sampled_from(["Allocation", "Commitment"]),
        value=FIGURES,
        item=st.sampled_from(["Rocket-30", "Rocket launcher", "Shells", ".", "undisclosed"]),
        item_type=st.sampled_from(["Heavy weapon", "Ammunition", "Training"]),
        units=FIGURES,
        delivered=FIGURES,
        source=st.sampled_from([".", "https://gov.example.fr/a", "https://x.example.org/b https://gov.example.fr/a"]),
        delivery_source=st.sampled_from([None, "https://gov.example.fr/a"]),
    ),
    max_size=6,
)
slowly = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def check_run(run, count):
    """Run twice, in a transaction of its own; check outcomes and sums."""
    report = run()
    assert report.loaded.rejected == []
    assert len(report.outcomes.rows) == count == sum(report.outcomes.counts().values())
    assert all(outcome in OUTCOMES and reason for outcome, reason in report.outcomes.rows.values())
    again = run()
    assert (again.loaded.created, again.loaded.updated, again.loaded.left_over) == ([], [], [])
    assert again.outcomes.rows == report.outcomes.rows


@pytest.fixture
def rolled_back(db):
    """Return a function that runs another one in the world and takes all back."""
    make_world()

    def run(check, *arguments):
        with transaction.atomic():
            check(*arguments)
            transaction.set_rollback(True)

    return run


@given(lines=LINES)
@slowly
def test_each_row_of_the_register_has_one_outcome(rolled_back, lines):
    count = len(sipri.read(register(*lines), "deals.csv").rows)
    rolled_back(check_run, lambda: import_sipri(*lines), count)


@given(gifts=GIFTS)
@slowly
def test_each_row_of_the_tracker_has_one_outcome(rolled_back, gifts):
    count = len(kiel.read(tracker(*gifts), "aid.xlsx", datetime.date(2025, 1, 20)).rows) if gifts else 0
    rolled_back(check_run, lambda: import_kiel(*gifts), count)
