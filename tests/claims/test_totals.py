"""Honest sums over programs: what is added, and what is not."""

from cooperation.choices import Step
from cooperation.claims import sum_totals
from tests.claims.making import make, money, number, numbers_of, slugs_of


def cells(rows):
    """Return {(measure, step): (lowest, best, highest)} of what has a number."""
    return {
        (row.measure, str(total.step)): numbers_of(total) for row in rows for total in row.steps if total.has_number
    }


def pledge(slug, program, quantity, **fields):
    return make(slug, "pledged", "2025-01-01", quantity, program=program, **fields)


def promised(row):
    return row.steps[Step.PROMISED.position]


def test_programs_add_up_by_step_and_unit_each_by_its_own_rule():
    sums = sum_totals(
        [
            pledge("old", 1, (9, "aircraft"), reported_on="2025-01-01"),
            make("new", "pledged", "2025-02-01", (6, "aircraft"), program=1),
            pledge("hundred", 2, (100, "aircraft")),
            make("arrival", "delivered", "2025-10-24", (3, "aircraft"), program=1),
        ]
    )
    assert cells(sums.quantities) == {("aircraft", "promised"): (106, 106, 106), ("aircraft", "delivered"): (3, 3, 3)}
    (row,) = sums.quantities
    assert [(part.program.slug, part.total.best) for part in promised(row).parts] == [
        ("program-1", 6),
        ("program-2", 100),
    ]
    assert (sums.amounts, sums.whole, sums.counted_in) == ((), (), [])


def test_batteries_are_never_added_to_missiles_nor_dollars_to_euros():
    sums = sum_totals(
        [
            pledge("batteries", 1, (2, "battery"), amount=money(90)),
            pledge("missiles", 2, (50, "missile"), amount=money(10, "USD")),
            pledge("more-missiles", 3, (20, "missile"), amount=money(5)),
        ]
    )
    assert cells(sums.quantities) == {("battery", "promised"): (2, 2, 2), ("missile", "promised"): (70, 70, 70)}
    assert cells(sums.amounts) == {("EUR", "promised"): (95, 95, 95), ("USD", "promised"): (10, 10, 10)}
    assert [[row.kind for row in rows] for rows in sums.tables] == [["quantity", "quantity"], ["amount", "amount"]]


def test_latest_amount_of_a_program_stands_even_beside_an_additional_quantity():
    first = make("first", "pledged", "2025-01-01", amount=money(90))
    second = make("second", "pledged", "2025-02-01", number(2, basis="additional"), amount=money(30))
    assert cells(sum_totals([first, second]).amounts) == {("EUR", "promised"): (30, 30, 30)}


def test_open_end_of_one_program_opens_the_sum():
    sums = sum_totals([pledge("two", 1, number((2, 4), "between")), pledge("many", 2, number(6, "at-least"))])
    assert cells(sums.quantities) == {("aircraft", "promised"): (8, 9, None)}


def test_claims_without_number_are_told_apart_and_named():
    (row,) = sum_totals(
        [
            pledge("six", 1, (6, "aircraft")),
            pledge("hidden-beside", 1, number(None, "undisclosed")),
            pledge("hidden", 2, number(None, "undisclosed")),
            pledge("secret", 2, number(None, "classified")),
            pledge("some", 3, number(None, "several")),
            pledge("nobody-knows", 4, number(None, "unknown")),
        ]
    ).quantities
    found = [
        (str(missing.qualifier), slugs_of(missing.claims), [program.slug for program in missing.programs])
        for missing in promised(row).without_number
    ]
    assert found == [
        ("several", ["some"], ["program-3"]),
        ("undisclosed", ["hidden-beside", "hidden"], ["program-2"]),
        ("classified", ["secret"], ["program-2"]),
        ("unknown", ["nobody-knows"], ["program-4"]),
    ]
    assert (promised(row).best, [part.program.slug for part in promised(row).numbered]) == (6, ["program-1"])


def test_claim_counted_in_another_is_skipped_wherever_its_container_lies():
    elsewhere = pledge("elsewhere", 2, (4, "aircraft"), counted_in_id=99, amount=money(7))
    sums = sum_totals([pledge("six", 1, (6, "aircraft")), elsewhere])
    assert cells(sums.quantities) == {("aircraft", "promised"): (6, 6, 6)}
    assert cells(sums.amounts) == {}
    assert [(c.development.slug, str(c.kind)) for c in sums.counted_in] == [
        ("elsewhere", "quantity"),
        ("elsewhere", "amount"),
    ]


def test_figure_on_the_whole_partnership_is_named_and_not_added():
    whole = make("whole", "pledged", "2025-03-26", program=None, amount=money(2_000_000_000))
    sums = sum_totals([pledge("part", 1, None, amount=money(90)), whole])
    assert (cells(sums.amounts), slugs_of(sums.whole)) == ({("EUR", "promised"): (90, 90, 90)}, ["whole"])


def test_nothing_adds_up_to_nothing():
    sums = sum_totals([])
    assert (sums.tables, sums.counted_in, sums.whole) == ([], [], ())
