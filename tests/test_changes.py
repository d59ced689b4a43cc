"""What changed between two days: against a plain replay of both ends, and by examples."""

import datetime

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cooperation import changes, dates, ledger
from cooperation.choices import Stage
from cooperation.filters import ChangeFilter
from cooperation.models import Program
from tests import factories, histories

pytestmark = pytest.mark.django_db

FEBRUARY, MARCH = datetime.date(2026, 2, 9), datetime.date(2026, 3, 9)
TODAY = datetime.date(2026, 6, 30)
OTHER = {"as_of": "known_on", "known_on": "as_of"}

claims = st.fixed_dictionaries(
    {
        "date": st.sampled_from(histories.DATES),
        "stage": st.sampled_from(["under-discussion", "pledged", "agreed", "preparing", "delivered", "suspended"]),
        "moves": st.booleans(),
        "rank": st.sampled_from(["normal", "normal", "deprecated"]),
        "articles": st.sets(st.integers(0, 2), min_size=1),
        "fate": st.sampled_from(["published", "published", "published", "draft", "withdrawn"]),
        "speaker": st.integers(0, 1),
        "value": st.sampled_from([2, 4]),
    }
)


def write(told):
    """Write a public program with the claims of `told`, and return it."""
    with ledger.writing():
        publisher = factories.make_publisher()
        parties = [factories.make_party() for _ in range(2)]
        program = factories.make_program(factories.make_partnership(parties))
        articles = [factories.make_article(publisher, published=day) for day in histories.ARTICLE_DAYS]
        written = [
            (claim["fate"], write_claim(f"{program.slug}-{number}", claim, program, parties, articles))
            for number, claim in enumerate(told)
        ]
        told_of = [development for fate, development in written if fate != "draft"]
        ledger.publish([publisher, *parties, program.partnership, program, *articles, *told_of])
        ledger.withdraw([development for fate, development in written if fate == "withdrawn"])
    return program


def write_claim(slug, claim, program, parties, articles):
    claim["slug"] = slug
    fields = {key: claim[key] for key in ("date", "stage", "moves", "rank", "slug")}
    fields |= {"quantity_value": claim["value"], "quantity_qualifier": "exact", "quantity_unit": "aircraft"}
    reason = "wrong" if claim["rank"] == "deprecated" else ""
    said_by = parties[claim["speaker"]]
    development = factories.make_development(program, rank_reason=reason, said_by_party=said_by, **fields)
    for article in claim["articles"]:
        factories.make_citation(articles[article], development)
    return development


def place(claim):
    """Return (effective day, day first reported, place in the stage list, id)."""
    reported = min(histories.ARTICLE_DAYS[article] for article in claim["articles"])
    effective = min(reported, dates.parse_bounds(claim["date"]).latest or reported)
    return effective, reported, Stage.values.index(claim["stage"]), claim["slug"]


def count(told, as_of, known_on):
    """Return the claims that count on a day."""
    public = [claim for claim in told if claim["fate"] == "published" and claim["rank"] == "normal"]
    return [
        claim
        for claim in public
        if (as_of is None or place(claim)[0] <= as_of) and (known_on is None or place(claim)[1] <= known_on)
    ]


def find_contradictions(counted):
    """Return the pairs of ids that say different things on the same step: of each speaker, the latest."""
    standing = {}
    for claim in sorted(counted, key=lambda claim: (*place(claim)[:2], claim["slug"])):
        if Stage(claim["stage"]).step:
            standing.setdefault(Stage(claim["stage"]).step, {})[claim["speaker"]] = claim
    pairs = [list(speakers.values()) for speakers in standing.values() if len(speakers) == 2]
    return {frozenset((a["slug"], b["slug"])) for a, b in pairs if a["value"] != b["value"]}


def replay(told, before, after):
    """Return what changed as the design says, without the database; None if nothing did."""
    counted, known = count(told, **after), count(told, **before)
    new = [claim for claim in counted if claim not in known]
    stages = [max(((place(c), c["stage"]) for c in end if c["moves"]), default=("", ""))[1] for end in (known, counted)]
    contradictions = find_contradictions(counted) - find_contradictions(known)
    slugs = [claim["slug"] for claim in sorted(new, key=place, reverse=True)]
    changed = new or stages[0] != stages[1] or contradictions
    return (not known, *stages, slugs, contradictions) if changed else None


def bind(**parameters):
    query = QueryDict(mutable=True)
    query.update({name.removesuffix("_"): str(value) for name, value in parameters.items() if value})
    return ChangeFilter(query, queryset=Program.objects.visible())


def find(**parameters):
    filterset = bind(**parameters)
    assert filterset.is_valid(), filterset.errors
    return changes.find_changes(list(filterset.qs.values_list("pk", flat=True)), filterset.span)


def outline(change):
    contradictions = {frozenset(claim.slug for claim in found.claims) for found in change.contradictions}
    slugs = [development.slug for development in change.developments]
    return change.is_new, change.stage_from, change.stage_to, slugs, contradictions


RIVAL = {
    "date": "2025-11",
    "stage": "agreed",
    "moves": False,
    "rank": "normal",
    "articles": {2},
    "fate": "published",
    "speaker": 1,
    "value": 4,
}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=st.lists(claims, max_size=6),
    clock=st.sampled_from(["as_of", "known_on"]),
    days=st.tuples(*[st.sampled_from(histories.DAYS[1:])] * 2).map(sorted),
    other=st.sampled_from(histories.DAYS),
)
@example(  # an old contradiction, whose claims come in another order once the later speaker's older claim is known
    told=[
        {**RIVAL, "date": "2025-12-30", "articles": {0}, "speaker": 0, "value": 2},
        {**RIVAL, "date": "2025-12-31", "articles": {0}},
        RIVAL,
    ],
    clock="known_on",
    days=[datetime.date(2026, 1, 14), FEBRUARY],
    other=None,
)
def test_changes_equal_a_plain_replay(told, clock, days, other):
    program = write(told)
    found = find(clock=clock, from_=days[0], to=days[1], **{OTHER[clock]: other})
    ends = [{clock: day, OTHER[clock]: other} for day in days]
    expected = replay(told, *ends)
    assert [outline(change) for change in found if change.program == program] == ([expected] if expected else [])


@pytest.fixture
def world():
    return factories.make_world()


def tell(world, slug, published=FEBRUARY, **fields):
    """Publish a claim on the program, in an article of its own of the day `published`."""
    article = factories.make_article(world["publisher"], slug=f"on-{slug}", published=published)
    development = factories.make_development(world["program"], slug=slug, **{"date": str(published), **fields})
    factories.make_citation(article, development)
    ledger.publish([article, development])
    return development


def outlines(**parameters):
    return [outline(change) for change in find(**parameters)]


def test_program_is_new_from_its_first_claim_on(world):
    assert outlines(from_="2026-02-08", to="2026-02-09") == [(True, "", "agreed", ["rockets-agreed"], set())]
    assert outlines(from_="2026-02-09", to="2026-02-10") == outlines(from_="2026-02-07", to="2026-02-08") == []


def test_move_is_told_with_both_stages(world):
    tell(world, "shipped", MARCH, stage="delivered")
    assert outlines(from_="2026-02-09", to="2026-03-09") == [(False, "agreed", "delivered", ["shipped"], set())]


def test_claim_that_does_not_move_is_a_change_without_a_move(world):
    tell(world, "look-back", MARCH, stage="delivered", moves=False)
    (change,) = find(from_="2026-02-09", to="2026-03-09")
    assert (outline(change), change.has_moved) == ((False, "agreed", "agreed", ["look-back"], set()), False)


def test_program_whose_claims_do_not_move_it_has_no_stage(world):
    ledger.withdraw([world["development"]])
    tell(world, "look-back", MARCH, moves=False)
    assert outlines(from_="2026-02-09", to="2026-03-09") == [(True, "", "", ["look-back"], set())]


def test_deprecated_claim_and_statement_on_a_partnership_are_no_changes(world):
    tell(world, "wrong", MARCH, rank="deprecated", rank_reason="A misreading.")
    tell({**world, "program": None}, "whole", MARCH, partnership=world["partnership"], stage="")
    assert find(from_="2026-02-09", to="2026-03-09") == []


def test_late_report_changes_different_days_on_the_two_clocks(world):
    tell(world, "late", MARCH, date="2026-02-20", stage="delivered")
    moved = [(False, "agreed", "delivered", ["late"], set())]
    assert outlines(from_="2026-02-19", to="2026-02-20") == moved
    assert outlines(from_="2026-02-20", to="2026-03-09") == []
    assert outlines(from_="2026-03-08", to="2026-03-09", clock="known_on") == moved
    assert outlines(from_="2026-02-10", to="2026-03-08", clock="known_on") == []


def test_other_clock_stands_still(world):
    tell(world, "late", MARCH, date="2026-02-20", stage="delivered")
    assert find(from_="2026-02-19", to="2026-02-20", known_on="2026-03-08") == []
    assert find(from_="2026-03-08", to="2026-03-09", clock="known_on", as_of="2026-02-19") == []
    assert len(find(from_="2026-03-08", to="2026-03-09", clock="known_on", as_of="2026-02-20")) == 1


def test_words_are_those_known_on_the_last_day(world):
    again = factories.make_article(world["publisher"], slug="again", published=MARCH)
    ledger.publish([again, factories.make_citation(again, world["development"]).article])

    def articles(**parameters):
        return [c.article.slug for change in find(**parameters) for c in change.developments[0].public_citations]

    assert articles(from_="2026-02-01", to="2026-02-09", clock="known_on") == ["report"]
    assert articles(from_="2026-02-01", to="2026-02-09") == ["report", "again"]


def test_contradiction_is_new_once(world):
    france, ukraine = world["partnership"].parties.order_by("slug")
    figure = {"stage": "delivered", "quantity_qualifier": "exact", "quantity_unit": "rocket"}
    tell(world, "two", FEBRUARY, said_by_party=france, quantity_value=2, **figure)
    tell(world, "four", MARCH, said_by_party=ukraine, quantity_value=4, **figure)
    tell(world, "more", TODAY, said_by_party=france, stage="suspended")
    (change,) = find(from_="2026-02-09", to="2026-03-09")
    assert [(c.step.value, c.unit, c.first.slug, c.second.slug) for c in change.contradictions] == [
        ("delivered", "rocket", "two", "four")
    ]
    assert outlines(from_="2026-03-09", to="2026-06-30") == [(False, "delivered", "suspended", ["more"], set())]


def test_hidden_claims_are_no_changes(world):
    hidden = tell(world, "hidden", MARCH, stage="delivered")
    ledger.withdraw([hidden])
    draft = factories.make_development(world["program"], slug="draft", stage="completed")
    factories.make_citation(world["article"], draft)
    assert find(from_="2026-02-09", to="2026-12-31") == []
    ledger.withdraw([world["partnership"]])
    assert find(from_="2026-01-01", to="2026-12-31") == []


def test_latest_change_comes_first_by_the_clock_that_is_turned(world):
    def add(slug, date, published):
        program = factories.make_program(world["partnership"], slug=slug)
        ledger.publish([program])
        tell({**world, "program": program}, f"{slug}-told", published, date=date)

    add("b", "2026-03-01", TODAY)
    add("a", "2026-03-05", MARCH)

    def order(**parameters):
        return [change.program.slug for change in find(from_="2026-01-01", to="2026-12-31", **parameters)]

    assert order() == ["a", "b", "rockets-for-ukraine"]
    assert order(clock="known_on") == ["b", "a", "rockets-for-ukraine"]
    assert order(sort="-updated") == ["rockets-for-ukraine", "b", "a"]
    assert order(sort="name") == ["a", "b", "rockets-for-ukraine"]


@pytest.mark.parametrize(("stage", "found"), [("agreed", 0), ("delivered", 1), ("completed", 0)])
def test_filters_look_at_the_program_at_the_end_of_the_last_day(world, stage, found):
    tell(world, "shipped", MARCH, stage="delivered")
    tell(world, "done", TODAY, stage="completed")
    assert len(find(from_="2026-02-09", to="2026-03-09", stage=stage)) == found


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"party": "france", "partnership": "france-ukraine", "system": "rocket", "instrument": "fund"}, 1),
        ({"official": "minister", "publisher": "gazette", "mode": "supply", "category": "missile"}, 1),
        ({"phase": "promise", "q": "rocket", "id": "rockets-for-ukraine", "modified_since": "2020-01-01"}, 1),
        ({"since": "2026-02-09", "until": "2026-02-09"}, 1),
        ({"since": "2026-02-10"}, 0),
        ({"until": "2026-02-08"}, 0),
        ({"q": "submarine"}, 0),
        ({"mode": "training"}, 0),
    ],
)
def test_every_filter_of_programs_narrows(world, query, found):
    assert len(find(from_="2026-01-01", to="2026-12-31", **query)) == found


def build(**given):
    days = {"clock": "as_of", "start": None, "end": None, "asked": {}, **given}
    span = changes.build_span(**days, today=TODAY)
    return str(span.start), str(span.end)


def test_span_ends_today_and_begins_30_days_before_its_end():
    assert build() == ("2026-05-31", "2026-06-30")
    assert build(end=MARCH) == ("2026-02-07", "2026-03-09")
    assert build(start=FEBRUARY) == ("2026-02-09", "2026-06-30")
    assert build(end=datetime.date.min) == ("0001-01-01", "0001-01-01")


def test_span_ends_no_later_than_the_day_asked_about_on_its_clock():
    assert build(asked={"as_of": MARCH}) == ("2026-02-07", "2026-03-09")
    assert build(asked={"as_of": MARCH}, end=TODAY) == ("2026-02-07", "2026-03-09")
    assert build(asked={"as_of": TODAY}, end=MARCH) == ("2026-02-07", "2026-03-09")
    assert build(asked={"known_on": MARCH}) == ("2026-05-31", "2026-06-30")


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        ({"from_": "2026-03-10", "to": MARCH}, {"from": ["“2026-03-10” comes after the last day, 2026-03-09."]}),
        ({"from_": TODAY, "as_of": MARCH}, {"from": ["“2026-06-30” comes after the last day, 2026-03-09."]}),
        ({"from_": "2999-01-01", "to": "never"}, {"to": ["“never” is not a day; write it as 2026-02-09."]}),
        ({"clock": "sundial"}, {"clock": ["“sundial” is not known; use one of as_of, known_on."]}),
    ],
)
def test_days_that_make_no_span_are_refused_in_words(query, errors):
    filterset = bind(**query)
    assert filterset.errors == errors
    assert list(filterset.qs) == []


def test_first_day_in_the_future_needs_a_last_day(world):
    assert list(bind(from_="2999-01-01").errors) == ["from"]
    assert find(from_="2999-01-01", to="2999-12-31") == []


@pytest.mark.parametrize("number", [1, 3])
def test_changes_take_three_queries(world, number, django_assert_num_queries):
    programs = [factories.make_program(world["partnership"]) for _ in range(number - 1)]
    ledger.publish(programs)
    for program in programs:
        for nth in range(2):
            tell({**world, "program": program}, f"{program.slug}-{nth}", MARCH, said_by_party=world["party"])
    filterset = bind(from_="2026-01-01", to="2026-12-31")
    keys = list(filterset.qs.values_list("pk", flat=True))
    with django_assert_num_queries(3):
        found = changes.find_changes(keys, filterset.span)
        assert [change.program.partnership.slug for change in found] == ["france-ukraine"] * number
        assert all(c.article.publisher.slug for f in found for d in f.developments for c in d.public_citations)


def test_tally_counts_what_changed(world):
    tell(world, "shipped", MARCH, stage="delivered")
    assert changes.tally(find(from_="2026-01-01", to="2026-12-31")) == changes.Tally(1, 0, 2, 0)
    assert changes.tally(find(from_="2026-02-09", to="2026-12-31")) == changes.Tally(0, 1, 1, 0)
    assert changes.tally([]) == changes.Tally(0, 0, 0, 0)
