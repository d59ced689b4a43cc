"""Claims beside each other, with their verdicts and what stands behind them."""

from cooperation.claims import compare_claims
from tests.claims.making import FRANCE, UKRAINE, make, make_article, money, number


def slugs(rows):
    return [row.development.slug for row in rows]


def delivered(slug, day, value, **fields):
    return make(slug, "delivered", day, (value, "system"), **fields)


def test_preferred_claims_come_first_then_the_latest_and_deprecated_stand_apart():
    (found,) = compare_claims(
        [
            delivered("old", "2023-01-01", 3),
            delivered("new", "2024-01-01", 4),
            delivered("chosen", "2022-01-01", 2, rank="preferred", rank_reason="The ministry's list."),
            delivered("misread", "2022-11-20", 12, rank="deprecated", rank_reason="Twelve missiles, not systems."),
        ]
    )
    assert (found.step, found.measure, slugs(found.claims)) == ("delivered", "system", ["chosen", "new", "old"])
    assert [row.reason for row in found.claims] == ["The ministry's list.", "", ""]
    assert [(row.development.slug, row.reason) for row in found.deprecated] == [
        ("misread", "Twelve missiles, not systems.")
    ]


def test_groups_follow_the_steps_and_hold_rates_and_claims_without_number():
    found = compare_claims(
        [
            make("arrival", "delivered", "2024-03-01", number(None, "undisclosed", "bomb")),
            make("rate", "pledged", "2024-01-18", number(50, unit="bomb", per="month"), amount=money(90)),
            make("some", "pledged", "2024-01-16", {"qualifier": "several"}),
            make("ready", "preparing", "2024-02-16", (5, "bomb")),
        ]
    )
    assert [(str(c.step), str(c.kind), c.measure, slugs(c.claims)) for c in found] == [
        ("promised", "quantity", "bomb", ["rate"]),
        ("promised", "quantity", "", ["some"]),
        ("promised", "amount", "EUR", ["rate"]),
        ("delivered", "quantity", "bomb", ["arrival"]),
    ]
    rate, some = found[0].claims[0].claim, found[1].claims[0].claim
    assert (rate.is_rate, rate.has_number, some.is_rate, some.has_number) == (True, True, False, False)


def test_claim_gathers_repeats_articles_origins_and_grades():
    said = {"said_by_official": FRANCE, "channel": "telegram"}
    shared = make_article("shared", "C")
    first = delivered("first", "2024-01-01", 2, articles=(shared, make_article("plain")), credibility="3", **said)
    again = delivered(
        "again", "2024-01-01", 2, articles=(shared, make_article("good", "B")), reported_on="2024-01-05", **said
    )
    (found,) = compare_claims([again, first])
    (row,) = found.claims
    assert (row.development.slug, [repeat.development.slug for repeat in row.repeats]) == ("first", ["again"])
    assert sorted(article.slug for article in row.articles) == ["good", "plain", "shared"]
    assert (row.origin, row.origin_count) == (FRANCE, 1)
    assert (row.reliability, row.credibility, row.has_notes) == ("B", "3", True)


def test_claim_without_a_speaker_has_its_articles_as_origins():
    report = make_article("report")
    (found,) = compare_claims([delivered("two", "2024-01-01", 2, articles=(report, make_article("second")))])
    (row,) = found.claims
    assert (row.origin, row.origin_count) == (report, 2)
    assert (row.reliability, row.credibility, row.has_notes) == ("", "", False)


def test_claim_says_whether_it_is_contradicted():
    two = delivered("two", "2024-01-01", 2, said_by_official=FRANCE, amount=money(90))
    four = delivered("four", "2024-01-02", 4, said_by_official=UKRAINE)
    below = make("below", "delivered", "2024-01-03", number(2, "up-to", "system"), said_by_official=FRANCE)
    assert is_contradicted(two, four) == {
        ("four", "quantity"): True,
        ("two", "quantity"): True,
        ("two", "amount"): False,
    }
    assert is_contradicted(two, below) == {
        ("below", "quantity"): False,
        ("two", "quantity"): False,
        ("two", "amount"): False,
    }


def is_contradicted(*developments):
    return {
        (row.development.slug, str(found.kind)): row.is_contradicted
        for found in compare_claims(developments)
        for row in found.claims
    }


def test_nothing_is_compared_without_figures():
    assert compare_claims([make("bare", "pledged", "2024-01-01")]) == []
