"""Quantities, amounts and due days of made-up developments: on a third of them, in every way to state a figure."""

import datetime

from bench.reference import CURRENCIES
from cooperation.choices import WITHOUT_NUMBER, Basis, Per, Phase, Qualifier, Stage

QUALIFIERS = (Qualifier.EXACT, Qualifier.ABOUT, Qualifier.UP_TO, Qualifier.AT_LEAST, Qualifier.BETWEEN, *WITHOUT_NUMBER)
WEIGHTS = (60, 10, 10, 5, 5, 3, 4, 1, 2)
UNITS = ("aircraft", "battery", "launcher", "missile", "vehicle", "round", "system")


def set_figures(rng, development, day):
    """Give `development`, which is told on `day`, a quantity, an amount and a due month, or none of them."""
    if rng.random() < 0.25:
        development.quantity = _build_quantity(rng)
    if rng.random() < 0.15:
        amount = round(10 ** rng.uniform(6, 9.5), -4)
        development.amount = _build_figure(rng, int(amount), {"currency": CURRENCIES.pick(rng)})
    if Stage(development.stage).phase == Phase.PROMISE and rng.random() < 0.2:
        development.due = f"{day + datetime.timedelta(rng.randint(60, 900)):%Y-%m}"


def _build_quantity(rng):
    quantity = _build_figure(rng, int(10 ** rng.uniform(0, 3)), {"unit": rng.choice(UNITS)})
    dice = rng.random()
    if dice < 0.2:
        quantity["basis"] = Basis.ADDITIONAL.value
    elif dice < 0.25:
        quantity["per"] = rng.choice(Per.values)
    return quantity


def _build_figure(rng, number, measure):
    """Return the mapping that a bundle would write; a figure without a number keeps its measure."""
    qualifier = rng.choices(QUALIFIERS, WEIGHTS)[0]
    figure = {"qualifier": qualifier.value, **measure}
    if qualifier == Qualifier.BETWEEN:
        return {**figure, "min": number, "max": 2 * number}
    return figure if qualifier in WITHOUT_NUMBER else {**figure, "value": number}
