"""The promise ledger as bars: what has reached each step in one unit, on one scale, and what is open."""

from dataclasses import dataclass

from cooperation.charts.drawing import percent, write

HEIGHT = 46  # of a step: its words, then its bar
BAR_Y = 24
LINE_Y = 40  # just below the bar
WORDS_Y = 16


@dataclass(frozen=True)
class Bar:
    """A step with something to say: its `total`, the bar of its number, and its words' place on the page (`anchor`).

    `whisker` is (start, end) of what the claims allow where that is no sharp number; `open` is (start, width) of what
    is promised but not delivered. Both may be None.
    """

    total: object
    anchor: str
    y: str
    words_y: str
    bar_y: str
    line_y: str
    width: str
    whisker: tuple | None
    open: tuple | None


@dataclass(frozen=True)
class Ledger:
    """The bars of a promise in one unit."""

    promise: object
    height: str
    step_height: str
    bars: tuple

    @property
    def is_sharp(self):
        """Return whether each number is one number."""
        return not any(bar.whisker for bar in self.bars)


def build_ledgers(promises):
    """Return the `Ledger` of each promise (of `claims.build_promises`) of which any step is known."""
    ledgers = [_build_ledger(promise) for promise in promises]
    return [ledger for ledger in ledgers if ledger.bars]


def _build_ledger(promise):
    told = [total for total in promise.steps if not total.is_silent]
    scale = max((total.highest or total.best for total in told if total.has_number), default=0)
    bars = tuple(_build_bar(total, number * HEIGHT, scale, promise) for number, total in enumerate(told))
    return Ledger(promise, write(len(told) * HEIGHT), write(HEIGHT), bars)


def _build_bar(total, y, scale, promise):
    is_sharp = not total.has_number or total.lowest == total.best == total.highest
    end = None if is_sharp else percent(total.highest or scale, scale)
    return Bar(
        total=total,
        anchor=_find_claim(total).development.slug,
        y=write(y),
        words_y=write(y + WORDS_Y),
        bar_y=write(y + BAR_Y),
        line_y=write(y + LINE_Y),
        width=percent(total.best or 0, scale),
        whisker=None if is_sharp else (percent(total.lowest, scale), end),
        open=_find_open(total, scale, promise),
    )


def _find_claim(total):
    """Return the claim that the step's words lead to: the last with a number, else the last one."""
    return total.claims[-1] if total.claims else [claim for some in total.without_number.values() for claim in some][-1]


def _find_open(total, scale, promise):
    """Return where the open part lies: at the end of what is given, on the step that gives it."""
    if total is not promise.given or not promise.is_open:
        return None
    left = total.best if promise.open.best is None else promise.open.best
    return percent(total.best - left, scale), percent(left, scale)
