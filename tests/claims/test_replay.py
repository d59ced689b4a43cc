"""Totals, sums and histories against a plain replay of what is said, one claim after the other, for random stories."""

import datetime
from collections import Counter
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from cooperation.choices import WITHOUT_NUMBER, Stage, Step
from cooperation.claims import build_history, build_promises, compare_claims, sum_totals
from tests.claims.making import FRANCE, UKRAINE, make, number, numbers_of

DAYS = ["2025-01-01", "2025-01-02", "2025-01-03"]
TODAY = datetime.date(2025, 6, 1)
STAGES = ["interest", "pledged", "agreed", "contracted", "preparing", "partly-delivered", "delivered", "in-service"]

values = st.sampled_from([0, 1, 2, "2.5", 10])
figures = st.one_of(
    st.builds(number, values, st.sampled_from(["exact", "exact", "about", "at-least", "up-to"])),
    st.builds(number, st.just((2, 5)), st.just("between")),
    st.builds(number, st.none(), st.sampled_from([q.value for q in WITHOUT_NUMBER])),
)
statements = st.fixed_dictionaries(
    {
        "stage": st.sampled_from(STAGES),
        "day": st.sampled_from(DAYS),
        "delay": st.sampled_from([0, 0, 1]),
        "figure": figures,
        "parts": st.sampled_from([{}, {}, {"basis": "additional"}, {"basis": "additional"}, {"per": "month"}]),
        "unit": st.sampled_from(["battery", "missile"]),
        "rank": st.sampled_from(["normal", "normal", "normal", "preferred", "deprecated"]),
        "counted_in_id": st.sampled_from([None, None, None, 7]),
        "said_by_official": st.sampled_from([None, FRANCE, UKRAINE]),
        "channel": st.sampled_from(["", "telegram"]),
        "articles": st.sets(st.sampled_from(["a", "b", "c"]), min_size=1),
        "program": st.sampled_from([1, 2]),
    }
)
stories = st.lists(statements, max_size=9)


def tell(story):
    return [build(number, **statement) for number, statement in enumerate(story)]


def build(place, stage, day, delay, figure, parts, unit, **fields):
    reported_on = str(datetime.date.fromisoformat(day) + datetime.timedelta(days=delay))
    quantity = {**figure, **parts, "unit": unit}
    return make(f"d{place}", stage, day, quantity, reported_on=reported_on, **fields)


def place_of(d):
    return d.effective_day, d.reported_on, Stage.values.index(d.stage), d.slug


def replay(developments, step, unit):
    """Return (lowest, best, highest) and the number of claims by qualifier, told one after the other."""
    told = [d for d in sorted(developments, key=place_of) if takes_part(d, step, unit)]
    span, since, silent, said = None, None, Counter(), []
    for d in told:
        if is_outranked(d, told) or is_repeat(d, said):
            continue
        moment, read = (d.effective_day, d.reported_on), read_span(d.quantity)
        if read is None:
            silent[d.quantity["qualifier"]] += 1
        elif "basis" not in d.quantity:
            span, since = read, moment
        elif since is None or moment > since:
            span = add(span, read)
    return span, silent


def takes_part(d, step, unit):
    counts = d.rank != "deprecated" and not d.counted_in_id and not d.quantity_per
    return counts and d.quantity_unit == unit and Stage(d.stage).step == step


def is_outranked(d, told):
    rivals = [r for r in told if r.rank == "preferred" and r.quantity_basis == d.quantity_basis]
    moment = (d.effective_day, d.reported_on)
    return d.rank == "normal" and any(moment <= (r.effective_day, r.reported_on) for r in rivals)


def is_repeat(d, said):
    """Whether an entry of `said` is the same figure, date and origin; notes the statement there, or as a new entry."""
    origin = {d.said_by.slug + d.channel} if d.said_by else {c.article.slug for c in d.public_citations}
    for date, figure, origins in said:
        if (date, figure) == (d.date, d.quantity) and origins & origin:
            origins.update(origin)
            return True
    said.append((d.date, d.quantity, origin))
    return False


def read_span(quantity):
    if "min" in quantity:
        low, high = quantity["min"], quantity["max"]
        return low, (low + high) / 2, high
    if "value" not in quantity:
        return None
    value = quantity["value"]
    return {
        "exact": (value, value, value),
        "about": (value - value / 10, value, value + value / 10),
        "at-least": (value, value, None),
        "up-to": (Decimal(0), value, value),
    }[quantity["qualifier"]]


def add(span, other):
    if span is None or other is None:
        return span or other
    low, best, high = zip(span, other, strict=True)
    return sum(low), sum(best), None if None in high else sum(high)


def read(total):
    silent = Counter({q.value: len(claims) for q, claims in total.without_number.items()})
    return (numbers_of(total) if total.has_number else None), silent


@settings(deadline=None)
@given(story=stories)
def test_totals_equal_a_plain_replay(story):
    developments = [d for d in tell(story) if d.program_id == 1]
    units = {d.quantity_unit for d in developments}
    found = {p.unit: p.steps for p in build_promises(developments, TODAY)}
    for unit in units:
        for step in Step:
            shown = read(found[unit][step.position]) if unit in found else (None, Counter())
            assert shown == replay(developments, step, unit)


@settings(deadline=None)
@given(story=stories)
def test_each_claim_that_counts_stands_in_one_place(story):
    developments = [d for d in tell(story) if d.program_id == 1]
    placed = Counter()
    for promise in build_promises(developments, TODAY):
        for total in promise.steps:
            silent = (claim for claims in total.without_number.values() for claim in claims)
            placed.update(c.development.slug for c in (*total.claims, *silent, *(s.claim for s in total.skipped)))
    counting = [d for d in developments if d.rank != "deprecated" and not d.quantity_per and Stage(d.stage).step]
    assert placed == Counter(d.slug for d in counting)


@settings(deadline=None)
@given(story=stories)
def test_open_is_never_negative_and_in_order(story):
    for promise in build_promises([d for d in tell(story) if d.program_id == 1], TODAY):
        ends = [n for n in numbers_of(promise.open) if n is not None] if promise.open else []
        assert ends == sorted(ends)
        assert all(n >= 0 for n in ends)


@settings(deadline=None)
@given(story=stories)
def test_history_is_a_replay_with_an_earlier_end(story):
    developments = [d for d in tell(story) if d.program_id == 1]
    histories = {h.unit: {change.day: change.steps for change in h.changes} for h in build_history(developments)}
    for unit in {d.quantity_unit for d in developments}:
        last = [(None, Counter())] * len(Step)
        for day in map(datetime.date.fromisoformat, DAYS):
            then = [d for d in developments if d.effective_day <= day]
            expected = [replay(then, step, unit) for step in Step]
            change = histories.get(unit, {}).get(day)
            assert (change is not None) is (expected != last)
            assert change is None or [read(total) for total in change] == expected
            last = expected


@settings(deadline=None)
@given(story=stories)
def test_sums_equal_the_replays_added_up(story):
    developments = tell(story)
    rows = {row.measure: row.steps for row in sum_totals(developments).quantities}
    for unit in rows:
        for step in Step:
            found = rows[unit][step.position]
            parts = [replay([d for d in developments if d.program_id == n], step, unit) for n in (1, 2)]
            span = add(parts[0][0], parts[1][0])
            assert (numbers_of(found) if found.has_number else None) == span
            assert (
                Counter({m.qualifier.value: len(m.claims) for m in found.without_number}) == parts[0][1] + parts[1][1]
            )


@settings(deadline=None)
@given(story=stories)
def test_comparison_leaves_no_claim_out(story):
    developments = [d for d in tell(story) if d.program_id == 1]
    shown = Counter()
    for compared in compare_claims(developments):
        for row in (*compared.claims, *compared.deprecated):
            shown.update(claim.development.slug for claim in (row.claim, *row.repeats))
    assert shown == Counter(d.slug for d in developments if Stage(d.stage).step)
