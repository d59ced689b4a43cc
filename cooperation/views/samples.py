"""Made-up numbers for the page of all parts, so that each picture can be seen in its states whatever is published."""

import datetime
from decimal import Decimal

from cooperation.charts import Entry, Moment, build_ledgers, build_matrix, build_timeline, build_trend
from cooperation.choices import Mode, Phase, Qualifier, Stage, Step
from cooperation.claims import Claim, Kind, Promise, Span, Total
from cooperation.models import Development

HERE = "#pictures"
LAST = datetime.date(2026, 2, 9)
YEARS = range(2015, 2027)
MOVES = [  # days since the first, and the stage: some on one day, some side by side
    (0, Stage.PROPOSED), (1, Stage.AGREED), (2, Stage.CONTRACTED), (400, Stage.PREPARING),
    (700, Stage.PARTLY_DELIVERED), (704, Stage.SUSPENDED), (1100, Stage.DELIVERED),
]  # fmt: skip


def build_samples():
    """Return the pictures by name, in the language of the reader."""
    return {
        "matrix": _draw_matrix(list(Stage), list(Mode)),
        "one_cell": _draw_matrix([Stage.AGREED], [Mode.SUPPLY]),
        "trend": _draw_trend(),
        "timeline": _draw_timeline(),
        "ledgers": build_ledgers([_promise("aircraft", SHARP, 3), _promise("missile", UNSHARP, None)]),
    }


def _enter(codes):
    return [Entry(code.value, str(code.label), code.colour) for code in codes]


def _find_here(*values):
    return HERE


def _draw_matrix(rows, columns):
    cells = [(row, column) for row in rows for column in columns]
    counts = {(r.value, c.value): n * n * n // 90 + (n == 0) for n, (r, c) in enumerate(cells) if n % 3 != 1}
    return build_matrix(_enter(rows), _enter(columns), counts, _find_here)


def _draw_trend():
    columns = [Entry(str(year), str(year), lines=("31.12", str(year))) for year in YEARS]
    counts = {(phase.value, str(y)): phase.position * (y - YEARS[0]) ** 2 for phase in Phase for y in YEARS}
    return build_trend(_enter(Phase), columns, counts, _find_here)


def _draw_timeline():
    first = LAST - datetime.timedelta(1200)
    moments = [Moment(first + datetime.timedelta(days), str(stage.label), stage.colour, HERE) for days, stage in MOVES]
    return build_timeline(
        [(str(Mode.SUPPLY.label), HERE, moments), (str(Mode.TRAINING.label), HERE, moments[:1])], LAST
    )


def _total(step, numbers=(None, None, None), qualifier=Qualifier.EXACT):
    claim = Claim(Development(slug=HERE[1:]), step, Kind.QUANTITY, {"qualifier": qualifier})
    if numbers[1] is None:
        return Total(*numbers, step, without_number={qualifier: (claim,)})
    return Total(*(number if number is None else Decimal(number) for number in numbers), step, (claim,))


SHARP = (_total(Step.PROMISED, (6, 6, 6)), _total(Step.DELIVERED, (3, 3, 3)))
UNSHARP = (
    _total(Step.ASKED, (1200, 1500, 2000)),
    _total(Step.PROMISED, (500, 500, None)),
    _total(Step.CONTRACTED, (0, 100, 100)),
    _total(Step.IN_SERVICE, qualifier=Qualifier.UNDISCLOSED),
)


def _promise(unit, steps, left):
    opened = Span(*[Decimal(left)] * 3) if left else None
    return Promise(unit, steps, opened, LAST, 40, ())
