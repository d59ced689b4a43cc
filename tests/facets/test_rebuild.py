"""`rebuild_facets` finds and mends what is damaged, and writes nothing where it is asked to check."""

import pytest
from django.core.management import call_command
from pyroaring import BitMap

from cooperation import ledger
from cooperation.facets import stored
from cooperation.facets.index import NOUNS
from cooperation.models import Development, FacetBitmap, FacetChange
from tests import factories
from tests.facets.worlds import read_bitmaps

pytestmark = pytest.mark.django_db


def run(capsys, *options):
    """Return the exit code and what the command printed."""
    code = 0
    try:
        call_command("rebuild_facets", *options)
    except SystemExit as error:
        code = error.code
    return code, capsys.readouterr().out.splitlines()


@pytest.fixture
def damaged():
    """A world with a bitmap that cannot be read, one too many, one wrong, one missing and a wrong place."""
    world = factories.make_world()
    for noun in NOUNS:
        stored.fold(noun)
    stored.forget()
    programs = FacetBitmap.objects.filter(noun="programs")
    programs.filter(facet="mode").update(records=b"nonsense")
    programs.filter(facet="stage").update(records=BitMap([7_000_000, 7_000_001]).serialize())
    programs.filter(facet="phase").delete()
    FacetBitmap.objects.create(
        noun="programs", facet="category", value="naval", records=BitMap([7_000_000]).serialize()
    )
    FacetBitmap.objects.filter(noun="developments", facet="rank").delete()
    Development.objects.update(place=5)
    return world


FOUND = [
    "rockets-agreed: has place 5, must have 19",
    "programs category naval: 0 programs are missing, 1 do not belong there",
    "programs mode supply: cannot be read",
    "programs stage agreed: 1 programs are missing, 2 do not belong there",
    "programs phase promise: 1 programs are missing, 0 do not belong there",
    "developments rank normal: 1 developments are missing, 0 do not belong there",
    "1 places and 5 facet values wrong",
]


def test_check_finds_what_is_damaged_and_writes_nothing(damaged, capsys):
    rows = sorted(FacetBitmap.objects.values_list("facet", "value", "pk"))
    for _ in range(2):
        assert run(capsys, "--check") == (1, FOUND)
    assert sorted(FacetBitmap.objects.values_list("facet", "value", "pk")) == rows
    assert Development.objects.get().place == 5


def test_rebuild_mends_what_is_damaged(damaged, capsys):
    assert run(capsys) == (0, ["1 places and 5 facet values renewed"])
    assert run(capsys, "--check") == (0, ["0 places and 0 facet values wrong"])
    assert read_bitmaps()["programs", "mode", "supply"] == {damaged["program"].pk}
    assert run(capsys) == (0, ["0 places and 0 facet values renewed"])


def test_rebuild_mends_what_a_wrong_change_left(capsys):
    world = factories.make_world()
    FacetChange.objects.filter(noun="programs", facet="mode").update(value="training")
    assert run(capsys, "--check") == (
        1,
        [
            "programs mode training: 0 programs are missing, 1 do not belong there",
            "programs mode supply: 1 programs are missing, 0 do not belong there",
            "0 places and 2 facet values wrong",
        ],
    )
    assert run(capsys) == (0, ["0 places and 2 facet values renewed"])
    assert run(capsys, "--check") == (0, ["0 places and 0 facet values wrong"])
    assert read_bitmaps()["programs", "mode", "supply"] == {world["program"].pk}


@pytest.mark.parametrize("facet", ["mode", stored.RENEWED])
def test_rebuild_mends_a_change_that_cannot_be_read(capsys, monkeypatch, facet):
    world = factories.make_world()
    before = read_bitmaps()
    FacetChange.objects.filter(noun="programs", facet=facet).update(records=b"nonsense")
    code, lines = run(capsys, "--check")
    assert (code, lines[-1]) == (1, f"0 places and {len(lines) - 1} facet values wrong")
    assert "programs mode supply: cannot be read" in lines
    assert all(line.startswith("programs") for line in lines[:-1])
    monkeypatch.setattr(stored, "MOST", 0)
    ledger.record(world["program"])  # what cannot be folded waits
    assert run(capsys, "--check") == (code, lines)
    assert run(capsys) == (0, [lines[-1].replace("wrong", "renewed")])
    assert run(capsys, "--check") == (0, ["0 places and 0 facet values wrong"])
    assert read_bitmaps() == before


def test_rebuild_if_empty_leaves_what_is_there(damaged, capsys):
    assert run(capsys, "--if-empty") == (0, [])
    assert run(capsys, "--check") == (1, FOUND)
    FacetBitmap.objects.all().delete()
    FacetChange.objects.all().delete()
    assert run(capsys, "--if-empty") == (0, ["1 places and 46 facet values renewed"])


def test_damaged_row_is_left_by_a_write_and_a_fold(damaged, capsys):
    ledger.record(damaged["program"])
    stored.fold("programs")
    assert "programs mode supply: cannot be read" in run(capsys, "--check")[1]
    run(capsys)
    assert run(capsys, "--check") == (0, ["0 places and 0 facet values wrong"])
