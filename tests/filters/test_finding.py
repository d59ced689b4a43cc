"""What each parameter finds, and in which order."""

import datetime

import pytest

from cooperation import ledger
from cooperation.filters import FILTERS
from tests import factories as make
from tests.filters.asking import add_program, bind, find, find_real_value

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("noun", FILTERS)
def test_every_filter_finds_the_record_that_it_describes(noun, full_world):
    row = full_world[bind(noun).qs.model.__name__.lower()]
    for name in FILTERS[noun].base_filters:
        assert row.slug in find(noun, f"{name}={find_real_value(noun, name, full_world)}"), name


@pytest.mark.parametrize("noun", FILTERS)
def test_other_values_find_nothing(noun, full_world):
    values = {
        "mode": "training",
        "stage": "cancelled",
        "phase": "stopped",
        "category": "space",
        "role": "lender",
        "country": "PL",
        "since": "2026-02-10",
        "until": "2026-02-08",
        "language": "fr",
        "rank": "deprecated",
        "channel": "leak",
        "credibility": "6",
        "reliability": "F",
        "kind": {"parties": "other", "instruments": "grant"}.get(noun, "database"),
        "modified_since": "2999-01-01",
        "q": "elsewhere",
    }
    for name in FILTERS[noun].base_filters.keys() & values.keys():
        assert find(noun, f"{name}={values[name]}") == [], name


@pytest.mark.parametrize("noun", FILTERS)
def test_records_that_nothing_refers_to_find_nothing(noun, world):
    others = [
        make.make_party(slug="other-party"),
        make.make_system(slug="other-system"),
        make.make_instrument(slug="other-instrument"),
        make.make_publisher(slug="other-publisher"),
        make.make_official(world["official"].party, slug="other-official"),
    ]
    others.append(make.make_partnership([others[0], world["official"].party], slug="other-partnership"))
    ledger.publish(others)
    own = {"publishers": "publisher", "officials": "official", "systems": "system", "instruments": "instrument"}
    for name in (
        "party",
        "system",
        "instrument",
        "publisher",
        "official",
        "partnership",
        "maker",
        "provider",
        "parent",
    ):
        if name in FILTERS[noun].base_filters and own.get(noun) != name:
            slug = "other-party" if name in ("maker", "provider", "parent") else f"other-{name}"
            expected = ["other-partnership"] if (noun, name) == ("partnerships", "party") else []
            assert find(noun, f"{name}={slug}") == expected, name


def test_parties_by_party_include_those_at_its_side_and_itself(world):
    assert find("parties", "party=ukraine") == ["france", "ukraine"]


# What repeating means


def test_repeated_codes_mean_or(world):
    add_program(world, slug="training", mode="training")
    add_program(world, slug="upgrade", mode="upgrade")
    assert sorted(find("programs", "mode=training&mode=upgrade")) == ["training", "upgrade"]
    assert sorted(find("programs", "id=training&id=upgrade&id=training")) == ["training", "upgrade"]


def test_repeated_parties_mean_and(world):
    poland = make.make_party(slug="poland")
    alone = make.make_partnership([poland, world["official"].party], slug="poland-ukraine")
    ledger.publish([poland, alone])
    add_program({**world, "partnership": alone}, slug="polish")
    assert find("programs", "party=ukraine&sort=name") == ["polish", "rockets-for-ukraine"]
    assert find("programs", "party=ukraine&party=poland") == ["polish"]
    assert find("programs", "party=france&party=poland") == []


def test_a_ministry_does_not_stand_for_its_state(world):
    ministry = make.make_party(slug="ministry", kind="government-body", parent=world["official"].party)
    ledger.publish([ministry])
    add_program(world, slug="with-ministry", roles={"recipient": [ministry]})
    assert find("programs", "party=ministry") == ["with-ministry"]


def test_a_system_stands_for_its_family(world):
    child = make.make_system(slug="rocket-2", parent=world["system"])
    ledger.publish([child])
    add_program(world, slug="second", systems=[child])
    assert find("programs", "system=rocket&sort=name") == ["rockets-for-ukraine", "second"]
    assert find("programs", "system=rocket-2") == ["second"]
    assert find("systems", "mode=supply") == ["rocket", "rocket-2"]
    assert find("systems", "system=rocket-2") == ["rocket-2"]


def test_parameters_about_programs_hold_for_one_and_the_same(world):
    add_program(world, slug="training", mode="training", stage="delivered")
    assert [find(noun, "mode=supply&stage=delivered") for noun in ("partnerships", "articles", "parties")] == [[]] * 3
    assert find("partnerships", "mode=training&stage=delivered") == ["france-ukraine"]
    assert find("articles", "mode=training&stage=delivered") == ["report"]


def test_deprecated_developments_do_not_count_for_articles_and_officials(world):
    world["development"].rank, world["development"].rank_reason = "deprecated", "superseded"
    ledger.record(world["development"])
    assert (find("articles", "mode=supply"), find("officials", "mode=supply")) == ([], [])
    assert find("developments", "rank=deprecated") == ["rockets-agreed"]


def test_statements_on_a_partnership_have_its_parties(world):
    whole = make.make_development(partnership=world["partnership"], slug="whole", stage="")
    make.make_citation(world["article"], whole)
    ledger.publish([whole])
    assert sorted(find("developments", "party=france&party=ukraine")) == ["rockets-agreed", "whole"]
    assert sorted(find("developments", "partnership=france-ukraine")) == ["rockets-agreed", "whole"]
    assert find("developments", "mode=supply") == ["rockets-agreed"]


# Order


def test_default_order_is_newest_first_then_id(world):
    article = make.make_article(world["publisher"], slug="older", published=datetime.date(2026, 1, 1))
    ledger.publish([article])
    older = {**world, "article": article}
    add_program(older, slug="b", name="Same", date="2026-01-01", stage="contracted")
    add_program(older, slug="a", name="Same", date="2026-01-01", stage="interest")
    assert find("programs") == ["rockets-for-ukraine", "a", "b"]
    assert find("programs", "sort=-updated") == ["a", "b", "rockets-for-ukraine"]
    assert find("programs", "sort=name") == ["rockets-for-ukraine", "a", "b"]
    assert find("programs", "sort=-name") == ["a", "b", "rockets-for-ukraine"]
    assert find("programs", "sort=stage") == ["a", "rockets-for-ukraine", "b"]
    assert find("programs", "sort=-stage") == ["b", "rockets-for-ukraine", "a"]
    assert find("developments", "sort=stage") == ["a-interest", "rockets-agreed", "b-contracted"]
    assert find("articles") == ["report", "older"]
    assert find("articles", "sort=-updated") == ["older", "report"]


def test_parties_are_in_order_of_name_unless_asked(world):
    assert find("parties") == ["france", "ukraine"]
    assert find("parties", "sort=-name") == ["ukraine", "france"]
    france = world["program"].partnership.parties.get(slug="france")
    ledger.record(france)
    assert find("parties", "sort=updated") == ["france", "ukraine"]


def test_partnerships_without_a_day_come_last(world):
    idle = make.make_partnership(world["partnership"].parties.all(), slug="aaa")
    ledger.publish([idle])
    assert find("partnerships") == find("partnerships", "sort=-updated") == ["france-ukraine", "aaa"]


# What is refused
