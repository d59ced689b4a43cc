"""Bitmaps with changes behind them, held against a plain replay; folds lose nothing."""

import random

import pytest
from pyroaring import BitMap

from cooperation.facets import stored
from cooperation.facets.stored import (
    RENEWED,
    Changes,
    append,
    fold,
    fold_many,
    forget,
    read_all,
    read_stored,
    serialize,
    write,
)
from cooperation.models import FacetBitmap, FacetChange

pytestmark = pytest.mark.django_db
KEYS = range(1, 30)
VALUES = [("mode", "supply"), ("mode", "training"), ("stage", "agreed"), ("stage", "pledged")]
FACETS = ["mode", "stage"]


def replay(rows, facet, bitmaps):
    """Apply `rows`, the oldest first, one after the other."""
    found = {value: set(records) for value, records in bitmaps.items()}
    for of, value, records in rows:
        if of == RENEWED:
            found = {value: kept - set(BitMap.deserialize(records)) for value, kept in found.items()}
        elif of == facet:
            found[value] = found.get(value, set()) | set(BitMap.deserialize(records))
    return {value: records for value, records in found.items() if records}


def draw_keys(chance):
    return BitMap(chance.sample(KEYS, chance.randint(0, 6)))


def draw_edition(chance):
    """Return what an edition looked at anew, and the values that it found."""
    renewed = draw_keys(chance)
    return renewed, {name: records for name in VALUES if (records := renewed & draw_keys(chance))}


@pytest.mark.parametrize("seed", range(20))
def test_changes_are_summed_up_as_if_one_by_one(seed):
    chance = random.Random(seed)
    bitmaps, rows = {"supply": BitMap(KEYS), "training": draw_keys(chance)}, []
    for renewed, values in (draw_edition(chance) for _ in range(chance.randint(0, 8))):
        rows.append((RENEWED, "", serialize(renewed)))
        rows += [(*name, serialize(records)) for name, records in values.items()]
    once = Changes(rows[::-1]).apply("mode", bitmaps)
    assert {value: set(records) for value, records in once.items()} == replay(rows, "mode", bitmaps)
    assert Changes(rows[::-1]).apply("mode", once) == once
    assert all(once[value] is bitmaps[value] for value in bitmaps if once.get(value) == bitmaps[value])


def write_editions(chance, count, start=0):
    for number in range(start, start + count):
        append(f"edition {number}", "programs", *draw_edition(chance))


def read_values():
    return {facet: read.bitmaps for facet, read in read_stored("programs", FACETS, {}).items()}


@pytest.mark.parametrize("seed", range(5))
def test_fold_changes_no_answer(seed):
    chance = random.Random(seed)
    write("programs", {name: draw_keys(chance) for name in VALUES})
    write_editions(chance, 10)
    before = read_values()
    for left in (10, 5, 0):
        fold("programs")
        forget(left)
        assert FacetChange.objects.count() <= left
        assert read_values() == before
    assert {(row.facet, row.value) for row in FacetBitmap.objects.all()} == {
        (facet, value) for facet, values in before.items() for value in values
    }


def test_what_is_known_is_carried_on_in_one_query(django_assert_num_queries):
    chance = random.Random(1)
    write_editions(chance, 5)
    known = read_stored("programs", FACETS, {})
    write_editions(chance, 5, start=5)
    fold("programs")
    forget(FacetChange.objects.filter(pk__gte=known["mode"].last[0]).count() + 3)
    with django_assert_num_queries(1):
        carried = read_stored("programs", FACETS, known)
    whole = read_stored("programs", FACETS, {})
    assert {facet: read.bitmaps for facet, read in carried.items()} == {f: read.bitmaps for f, read in whole.items()}
    with django_assert_num_queries(1):
        assert read_stored("programs", FACETS, carried) == carried


@pytest.mark.parametrize("facet", FACETS)
def test_facet_is_carried_on_without_those_that_it_was_read_with(facet, django_assert_num_queries):
    append("one", "programs", BitMap([1]), {("mode", "supply"): BitMap([1]), ("stage", "agreed"): BitMap([1])})
    known = read_stored("programs", FACETS, {})
    append("two", "programs", BitMap([2]), {("mode", "supply"): BitMap([2]), ("stage", "pledged"): BitMap([2])})
    with django_assert_num_queries(1):
        carried = read_stored("programs", [facet], known)
    assert carried[facet].bitmaps == read_values()[facet]
    with django_assert_num_queries(1):
        assert read_stored("programs", [facet], carried)[facet].bitmaps == carried[facet].bitmaps


@pytest.mark.parametrize("lose", ["fold", "restore"])
def test_what_cannot_be_carried_on_is_read_whole(lose, django_assert_num_queries):
    """A fold took away the change up to which it was read, or another database has taken the place of that one."""
    write_editions(random.Random(1), 3)
    known = read_stored("programs", FACETS, {})
    if lose == "fold":
        write_editions(random.Random(2), 1, start=3)
        fold("programs")
        forget()
    else:
        FacetChange.objects.update(edition="another one")
    with django_assert_num_queries(2):
        read = read_stored("programs", FACETS, known)
    assert {facet: r.bitmaps for facet, r in read.items()} == read_values()


def test_rows_and_changes_are_read_in_one_statement(django_assert_num_queries):
    write("programs", {("mode", "supply"): BitMap([1, 2])})
    append("edition", "programs", BitMap([2, 3]), {("mode", "supply"): BitMap([3])})
    with django_assert_num_queries(1):
        read = read_stored("programs", ["mode"], {})
    assert read["mode"].bitmaps == {"supply": BitMap([1, 3])}


def test_only_many_changes_are_folded(monkeypatch):
    write_editions(random.Random(1), 6)
    count = FacetChange.objects.count()
    monkeypatch.setattr(stored, "LEFT", 8)
    monkeypatch.setattr(stored, "MOST", count)
    fold_many(["programs"])
    assert (FacetChange.objects.count(), FacetBitmap.objects.count()) == (count, 0)
    before = read_values()
    monkeypatch.setattr(stored, "MOST", count - 1)
    fold_many(["programs"])
    assert 0 < FacetChange.objects.count() <= 8
    assert read_values() == before
    whole = FacetChange.objects.filter(facet=RENEWED).values_list("edition", flat=True)
    assert set(FacetChange.objects.values_list("edition", flat=True)) == set(whole)  # no edition is cut


def test_value_that_nobody_has_loses_its_row():
    write("programs", {("mode", "supply"): BitMap([1])})
    append("edition", "programs", BitMap([1]), {})
    assert read_values()["mode"] == {}
    assert read_all("programs") == [(("mode", "supply"), BitMap())]
    fold("programs")
    assert FacetBitmap.objects.count() == 0
    assert read_all("programs") == []
