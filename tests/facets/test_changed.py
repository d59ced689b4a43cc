"""What can have changed from one edition to another, told by the rows that writes leave."""

import pytest
from django.core.management import call_command

from cooperation import ledger
from cooperation.facets import changed, stored
from cooperation.facets.changed import find_changed
from cooperation.models import Edition, FacetChange
from tests import factories

pytestmark = pytest.mark.django_db


def read_key():
    return Edition.objects.get().key


def tell(program, article):
    """Publish one more development of a program, and return the key of the edition that this begins."""
    development = factories.make_development(program)
    factories.make_citation(article, development)
    ledger.publish([development])
    return read_key(), development.pk


def test_changes_of_several_editions_come_together():
    world = factories.make_world()
    other = factories.make_program(world["partnership"])
    ledger.publish([other])
    before = read_key()
    _, first = tell(world["program"], world["article"])
    between, second = tell(other, world["article"])
    after, third = tell(other, world["article"])
    assert list(map(set, find_changed(before, after))) == [
        {world["program"].pk, other.pk},
        {world["development"].pk, first, second, third},
    ]
    assert list(map(set, find_changed(between, after))) == [{other.pk}, {second, third}]
    assert find_changed(after, before) is None


def test_draft_changes_nothing():
    world = factories.make_world()
    before = FacetChange.objects.count()
    factories.make_development(world["program"])
    assert FacetChange.objects.count() == before


def test_after_a_rebuild_anything_can_have_changed():
    world = factories.make_world()
    before = read_key()
    call_command("rebuild_facets", verbosity=0)
    assert find_changed(before, read_key()) is None
    rebuilt = read_key()
    after, told = tell(world["program"], world["article"])
    assert find_changed(before, after) is None
    assert told in find_changed(rebuilt, after).developments


def test_too_much_is_not_looked_at_one_by_one(monkeypatch):
    world = factories.make_world()
    before = read_key()
    tell(world["program"], world["article"])
    after, _ = tell(world["program"], world["article"])
    monkeypatch.setattr(changed, "MOST", 3)
    assert len(find_changed(before, after).developments) == 3
    monkeypatch.setattr(changed, "MOST", 2)
    assert find_changed(before, after) is None


def test_only_editions_whose_changes_are_left_can_be_followed(monkeypatch):
    world = factories.make_world()
    keys = [read_key(), *(tell(world["program"], world["article"])[0] for _ in range(3))]
    stored.forget(left=FacetChange.objects.filter(edition__in=keys[2:]).count())
    assert {change.edition for change in FacetChange.objects.all()} == set(keys[2:])
    assert [find_changed(key, keys[-1]) is None for key in keys] == [True, True, False, False]
