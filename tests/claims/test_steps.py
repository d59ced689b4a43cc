"""The step rule: latest so far plus later additional, and what never adds."""

from decimal import Decimal

import pytest

from cooperation.choices import Step
from cooperation.claims import Kind, build_total, claims_of
from cooperation.claims.steps import counting
from tests.claims.making import FRANCE, UKRAINE, make, number, numbers_of, slugs_of


def total(*developments):
    """Return the total of what is delivered in aircraft."""
    return build_total(Step.DELIVERED, counting(claims_of(developments, Kind.QUANTITY)))


def delivered(slug, day, value, qualifier="exact", **fields):
    parts = {key: fields.pop(key) for key in ("basis", "per") if key in fields}
    return make(slug, "delivered", day, number(value, qualifier, **parts), **fields)


def skipped_of(found):
    return [(s.claim.development.slug, str(s.reason)) for s in found.skipped]


def test_nothing_said_is_not_zero():
    found = total()
    assert (numbers_of(found), found.has_number, found.is_silent) == ((None, None, None), False, True)


def test_zero_is_a_number():
    found = total(delivered("none", "2025-01-01", 0))
    assert (numbers_of(found), found.has_number, found.is_silent) == ((0, 0, 0), True, False)


def test_latest_figure_so_far_replaces_earlier_ones():
    found = total(delivered("three", "2025-02-01", 3), delivered("five", "2025-01-01", 5))
    assert (found.best, slugs_of(found.claims), skipped_of(found)) == (3, ["three"], [("five", "replaced")])


def test_additional_claims_add_to_an_earlier_figure_so_far():
    more = {"basis": "additional"}
    found = total(
        delivered("before", "2024-12-01", 9, **more),
        delivered("base", "2025-01-01", 3),
        delivered("same-moment", "2025-01-01", 9, **more),
        delivered("two-more", "2025-02-01", 2, **more),
        delivered("one-more", "2025-03-01", 1, **more),
    )
    assert (found.best, slugs_of(found.claims)) == (6, ["base", "two-more", "one-more"])
    assert skipped_of(found) == [("before", "replaced"), ("same-moment", "replaced")]


def test_additional_claims_alone_add_up():
    found = total(
        delivered("one", "2025-01-01", 2, basis="additional"), delivered("two", "2025-02-01", 2, basis="additional")
    )
    assert (found.best, slugs_of(found.claims)) == (4, ["one", "two"])


@pytest.mark.parametrize(
    ("repeat", "best"),
    [
        ({}, 2),
        ({"channel": "x"}, 4),
        ({"said_by_official": UKRAINE}, 4),
        ({"date": "2025-01"}, 4),
    ],
)
def test_additional_figure_of_one_origin_counts_once(repeat, best):
    said = {"said_by_official": FRANCE, "channel": "telegram", "date": "2025-01-01", "basis": "additional"}
    found = total(
        delivered("first", "2025-01-01", 2, **said),
        delivered("again", "2025-01-01", 2, **{**said, "reported_on": "2025-04-01", **repeat}),
    )
    assert found.best == best
    assert skipped_of(found) == ([("again", "repeat")] if best == 2 else [])


def test_different_figures_of_one_origin_are_no_repeats():
    said = {"said_by_official": FRANCE, "basis": "additional"}
    assert total(delivered("two", "2025-01-01", 2, **said), delivered("one", "2025-01-01", 1, **said)).best == 3


@pytest.mark.parametrize(("day", "best"), [("2025-01-01", 2), ("2025-02-01", 4)])
def test_article_without_speaker_may_tell_of_two_tranches(day, best):
    more = {"basis": "additional", "articles": ("report",)}
    assert total(delivered("one", "2025-01-01", 2, **more), delivered("two", day, 2, **more)).best == best


def test_later_repeat_does_not_overrule_what_was_said_between():
    said = {"said_by_official": FRANCE, "date": "2025"}
    found = total(
        delivered("first", "2025-01-01", 6, **said),
        delivered("between", "2025-02-01", 3),
        delivered("again", "2025-03-01", 6, **said),
    )
    assert (found.best, skipped_of(found)) == (3, [("again", "repeat"), ("first", "replaced")])


@pytest.mark.parametrize(
    ("value", "qualifier", "span"),
    [
        ((2, 4), "between", (2, 3, 4)),
        (6, "up-to", (0, 6, 6)),
        (6, "at-least", (6, 6, None)),
        (50, "about", (45, 50, 55)),
    ],
)
def test_span_follows_the_qualifier(value, qualifier, span):
    found = total(delivered("one", "2025-01-01", value, qualifier))
    assert numbers_of(found) == span
    assert all(isinstance(n, Decimal) for n in numbers_of(found) if n is not None)


def test_spans_add_up_end_by_end_and_an_open_end_stays_open():
    base = delivered("base", "2025-01-01", (2, 4), "between")
    about = delivered("about", "2025-02-01", 10, "about", basis="additional")
    least = delivered("least", "2025-03-01", 1, "at-least", basis="additional")
    assert numbers_of(total(base, about)) == (11, 13, 15)
    assert numbers_of(total(base, about, least)) == (12, 14, None)


def test_claims_without_number_are_counted_by_qualifier_and_never_as_zero():
    found = total(
        delivered("hidden", "2025-01-01", None, "undisclosed"),
        delivered("some", "2025-02-01", None, "several"),
        delivered("hidden-again", "2025-03-01", None, "undisclosed"),
    )
    assert numbers_of(found) == (None, None, None)
    assert {str(q): slugs_of(c) for q, c in found.without_number.items()} == {
        "undisclosed": ["hidden", "hidden-again"],
        "several": ["some"],
    }


def test_claim_without_number_does_not_replace_a_number():
    found = total(delivered("three", "2025-01-01", 3), delivered("hidden", "2025-02-01", None, "classified"))
    assert (found.best, list(found.without_number)) == (3, ["classified"])


def test_claim_counted_in_another_is_skipped_and_listed():
    found = total(
        delivered("one", "2025-01-01", 1), delivered("part", "2025-02-01", 2, basis="additional", counted_in_id=7)
    )
    assert (found.best, skipped_of(found), slugs_of(found.counted_in)) == (1, [("part", "counted-in")], ["part"])


@pytest.mark.parametrize(
    ("day", "reported_on", "best"),
    [
        ("2025-01-01", "2025-01-01", 3),
        ("2025-02-01", "2025-02-01", 3),
        ("2025-02-01", "2025-02-02", 5),
        ("2025-03-01", "2025-03-01", 5),
    ],
)
def test_preferred_claim_beats_normal_ones_that_are_not_later(day, reported_on, best):
    preferred = delivered("a-preferred", "2025-02-01", 3, rank="preferred", rank_reason="The ministry counts.")
    found = total(preferred, delivered("normal", day, 5, reported_on=reported_on))
    assert found.best == best
    assert skipped_of(found) == ([("normal", "outranked")] if best == 3 else [("a-preferred", "replaced")])


def test_preferred_claim_without_number_beats_a_number():
    preferred = delivered("secret", "2025-02-01", None, "classified", rank="preferred", rank_reason="By law.")
    found = total(preferred, delivered("guess", "2025-01-01", 5))
    assert (found.has_number, list(found.without_number), skipped_of(found)) == (
        False,
        ["classified"],
        [("guess", "outranked")],
    )


def test_preferred_figure_so_far_does_not_beat_what_comes_on_top():
    preferred = delivered("base", "2025-01-01", 3, rank="preferred", rank_reason="Counted.")
    assert total(preferred, delivered("more", "2025-02-01", 2, basis="additional")).best == 5
    assert total(preferred, delivered("so-far", "2024-02-01", 9)).best == 3


def test_deprecated_claims_and_rates_never_count():
    wrong = delivered("wrong", "2025-02-01", 12, rank="deprecated", rank_reason="A misreading.")
    rate = delivered("rate", "2025-02-01", 50, per="month")
    found = total(delivered("two", "2025-01-01", 2), wrong, rate)
    assert (found.best, slugs_of(found.claims), found.skipped) == (2, ["two"], ())
