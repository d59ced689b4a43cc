"""XLSX: typed cells under a heading that stays, texts that stay texts, and a second sheet that says what it is."""

import datetime

import pytest
from django.utils import translation
from django.utils.translation import gettext

from cooperation import ledger
from cooperation.exports.columns import TABLES
from tests import factories
from tests.exports.reading import read_csv, read_xlsx, rows_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return factories.make_world()


@pytest.mark.parametrize("noun", TABLES)
def test_rows_are_those_of_the_csv(world, client, noun):
    sheet = read_xlsx(client, f"/{noun}.xlsx").active
    assert [row["id"] for row in rows_of(sheet)] == [row["id"] for row in read_csv(client, f"/{noun}.csv")]
    assert [cell.value for cell in sheet[1]] == [column.name for column in TABLES[noun].columns]
    assert (sheet.title, sheet.freeze_panes) == (noun, "A2")


def test_cells_have_types(world, client):
    world["development"].refresh_from_db()
    world["development"].quantity = {"value": 6, "qualifier": "up-to", "unit": "missile"}
    ledger.record(world["development"])
    (row,) = rows_of(read_xlsx(client, "/developments.xlsx").active)
    assert (row["quantity_value"], row["quantity_min"], row["moves"]) == (6, None, True)
    assert row["effective_day"] == datetime.datetime(2026, 2, 9)
    assert abs(datetime.datetime.now(datetime.UTC).replace(tzinfo=None) - row["created"]) < datetime.timedelta(hours=1)


def test_text_is_never_a_formula_nor_an_error(world, client):
    names = ["=1+1", "#REF!", "-1", "@A", "+1", '=HYPERLINK("a")', "a\x1bb"]
    with ledger.writing():
        ledger.publish([factories.make_party(name=name) for name in names])
    sheet = read_xlsx(client, "/parties.xlsx").active
    column = [cell.value for cell in sheet[1]].index("name")
    cells = {row[column].value: row[column].data_type for row in sheet.iter_rows(min_row=2)}
    assert {name.replace("\x1b", "�") for name in names} <= set(cells)
    assert set(cells.values()) == {"s"}


def test_second_sheet_says_what_the_file_is(world, client, settings):
    settings.PORTAL_LICENCE = "CC0"
    workbook = read_xlsx(client, "/fr/programs.xlsx?as_of=2026-02-09&mode=supply")
    assert workbook.sheetnames == ["programs", "about"]
    about = [row[:2] for row in workbook["about"].iter_rows(values_only=True)]
    said = dict(about[:7])
    translation.activate("fr")
    assert said["Requête"] == "http://testserver/fr/programs/?mode=supply&as_of=2026-02-09"
    assert (said[gettext("As of")], said["Lignes"], said["Licence"]) == ("2026-02-09", "1", "CC0")
    assert "http://testserver/fr/programs/?mode=supply&as_of=2026-02-09" in said["À citer ainsi"]
    assert [row[0] for row in about[9:]] == [column.name for column in TABLES["programs"].columns]


def test_too_many_rows_are_refused_in_words(world, client, monkeypatch):
    monkeypatch.setattr("cooperation.api.files.MOST_ROWS", 0)
    answer = client.get("/programs.xlsx")
    sentence = "An XLSX file has at most 0 rows; narrow the list, or take the CSV file."
    assert (answer.status_code, answer.json()) == (400, {"detail": sentence, "code": "too_many_rows"})
