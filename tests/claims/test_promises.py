"""The promise ledger: what is open, for how long, and how it came to that."""

import datetime

from cooperation.choices import Step
from cooperation.claims import build_history, build_promises
from tests.claims.making import make, number, numbers_of, slugs_of

DAY = datetime.date(2025, 10, 24)
PLEDGE = make("pledge", "pledged", "2024-06-06", (6, "aircraft"))


def promise_of(*developments, today=DAY):
    (promise,) = build_promises(developments, today)
    return promise


def steps_of(promise):
    return {str(total.step): total.best for total in promise.steps if total.has_number}


def test_mirage_three_of_six_are_open_505_days_after_the_pledge():
    promise = promise_of(PLEDGE, make("arrival", "partly-delivered", "2025-10-24", (3, "aircraft")))
    assert (promise.unit, steps_of(promise)) == ("aircraft", {"promised": 6, "delivered": 3})
    assert [slugs_of(total.claims) for total in promise.steps] == [[], ["pledge"], [], ["arrival"], []]
    assert (numbers_of(promise.open), promise.is_open) == ((3, 3, 3), True)
    assert (promise.since, promise.age, promise.overdue) == (datetime.date(2024, 6, 6), 505, ())


def test_steps_come_in_the_order_of_the_ledger():
    assert [total.step for total in promise_of(PLEDGE).steps] == list(Step)


def test_units_stand_apart_and_what_names_none_comes_last():
    found = build_promises(
        [
            make("missiles", "pledged", "2025-01-01", (50, "missile")),
            make("batteries", "pledged", "2025-01-01", (2, "battery")),
            make("some", "pledged", "2025-01-01", {"qualifier": "several"}),
        ],
        DAY,
    )
    assert [(promise.unit, steps_of(promise)) for promise in found] == [
        ("battery", {"promised": 2}),
        ("missile", {"promised": 50}),
        ("", {}),
    ]


def test_contract_counts_as_the_promise_if_it_is_more_or_alone():
    contract = make("contract", "contracted", "2025-01-01", (10, "aircraft"))
    assert promise_of(PLEDGE, contract).open.best == 10
    assert promise_of(contract).open.best == 10
    assert promise_of(PLEDGE, make("small", "contracted", "2025-01-01", (2, "aircraft"))).open.best == 6


def test_what_is_in_service_counts_as_delivered_if_it_is_more():
    arrival = make("arrival", "delivered", "2025-01-01", (1, "aircraft"))
    assert promise_of(PLEDGE, arrival, make("flying", "in-service", "2025-02-01", (4, "aircraft"))).open.best == 2


def test_open_is_never_below_zero():
    promise = promise_of(PLEDGE, make("arrival", "delivered", "2025-01-01", (8, "aircraft")))
    assert (numbers_of(promise.open), promise.is_open) == ((0, 0, 0), False)


def test_open_span_takes_the_far_ends():
    pledge = make("pledge", "pledged", "2024-06-06", number((12, 20), "between"))
    arrival = make("arrival", "delivered", "2025-01-01", number(5, "up-to"))
    assert numbers_of(promise_of(pledge, arrival).open) == (7, 11, 20)
    many = make("many", "delivered", "2025-01-01", number(5, "at-least"))
    assert numbers_of(promise_of(pledge, many).open) == (0, 11, 15)
    endless = make("endless", "pledged", "2024-06-06", number(6, "at-least"))
    assert numbers_of(promise_of(endless, arrival).open) == (1, 1, None)


def test_open_is_not_known_where_deliveries_name_no_number():
    promise = promise_of(PLEDGE, make("arrival", "delivered", "2025-02-06", number(None, "undisclosed")))
    assert (numbers_of(promise.open), promise.is_open) == ((0, None, 6), True)


def test_nothing_is_open_where_no_number_is_promised():
    arrival = make("arrival", "delivered", "2025-01-01", (2, "aircraft"))
    promise = promise_of(make("secret", "pledged", "2024-06-06", number(None, "undisclosed")), arrival)
    assert (promise.open, promise.is_open, promise.age) == (None, False, 505)
    assert (promise_of(arrival).since, promise_of(arrival).age) == (None, None)


def test_age_counts_from_the_first_promise_in_whatever_unit():
    first = make("first", "agreed", "2024-01-01")
    contract = make("contract", "contracted", "2023-01-01", (1, "aircraft"))
    wrong = make("wrong", "pledged", "2022-01-01", rank="deprecated", rank_reason="A misreading.")
    assert promise_of(PLEDGE, first, contract, wrong).since == datetime.date(2024, 1, 1)
    assert promise_of(contract, wrong).since == datetime.date(2023, 1, 1)


def test_program_without_figures_has_no_promises():
    assert build_promises([make("bare", "pledged", "2025-01-01")], DAY) == []
    assert build_promises([make("rate", "pledged", "2025-01-01", number(50, per="month"))], DAY) == []
    assert build_promises([], DAY) == []


def test_overdue_promise_without_unit_has_an_entry():
    bare = make("bare", "pledged", "2025-01-01", due="2025-03", due_latest="2025-03-31")
    promise = promise_of(bare)
    assert (promise.unit, [late.development.slug for late in promise.overdue]) == ("", ["bare"])


def test_history_has_the_days_on_which_a_total_changed():
    (history,) = build_history(
        [
            make("hidden", "pledged", "2024-06-06", number(None, "undisclosed")),
            make("six", "pledged", "2025-02-07", (6, "aircraft")),
            make("six-again", "pledged", "2025-05-07", (6, "aircraft")),
            make("arrival", "delivered", "2025-10-24", (3, "aircraft")),
            make("two-more", "delivered", "2026-01-24", number(2, basis="additional")),
            make("contained", "delivered", "2026-03-24", number(2, basis="additional"), counted_in_id=5),
        ]
    )
    found = [(str(change.day), steps_of(change)) for change in history.changes]
    assert (history.unit, found) == (
        "aircraft",
        [
            ("2024-06-06", {}),
            ("2025-02-07", {"promised": 6}),
            ("2025-10-24", {"promised": 6, "delivered": 3}),
            ("2026-01-24", {"promised": 6, "delivered": 5}),
        ],
    )


def test_history_leaves_out_a_unit_of_which_nothing_counts():
    part = make("part", "delivered", "2026-03-24", (2, "aircraft"), counted_in_id=5)
    assert build_history([part]) == []
    assert build_history([]) == []
