"""The form of a filterset: what it offers, and what it asks the database."""

import pytest
from django.utils import translation

from cooperation import ledger
from cooperation.filters import FILTERS, RecordsFilter
from cooperation.models import Development
from tests import factories as make
from tests.filters.asking import add_program, bind, find, find_real_value, read_errors

pytestmark = pytest.mark.django_db


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
