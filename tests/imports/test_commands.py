"""The commands: report, exit codes, the mapping that remembers."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from cooperation.bundles.loader import load_paths
from cooperation.models import Article, Development, Program
from tests.bundles.conftest import manage
from tests.bundles.test_processes import another_load
from tests.imports.making import MAPPING, WORLD, deal, gift, make_world, register, tracker

pytestmark = pytest.mark.django_db
SAMPLE = Path(__file__).resolve().parents[1] / "samples" / "sipri.csv"


@pytest.fixture
def mapping(tmp_path):
    path = tmp_path / "mapping.yaml"
    path.write_text(MAPPING)
    return path


def run(command, path, mapping, *options):
    call_command(command, str(path), "--mapping", str(mapping), *options)


def test_report_tells_rows_by_reason_and_their_sum(capsys, mapping):
    make_world()
    run("import_sipri", SAMPLE, mapping, "--dry-run")
    assert capsys.readouterr().out.splitlines() == [
        "refused: 1 row (17): SIPRI does not know the supplier; a partnership needs both",
        "refused: 1 row (18): the party “Made-up Front*” is not known here",
        "refused: 1 row (20): the system “Imaginary” is not known here",
        "refused: 2 rows (21, 22): Numbers delivered “1,200” is no plain whole number",
        "refused: 1 row (23): Order date “0000” is no year",
        "not of this portal: 1 row (19): “Mistral SH”: The ship class, not the missile.",
        "merged: 1 row (25): together with row 24",
        "merged: 1 row (26): repeats row 24",
        "to be filled in under parties: party “Made-up Front*”, 1 row",
        "to be filled in under systems: system “Imaginary”, 1 row",
        "Dry run, nothing written: 13 created, 0 updated, 0 unchanged, 0 left over, 0 withdrawn, 0 rejected",
        "sipri.csv, as of 2025-01-20: 14 rows of data: 5 used, 2 merged, 1 not of this portal, 6 refused",
    ]
    assert Program.objects.count() == 1


def test_json_tells_every_row(capsys, mapping):
    make_world()
    run("import_sipri", SAMPLE, mapping, "--json")
    told = json.loads(capsys.readouterr().out)
    assert told["counts"] == {"used": 5, "merged": 2, "not of this portal": 1, "refused": 6}
    assert [row["row"] for row in told["rows"]] == list(range(13, 27))
    assert told["rows"][0] == {"row": 13, "outcome": "used", "reason": "sipri-900001"}
    assert (told["day"], told["dry_run"], len(told["created"])) == ("2025-01-20", False, 13)


def test_unknown_values_are_written_into_the_mapping_and_remembered(capsys, tmp_path):
    make_world()
    path, mapping = tmp_path / "deals.csv", tmp_path / "mapping.yaml"
    path.write_bytes(register(deal(supplier="Frence")))
    run("import_sipri", path, mapping, "--write-mapping")
    assert (
        mapping.read_text()
        == """parties:
  "Frence":  # 1 row; france?

units:
  "SAM":  # 1 row

categories:
  "Missiles":  # 1 row; missile?
"""
    )
    capsys.readouterr()
    run("import_sipri", path, mapping)
    assert "the party “Frence” waits to be filled in in the mapping, line 2; " in capsys.readouterr().out
    filled = mapping.read_text().replace('"Frence":', "Frence: france").replace('"SAM":', "SAM: missile")
    mapping.write_text(filled.replace('"Missiles":', "Missiles: missile"))
    run("import_sipri", path, mapping)
    assert "1 row of data: 1 used" in capsys.readouterr().out
    assert Development.objects.get(slug="sipri-900001-order").state == "draft"


def test_bundle_that_is_written_loads_back_unchanged(capsys, tmp_path, mapping):
    make_world()
    path, bundle = tmp_path / "aid.xlsx", tmp_path / "aid.yaml"
    path.write_bytes(tracker(gift(delivered=3, value=2.5), gift(package="FRM2", source=".")))
    run("import_kiel", path, mapping, "--bundle", str(bundle), "--day", "2025-01-20")
    report = load_paths([bundle])
    assert (report.rejected, len(report.unchanged), len(report.created)) == ([], 10, 0)
    assert Article.objects.filter(state="draft").count() == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "rejected"),
        (register(deal(), generated="20 January 2999"), "lies in the future"),
    ],
)
def test_refused_file_exits_with_one_and_writes_nothing(capsys, tmp_path, mapping, content, words):
    make_world()
    path = tmp_path / "deals.csv"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=r"Nothing was written\.") as caught:
        run("import_sipri", path, mapping)
    assert caught.value.returncode == 1
    assert words in capsys.readouterr().out
    assert (Article.objects.count(), Program.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda path, mapping: path.unlink(), "cannot be read: No such file or directory."),
        (lambda path, mapping: mapping.unlink(), "cannot be read: No such file or directory."),
        (lambda path, mapping: mapping.write_text("parties: 5"), "mapping.yaml, line 1, parties: is a mapping"),
    ],
)
def test_file_or_mapping_that_cannot_be_read_is_told(tmp_path, mapping, change, words):
    path = tmp_path / "deals.csv"
    path.write_bytes(register(deal()))
    change(path, mapping)
    with pytest.raises(CommandError) as caught:
        run("import_sipri", path, mapping)
    assert (words in str(caught.value), caught.value.returncode) == (True, 1)


def test_mapping_that_cannot_be_added_to_stops_before_anything_is_written(tmp_path, mapping):
    make_world()
    path = tmp_path / "deals.csv"
    path.write_bytes(register(deal()))
    mapping.write_text("units: {SAM: missile}\ncategories: {Missiles: missile}\n")
    with pytest.raises(CommandError, match="write one spelling a line"):
        run("import_sipri", path, mapping, "--write-mapping")
    assert Program.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_import_says_that_a_load_runs(own_database, tmp_path, mapping):
    world, path = tmp_path / "world.yaml", tmp_path / "deals.csv"
    world.write_text(WORLD)
    path.write_bytes(register(deal()))
    assert manage(own_database, "load_articles", str(world)).returncode == 0
    arguments = ("import_sipri", str(path), "--mapping", str(mapping))
    with another_load(own_database):
        second = manage(own_database, *arguments)
    sentence = "CommandError: A load is running on this database; try again when it is done."
    assert (second.returncode, second.err.strip()) == (3, sentence)
    done = manage(own_database, *arguments)
    assert (done.returncode, done.err) == (0, "")
    assert done.out.endswith("1 row of data: 1 used, 0 merged, 0 not of this portal, 0 refused\n")
