"""The geometry of pictures, exactly, whatever the language of the reader."""

import datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from django.utils import translation

from cooperation.charts import Entry, Moment, build_ledgers, build_matrix, build_timeline, build_trend
from cooperation.charts.drawing import SIGNS, measure, percent, shorten, write
from cooperation.charts.timelines import EDGE, MOST_MARKS, TARGET, WIDTH
from cooperation.choices import Phase, Step
from cooperation.claims import build_promises
from tests.claims.making import make, number

DAY = datetime.date(2026, 2, 9)
A, B = Entry("a", "Row a", "phase-talk"), Entry("b", "Row b", "phase-work")
X, Y = Entry("x", "Col"), Entry("y", "Column y")


def address(row, column):
    return f"?{row}={column}"


@pytest.mark.parametrize(
    ("value", "written"), [(0, "0"), (12, "12"), (12.5, "12.5"), (1 / 3, "0.33"), (1234.0, "1234")]
)
def test_numbers_are_written_as_svg_takes_them(value, written):
    with translation.override("uk"):
        assert write(value) == written


def test_percent_of_nothing_is_nothing():
    assert (percent(1, 3), percent(Decimal(3), Decimal(6)), percent(2, 0)) == ("33.33%", "50%", "0%")


def test_long_labels_are_cut_with_a_sign():
    assert shorten("Research and development") == "Research and development"
    assert shorten("Research and developments") == "Research and developmen…"


def test_each_phase_has_a_sign_of_its_own():
    assert list(SIGNS) == [phase.colour for phase in Phase]
    assert len(set(SIGNS.values())) == len(Phase)


def test_matrix_has_a_cell_for_each_pair():
    grid = build_matrix([A, B], [X, Y], {("a", "x"): 8, ("b", "x"): 1, ("b", "y"): 3}, address)
    cells = [[(c.count, c.level, c.address) for c in row.cells] for row in grid.rows]
    assert cells == [[(8, 4, "?a=x"), (0, 0, "")], [(1, 1, "?b=x"), (3, 2, "?b=y")]]
    assert [(c.row, c.column, c.bar_height) for c in grid.rows[1].cells] == [
        ("Row b", "Col", ""),
        ("Row b", "Column y", ""),
    ]


def test_matrix_stands_where_its_words_leave_room():
    grid = build_matrix([A, B], [X, Y], {("a", "x"): 8, ("b", "y"): 3}, address)
    left, top = 5 * 7.6 + 22 + 8, 8 * 7.6 * 0.71 + 16 + 8
    first, last = grid.rows[0].cells[0], grid.rows[1].cells[1]
    assert (first.x, first.y, first.width, first.height) == (write(left + 1), write(top + 1), "50", "28")
    assert (last.x, last.y) == (write(left + 53), write(top + 31))
    assert (last.middle, last.number_y) == (write(left + 78), write(top + 50))
    assert [(head.x, head.y, head.is_turned, head.lines) for head in grid.columns] == [
        (write(left + 26), write(top - 8), True, ("Col",)),
        (write(left + 78), write(top - 8), True, ("Column y",)),
    ]
    head = grid.rows[0].head
    assert (head.x, head.y, head.sign, head.sign_y) == ("22", write(top + 20), SIGNS["phase-talk"], write(top + 15))
    assert (grid.width, grid.height) == ("218", "130")


def test_cells_are_large_enough_to_be_hit():
    for build in (build_matrix, build_trend):
        cell = build([A], [X], {("a", "x"): 1}, address).rows[0].cells[0]
        assert min(float(cell.width), float(cell.height)) >= TARGET


def test_rows_without_signs_begin_at_the_edge():
    grid = build_matrix([Entry("a", "Row a")], [X], {("a", "x"): 1}, address)
    assert (grid.rows[0].head.x, grid.rows[0].head.sign, grid.rows[0].cells[0].x) == ("0", "", write(5 * 7.6 + 9))


def test_trend_draws_bars_on_one_scale_but_none_for_all():
    columns = [
        Entry("2025", "31 December 2025", lines=("Dec", "2025")),
        Entry("2026", "Today", lines=("9 Feb", "2026")),
    ]
    counts = {("", "2025"): 5, ("", "2026"): 100, ("a", "2025"): 4, ("b", "2026"): 2}
    grid = build_trend([Entry("", "All"), A, B], columns, counts, address)
    top = 2 * 16 + 8
    assert [[c.bar_height for c in row.cells] for row in grid.rows] == [["", ""], ["36", ""], ["", "18"]]
    assert grid.rows[2].cells[1].bar_y == write(top + 3 * 58 - 2 - 18)
    assert grid.rows[2].cells[1].number_y == write(top + 3 * 58 - 2 - 18 - 5)
    assert [(head.lines, head.is_turned, head.y) for head in grid.columns] == [
        (("Dec", "2025"), False, "16"),
        (("9 Feb", "2026"), False, "16"),
    ]


def test_empty_grid_is_no_error():
    grid = build_matrix([], [], {}, address)
    assert (grid.rows, grid.columns) == ((), ())


def moment(days, colour="phase-talk"):
    return Moment(DAY - datetime.timedelta(days), "Stage", colour, "#words")


def test_timeline_places_signs_by_their_day():
    line = build_timeline([("One", "/one/", [moment(100), moment(50, "phase-work")]), ("Two", "/two/", [])], DAY)
    first, second = line.lanes
    assert [(m.x, m.true_x, m.target_x, m.sign) for m in first.marks] == [
        ("14", "14", "2", SIGNS["phase-talk"]),
        ("360", "360", "348", SIGNS["phase-work"]),
    ]
    assert [(s.colour, s.start, s.end) for s in first.spans] == [
        ("phase-talk", "23", "351"),
        ("phase-work", "369", "706"),
    ]
    assert (first.y, first.name_y, first.line_y, first.target_y) == ("0", "17", "40", "28")
    assert (second.y, second.marks, second.spans, second.left_out) == ("58", (), (), 0)
    assert (line.width, line.height, line.axis_y) == ("720", "142", "116")
    assert (line.first, line.last) == (moment(100).day, DAY)


def test_timeline_has_ticks_on_firsts_of_months():
    line = build_timeline([("One", "", [moment(100)])], DAY)
    assert [day.isoformat() for day, _ in line.ticks] == ["2025-12-01", "2026-01-01", "2026-02-01"]


def test_signs_of_one_day_do_not_cover_each_other():
    line = build_timeline([("One", "", [moment(300), *[moment(0)] * 3])], DAY)
    places = [float(mark.x) for mark in line.lanes[0].marks]
    assert places == [EDGE, WIDTH - EDGE - 2 * TARGET, WIDTH - EDGE - TARGET, WIDTH - EDGE]
    assert {mark.true_x for mark in line.lanes[0].marks[1:]} == {write(WIDTH - EDGE)}


def test_signs_of_the_first_day_are_moved_on():
    line = build_timeline([("One", "", [moment(300), moment(300), moment(0)])], DAY)
    assert [mark.x for mark in line.lanes[0].marks] == ["14", "38", "706"]


def test_lane_with_very_many_moves_draws_the_latest():
    line = build_timeline([("One", "", [moment(100 - n) for n in range(50)])], DAY)
    (lane,) = line.lanes
    assert (len(lane.marks), lane.left_out) == (MOST_MARKS, 50 - MOST_MARKS)
    places = [float(mark.x) for mark in lane.marks]
    assert places == sorted(places)
    assert min(after - before for before, after in pairwise(places)) >= TARGET
    assert (places[0] >= EDGE, places[-1] <= WIDTH - EDGE) == (True, True)


@pytest.mark.parametrize("stories", [[], [("One", "", [])]])
def test_nothing_moved_gives_no_timeline(stories):
    assert build_timeline(stories, DAY) is None


def test_move_on_the_day_itself_has_no_span():
    line = build_timeline([("One", "", [moment(0)])], DAY)
    assert (line.lanes[0].marks[0].x, len(line.lanes[0].spans)) == ("14", 0)


def draw(*developments):
    return build_ledgers(build_promises(developments, DAY))


def test_ledger_marks_what_is_open():
    (ledger,) = draw(
        make("six", "pledged", "2025-01-01", (6, "aircraft")), make("two", "delivered", "2025-06-01", (2, "aircraft"))
    )
    promised, delivered = ledger.bars
    assert (promised.width, promised.open, promised.anchor) == ("100%", ("33.33%", "66.67%"), "six")
    assert (delivered.width, delivered.open, delivered.anchor) == ("33.33%", None, "two")
    assert (promised.y, promised.words_y, promised.bar_y) == ("0", "16", "24")
    assert (delivered.y, ledger.height, ledger.step_height) == ("46", "92", "46")
    assert ([bar.total.step for bar in ledger.bars], ledger.is_sharp) == ([Step.PROMISED, Step.DELIVERED], True)


def test_ledger_draws_what_claims_allow():
    (ledger,) = draw(make("asked", "interest", "2025-01-01", number((10, 20), "between")))
    assert (ledger.bars[0].width, ledger.bars[0].whisker, ledger.bars[0].open) == ("75%", ("50%", "100%"), None)
    assert (ledger.bars[0].line_y, ledger.is_sharp) == ("40", False)


def test_ledger_of_no_upper_bound_ends_at_the_edge():
    (ledger,) = draw(
        make("two", "pledged", "2025-01-01", number(2, "at-least")),
        make("four", "delivered", "2025-02-01", (4, "aircraft")),
    )
    assert (ledger.bars[0].width, ledger.bars[0].whisker) == ("50%", ("50%", "100%"))


def test_step_without_a_number_has_words_and_no_bar():
    (ledger,) = draw(make("some", "pledged", "2025-01-01", number(None, "undisclosed")))
    (bar,) = ledger.bars
    assert (bar.width, bar.whisker, bar.open, bar.anchor) == ("0%", None, None, "some")


def test_units_have_ledgers_of_their_own():
    ledgers = draw(
        make("six", "pledged", "2025-01-01", (6, "aircraft")), make("9", "pledged", "2025-01-01", (900, "missile"))
    )
    assert [(ledger.promise.unit, ledger.bars[0].width) for ledger in ledgers] == [
        ("aircraft", "100%"),
        ("missile", "100%"),
    ]


def test_nothing_known_draws_no_ledger():
    assert draw(make("talk", "proposed", "2025-01-01")) == []


def test_words_take_room_by_their_letters():
    assert measure("Supply") == pytest.approx(45.6)
