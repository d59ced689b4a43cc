"""What filtersets refuse, and what they say of it."""

import datetime

import pytest
from django.http import QueryDict

from cooperation import ledger
from cooperation.choices import Language, Mode
from cooperation.filters import FILTERS
from cooperation.models import Program
from tests import factories as make
from tests.filters.asking import find, read_errors

pytestmark = pytest.mark.django_db


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
