"""What the portal is to reach, mostly as ratios to its peers, and what it reached."""

import json
from collections.abc import Callable
from typing import NamedTuple

from bench import questions as asked

HUNDRED_THOUSAND, MILLION = 100_000, 1_000_000


class Goal(NamedTuple):
    """What is measured, from the `Figures`, and the bounds at a hundred thousand and at a million programs."""

    words: str
    measure: Callable
    sign: str
    bounds: dict
    unit: str = "x"


class Figures(NamedTuple):
    """Medians in milliseconds by question, requests per second by question, and medians of the run with 10k."""

    medians: dict
    rates: dict
    small: dict

    def divide(self, slow, fast):
        """Return how many times longer `slow` takes than `fast`; None if one was not answered."""
        return _divide(self.medians.get(slow), self.medians.get(fast))

    def take_kept(self):
        """Return the figures with pages that are kept from a reader before in the place of pages put together anew."""
        return Figures(*(figures | {name: figures.get(kept) for name, kept in asked.KEPT.items()} for figures in self))


class Outcome(NamedTuple):
    """A goal and what was measured for it, with pages put together anew and with kept ones; None if it was not."""

    goal: Goal
    measured: float | None
    kept: float | None


def compare(slow, fast):
    """Return the measure of how many times longer `slow` takes than `fast`."""
    return lambda figures: figures.divide(slow, fast)


def _divide(one, other):
    return one / other if one and other else None


def _at(hundred_thousand, million):
    return {HUNDRED_THOUSAND: hundred_thousand, MILLION: million}


MORE, LESS = "≥", "≤"
GOALS = (
    Goal("the tutorial's page with facets takes longer", compare(asked.TUTORIAL_LIST, asked.LIST), MORE, _at(50, 150)),
    Goal("Datasette takes longer", compare(asked.DATASETTE_LIST, asked.LIST), MORE, _at(250, 450)),
    Goal("the admin takes longer", compare(asked.ADMIN_LIST, asked.LIST), MORE, _at(20, 70)),
    Goal("the page is a multiple of the hello view", compare(asked.LIST, asked.HELLO), LESS, _at(8, 12)),
    Goal(
        "requests per second, 16 connections, against the tutorial's page",
        lambda figures: _divide(figures.rates.get(asked.LIST), figures.rates.get(asked.TUTORIAL_LIST)),
        MORE,
        _at(60, None),
    ),
    Goal("DRF's SearchFilter without facets takes longer", compare(asked.DRF_WORDS, asked.WORDS), MORE, _at(25, 50)),
    Goal("the tutorial's detail page takes longer", compare(asked.TUTORIAL_DETAIL, asked.TYPICAL), MORE, _at(2.5, 2.5)),
    Goal("csv.writer over the ORM takes longer", compare(asked.TUTORIAL_CSV, asked.COUNTRY_CSV), MORE, _at(20, 20)),
    Goal("CSV against the database's own", compare(asked.COUNTRY_CSV, asked.SQL_CSV), LESS, _at(1.5, 1.5)),
    Goal(f"page {asked.DEEP:,} against page 1", compare(asked.DEEP_ALL, asked.ALL), LESS, _at(1.5, 1.5)),
    Goal("list of a past day", lambda figures: figures.medians.get(asked.PAST_LIST), LESS, _at(300, 1_500), " ms"),
    Goal(
        "growth of the page from 10k on",
        lambda figures: _divide(figures.medians.get(asked.LIST), figures.small.get(asked.LIST)),
        LESS,
        _at(1.5, 4),
    ),
)


def judge(figures):
    """Return the `Outcome` of each goal; it has no `kept` where no page is kept."""
    kept, outcomes = figures.take_kept(), []
    for goal in GOALS:
        measured, if_kept = goal.measure(figures), goal.measure(kept)
        outcomes.append(Outcome(goal, measured, None if if_kept == measured else if_kept))
    return outcomes


def is_met(outcome, programs):
    """Say whether the goal for so many programs is met by pages put together anew; None if that is not known."""
    sizes = [size for size in outcome.goal.bounds if size <= programs]
    bound = outcome.goal.bounds[max(sizes)] if sizes else None
    if bound is None or outcome.measured is None:
        return None
    return outcome.measured >= bound if outcome.goal.sign == MORE else outcome.measured <= bound


def read_medians(file):
    """Return the medians in a results file by question, without those not answered; none without the file."""
    if not file.exists():
        return {}
    return find_medians(json.loads(file.read_text(encoding="utf-8"))["answers"])


def find_medians(figures):
    """Return {question: milliseconds} of what was answered."""
    return {row["question"]: row["median_ms"] for row in figures if row["status"] == 200}
