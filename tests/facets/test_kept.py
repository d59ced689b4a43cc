"""What a process keeps holds for one edition of the data, and never for what is not committed."""

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import translation

from cooperation import ledger
from cooperation.facets import count, kept
from cooperation.models import FacetChange
from tests import factories
from tests.facets.worlds import bind

pytestmark = pytest.mark.django_db(transaction=True)


def make_world():
    """Write the world in one transaction: its rows may be put back in any order."""
    with transaction.atomic():
        return factories.make_world()


def count_modes():
    counted = count(bind("programs"))
    return {value.value: value.count for facet in counted.facets if facet.name == "mode" for value in facet.values}


def test_second_count_reads_the_edition_alone(django_assert_num_queries):
    make_world()
    for queries in (3, 1):  # the edition; bitmaps and names
        filterset = bind("programs")
        assert filterset.is_valid()
        with django_assert_num_queries(queries):
            assert count(filterset).total == 1


def test_nothing_is_kept_as_well_as_something():
    make_world()
    read, asked = kept.read_index(), []
    for _ in range(2):
        assert read.keep_few(("sums", 1), lambda: asked.append(1)) is None
    assert asked == [1]


def test_every_public_write_is_counted():
    world = make_world()
    assert count_modes() == {"supply": 1}
    world["program"].mode = "training"
    ledger.record(world["program"])
    assert count_modes() == {"training": 1}
    ledger.withdraw([world["development"]])
    assert count_modes() == {}


def test_after_a_write_only_what_changed_is_read(django_assert_num_queries):
    world = make_world()
    assert count_modes() == {"supply": 1}
    before = {name: dict(bitmaps) for (noun, name), bitmaps in read_kept().items() if noun == "programs"}
    world["program"].mode = "training"
    ledger.record(world["program"])
    filterset = bind("programs")
    assert filterset.is_valid()
    with django_assert_num_queries(3):  # the edition; changes and names
        assert count(filterset).total == 1
    after = {name: bitmaps for (noun, name), bitmaps in read_kept().items() if noun == "programs"}
    assert (before["mode"].keys(), after["mode"].keys()) == ({"supply"}, {"training"})
    assert after["stage"]["agreed"] is before["stage"]["agreed"]
    renamed = bind("programs")
    world["party"].names = {"fr": "Autre nom"}
    ledger.record(world["party"])
    assert renamed.is_valid()
    with django_assert_num_queries(3):
        assert count(renamed).total == 1


def read_kept():
    (index,) = kept._kept.values()
    return index._bitmaps


def test_every_public_citation_is_counted():
    world = make_world()
    other = factories.make_publisher()
    article = factories.make_article(other)
    ledger.publish([other, article])

    def find_reported():
        return count(bind("programs", f"publisher={other.slug}")).total

    assert find_reported() == 0
    citation = factories.make_citation(article, world["development"])
    assert find_reported() == 1
    ledger.delete(citation)
    assert find_reported() == 0


def test_renamed_value_has_its_new_name_in_every_language():
    world = make_world()
    world["system"].names = {"uk": "Ракета"}
    ledger.record(world["system"])

    def find_labels():
        (system,) = [facet for facet in count(bind("programs")).facets if facet.name == "system"]
        return [value.label for value in system.values]

    assert find_labels() == ["Rocket"]
    with translation.override("uk"):
        assert find_labels() == ["Ракета"]
    world["system"].names = {"uk": "Снаряд"}
    ledger.record(world["system"])
    with translation.override("uk"):
        assert find_labels() == ["Снаряд"]


def test_what_is_rolled_back_is_not_kept():
    world = make_world()
    with transaction.atomic():
        world["program"].mode = "training"
        ledger.record(world["program"])
        assert count_modes() == {"training": 1}
        transaction.set_rollback(True)
    assert count_modes() == {"supply": 1}


def test_rebuilt_bitmaps_are_read_anew():
    make_world()
    FacetChange.objects.filter(facet="mode").delete()
    assert count_modes() == {}
    call_command("rebuild_facets", verbosity=0)
    assert count_modes() == {"supply": 1}


def test_nothing_is_kept_before_the_first_edition():
    factories.make_party()
    assert count(bind("programs")).total == 0
    assert None not in kept._kept


def test_records_of_parameters_are_kept_until_something_public_changes(django_assert_num_queries):
    world = make_world()
    query = f"party={world['party'].slug}"
    for queries in (2, 1):  # the edition, and the party
        filterset = bind("programs", query)
        with django_assert_num_queries(queries):
            assert filterset.is_valid()
    world["party"].name = "Another name"
    ledger.record(world["party"])
    renamed = bind("programs", query)
    assert renamed.is_valid()
    assert [party.name for party in renamed.form.cleaned_data["party"]] == ["Another name"]
    ledger.withdraw([world["party"]])
    assert not bind("programs", query).is_valid()


def test_what_no_parameter_finds_is_asked_again(django_assert_num_queries):
    make_world()
    for _ in range(2):
        filterset = bind("programs", "party=nobody")
        with django_assert_num_queries(2):
            assert not filterset.is_valid()
