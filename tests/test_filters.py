"""Filtersets: what each parameter finds, what it refuses, and that none is missing."""

import datetime

import pytest
from django.http import QueryDict
from django.utils import translation

from cooperation import ledger
from cooperation.choices import Language, Mode
from cooperation.filters import FILTERS, RecordFilter, RecordsFilter
from cooperation.models import Development, Program, System
from tests import factories as make
from tests.keeping import once

pytestmark = pytest.mark.django_db

SETTLED = "derived by the ledger for its own work"
LOOKED_AT = "read on the page, not asked for"
FIGURE = "a figure means nothing without its qualifier and unit; compared on the page"
EXEMPT = {
    "public": SETTLED,
    "state": "all that is listed is published",
    "place": SETTLED,
    "created": "`modified_since` answers what is new",
    "names": "`q` looks in them",
    "aliases": "`q` looks in them",
    "external_ids": LOOKED_AT,
    "summary": "`q` looks in a partnership's; a development's is read",
    "text": "`q` looks in abstracts and passages; full texts are for signed-in readers and answer nobody",
    "text_kind": "decides who reads the text, not what is found",
    "said_as": LOOKED_AT,
    "said_by_party": "`official` asks for speakers; a party's own statements are read on its page",
    "position": "`q` and `party` find officials",
    "address": LOOKED_AT,
    "started": LOOKED_AT,
    "started_earliest": "the bounds of `started`",
    "started_latest": "the bounds of `started`",
    "parties": "the parameter is called `party`",
    "date": "`since` and `until` ask the effective day",
    "earliest": "`since` and `until` ask the effective day",
    "latest": "`since` and `until` ask the effective day",
    "reported_on": "`since` and `until` ask the effective day",
    "due": "promised days are listed by the evidence check",
    "due_earliest": "the bounds of `due`",
    "due_latest": "the bounds of `due`",
    "moves": LOOKED_AT,
    "counted_in": LOOKED_AT,
    "rank_reason": "`rank` asks for the verdict",
    "ceiling_amount": FIGURE,
    "ceiling_currency": FIGURE,
    **{f"quantity_{part}": FIGURE for part in ("value", "min", "max", "qualifier", "unit", "basis", "per")},
    **{f"amount_{part}": FIGURE for part in ("value", "min", "max", "qualifier", "currency")},
}
# Fields whose parameter has another name.
PARAMETERS = {
    "slug": "id",
    "search_text": "q",
    "name": "q",
    "title": "q",
    "modified": "modified_since",
    "latest_day": "since",
    "effective_day": "since",
    "published": "since",
    "systems": "system",
    "instruments": "instrument",
    "makers": "maker",
    "said_by_official": "official",
}
SYSTEM_PARENT = "system"  # a system stands for its family


@pytest.fixture
def world():
    return make.make_world()


def bind(noun, query=""):
    filterset = FILTERS[noun]
    rows = filterset.Meta.model.objects.visible()
    return filterset(QueryDict(query), queryset=rows.current() if noun == "programs" else rows)


def find(noun, query=""):
    filterset = bind(noun, query)
    assert filterset.is_valid(), filterset.errors
    return [row.slug for row in filterset.qs]


def read_errors(noun, query):
    filterset = bind(noun, query)
    assert list(filterset.qs) == []
    return {name: list(sentences) for name, sentences in filterset.errors.items()}


def find_parameter(model, field):
    return SYSTEM_PARENT if (model, field) == (System, "parent") else PARAMETERS.get(field, field)


def test_there_is_a_filterset_for_every_noun():
    assert list(FILTERS) == [
        "programs",
        "developments",
        "partnerships",
        "articles",
        "parties",
        "officials",
        "systems",
        "instruments",
        "publishers",
    ]
    assert all(issubclass(filterset, RecordFilter) for filterset in FILTERS.values())


@pytest.mark.parametrize("noun", FILTERS)
def test_every_field_can_be_filtered_or_is_exempt(noun):
    filterset = FILTERS[noun]
    model = filterset.Meta.model
    fields = [f.name for f in (*model._meta.concrete_fields, *model._meta.many_to_many) if not f.primary_key]
    missing = [f for f in fields if find_parameter(model, f) not in filterset.base_filters and f not in EXEMPT]
    assert missing == []


def test_every_exemption_is_of_a_field():
    models = [filterset.Meta.model for filterset in FILTERS.values()]
    fields = {f.name for model in models for f in (*model._meta.concrete_fields, *model._meta.many_to_many)}
    assert set(EXEMPT) - fields == set()


def find_real_value(noun, name, world):
    """Return a value of the parameter that the one record of `noun` in `world` answers to."""
    row = world[bind(noun).qs.model.__name__.lower()]
    values = {
        "q": row.slug,
        "id": row.slug,
        "modified_since": "2020-01-01",
        "sort": "-name",
        "party": "ukraine",
        "mode": "supply",
        "stage": "agreed",
        "phase": "promise",
        "category": "missile",
        "role": "recipient",
        "country": "ua",
        "since": "2026-02-09",
        "until": "2026-02-09",
        "as_of": "2026-02-09",
        "known_on": "2026-02-09",
        "maker": "france",
        "provider": "france",
        "language": "en",
        "rank": "normal",
        "channel": "telegram",
        "credibility": "2",
        "reliability": "C",
        "parent": "france",
        "kind": getattr(row, "kind", ""),
    }
    return values.get(name) or world[name].slug


@pytest.fixture
def full_world():
    return make_full_world()


@once
def make_full_world():
    """Make a world, and give the records the columns that a minimal record leaves empty."""
    world = make.make_world()
    for key, fields in {
        "development": {"channel": "telegram", "credibility": "2"},
        "article": {"channel": "telegram"},
        "publisher": {"reliability": "C"},
    }.items():
        for name, value in fields.items():
            setattr(world[key], name, value)
        ledger.record(world[key])
    ukraine, france = world["partnership"].parties.order_by("-slug")
    ukraine.parent = france
    ledger.record(ukraine)
    return {**world, "party": ukraine}


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


def add_program(world, stage="agreed", date="2026-02-09", **fields):
    program = make.make_program(world["partnership"], **fields)
    development = make.make_development(program, stage=stage, date=date, slug=f"{program.slug}-{stage}")
    make.make_citation(world["article"], development)
    ledger.publish([program, development])
    return program


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


def test_unknown_codes_are_named_with_what_is_allowed():
    assert read_errors("programs", "mode=supply&mode=gift&phase=x") == {
        "mode": [f"“gift” is not known; use one of {', '.join(Mode.values)}."],
        "phase": ["“x” is not known; use one of talk, promise, work, result, stopped."],
    }
    assert read_errors("articles", "language=xx") == {
        "language": [f"“xx” is not known; use one of {', '.join(Language.values)}."]
    }
    assert read_errors("parties", "sort=stage") == {
        "sort": ["“stage” is not known; use one of updated, -updated, name, -name."]
    }


@pytest.mark.parametrize("hide", ["draft", "withdrawn", "unknown"])
def test_hidden_records_answer_as_unknown_ones(hide):
    if hide != "unknown":
        secret = make.make_party(slug="secret")
        ledger.publish([secret] if hide == "withdrawn" else [])
        ledger.withdraw([secret] if hide == "withdrawn" else [])
    sentence = "“secret” is not known; use an id from the list of parties."
    assert read_errors("programs", "party=secret") == {"party": [sentence]}
    assert read_errors("parties", "id=secret") == {"id": [sentence]}


@pytest.mark.parametrize("day", ["2026-02", "2026-02-30", "20260209", "9.2.2026", "2026-W07-1", "٢٠٢٦-٠٢-٠٩", "now"])
def test_only_whole_days_are_days(day):
    assert read_errors("programs", f"since={day}") == {"since": [f"“{day}” is not a day; write it as 2026-02-09."]}


@pytest.mark.parametrize(
    "moment", ["2020", "2026-02-30", "2026-02-09T25:00", "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:00-14:00", "x"]
)
def test_what_is_no_moment_is_refused(moment):
    assert list(read_errors("programs", f"modified_since={moment}")) == ["modified_since"]


@pytest.mark.parametrize("zone", ["", "Z", "%2B02:00", "+02:00", "-0500"])
def test_moments_may_carry_a_zone(zone, world):
    assert find("programs", f"modified_since=2020-01-01T00:00:00{zone}") == ["rockets-for-ukraine"]


def test_moments_are_exact(world):
    Program.objects.update(modified=datetime.datetime(2026, 2, 9, 12, tzinfo=datetime.UTC))
    assert find("programs", "modified_since=2026-02-09T14:00:00%2B02:00") == ["rockets-for-ukraine"]
    assert find("programs", "modified_since=2026-02-09T12:00:01Z") == []
    assert find("programs", "modified_since=2026-02-09") == ["rockets-for-ukraine"]
    assert find("programs", "modified_since=2026-02-10") == []


ABUSES = {
    "a null byte": ("%00", "Null characters are not allowed."),
    "100,000 characters": ("a" * 100_000, "“aaaaaaaaaaaaaaaaaaaa…” is too long; use at most 200 characters."),
    "5,000 digits": ("9" * 5_000, "“99999999999999999999…” is too long; use at most 200 characters."),
}


@pytest.mark.parametrize("noun", FILTERS)
@pytest.mark.parametrize("abuse", ABUSES)
def test_abuse_of_any_parameter_is_a_form_error(noun, abuse, django_assert_num_queries):
    value, sentence = ABUSES[abuse]
    for name in FILTERS[noun].base_filters:
        with django_assert_num_queries(0):
            assert read_errors(noun, f"{name}={value}") == {name: [sentence]}


@pytest.mark.parametrize("name", ["mode", "party", "id"])
def test_a_thousand_values_are_too_many(name, django_assert_num_queries):
    with django_assert_num_queries(0):
        errors = read_errors("programs", "&".join(f"{name}=v{n}" for n in range(1000)))
    assert errors == {name: ["1000 values are too many; use at most 50."]}


def test_200_characters_of_words_are_answered(world):
    assert find("programs", "q=" + "u+" * 99) == ["rockets-for-ukraine"]
    assert find("developments", "q=" + "r+" * 99) == ["rockets-agreed"]


@pytest.mark.parametrize("noun", FILTERS)
def test_empty_parameters_count_as_not_given(noun, world):
    query = "&".join(f"{name}=" for name in FILTERS[noun].base_filters)
    assert find(noun, query) == find(noun) == find(noun, query.replace("=", "=+"))


# What pages and API read from the class


def test_unknown_parameters_are_named_and_known_ones_are_not():
    filterset = FILTERS["programs"]
    assert filterset.find_unknown_parameters(QueryDict("q=a&zebra=1&page=2&page_size=9&as_off=1")) == [
        "as_off",
        "zebra",
    ]
    assert {"q", "id", "sort", "party", "page", "page_size"} <= set(filterset.allowed_parameters())
    assert "since" not in FILTERS["parties"].allowed_parameters()


def test_form_offers_the_chosen_records_and_no_others(world):
    filterset = bind("programs", "party=france&party=nobody")
    assert filterset.is_valid() is False
    assert list(filterset.form.fields["party"].choices) == [("france", "France"), ("nobody", "nobody")]
    assert list(filterset.form.fields["system"].choices) == []


@pytest.mark.parametrize("noun", FILTERS)
def test_every_field_of_the_form_has_a_label_and_no_row_is_doubled(noun, world):
    assert all(field.label for field in bind(noun).form.fields.values())
    assert len(find(noun)) == len(set(find(noun)))


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_takes_one_query_and_one_for_all_its_record_parameters(count, world, django_assert_num_queries):
    for n in range(count - 1):
        add_program(world, slug=f"p-{n}", roles={"supplier": [world["official"].party]})
    with django_assert_num_queries(2):
        assert len(find("programs", "party=france&party=ukraine&partnership=france-ukraine&mode=supply")) == count


@pytest.mark.parametrize("noun", FILTERS)
def test_records_of_all_parameters_are_found_in_one_query(noun, full_world, django_assert_num_queries):
    names = [name for name, f in FILTERS[noun].base_filters.items() if isinstance(f, RecordsFilter)]
    given = "&".join(f"{name}={find_real_value(noun, name, full_world)}" for name in names)
    filterset = bind(noun, given)
    with django_assert_num_queries(1):
        assert filterset.is_valid(), filterset.errors
    with django_assert_num_queries(0):
        shown = {name: filterset.form.fields[name].choices for name in names}
        assert all(label for choices in shown.values() for _, label in choices)
    assert [slug for name in names for slug, _ in shown[name]] == [pair.split("=")[1] for pair in given.split("&")]


def test_same_id_under_two_parameters_is_looked_up_for_each(world):
    assert find("parties", "id=france&party=france&parent=") == ["france"]
    assert list(read_errors("systems", "party=rocket&system=rocket")) == ["party"]


def test_chips_name_records_in_the_language_of_the_reader(world):
    france = world["program"].roles_held.get(role="supplier").party
    france.names = {"uk": "Франція"}
    ledger.record(france)
    with translation.override("uk"):
        filterset = bind("programs", "party=france")
        assert filterset.is_valid()
        assert list(filterset.form.fields["party"].choices) == [("france", "Франція")]


def test_one_program_with_many_links_is_one_row(world):
    others = [make.make_system() for _ in range(3)]
    ledger.publish(others)
    ledger.record(world["program"], systems=[world["system"], *others])
    assert find("programs", "category=missile&party=france&q=rocket") == ["rockets-for-ukraine"]
    assert Development.objects.count() == len(find("developments", "category=missile"))
