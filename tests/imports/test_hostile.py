"""Files that are not what they say: an error in words with the place, or a row refused; nothing is written."""

import datetime
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cooperation.bundles.report import BundleError
from cooperation.imports import packages, registers, workbooks
from tests.imports.making import DAY, KIEL_HEADER, SIPRI_HEADER, deal, gift, register, tracker

CRLF = register(deal()).replace(b"\n", b"\r\n")


def read_csv(data):
    return registers.read_register(data, "deals.csv")


def read_xlsx(data):
    return packages.read_packages(data, "aid.xlsx", DAY)


def read_or_refuse(read, data):
    """Return the name of the file that was read, or the sentence with which it was refused."""
    try:
        return read(data).file
    except BundleError as error:
        return str(error)


def refusal(read, data):
    with pytest.raises(BundleError) as caught:
        read(data)
    return str(caught.value)


@pytest.mark.parametrize("data", [register(deal()), b"\xef\xbb\xbf" + register(deal()), CRLF])
def test_register_is_read_with_byte_order_mark_and_with_either_line_end(data):
    table = read_csv(data)
    assert ([row.number for row in table.rows], table.day) == ([13], datetime.date(2025, 1, 20))
    assert (table.rows[0].cells["designation"], table.rows[0].cells["local"]) == ("ROCKET-30", "No")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "deals.csv, line 1: is empty."),
        (b"  \n", "deals.csv, line 1: is empty."),
        (b"PK\x03\x04", "deals.csv, line 1: is a workbook or an archive; export the register as CSV."),
        (b"<html>", "deals.csv, line 1: no line begins with “SIPRI AT Database ID”, as the header of an export does."),
        (register(deal(designation="Cr\0tale")), "deals.csv, line 13: holds a NUL byte; this is no CSV text."),
        (register(deal(designation="Côte")).decode().encode("latin-1"), "deals.csv, line 13: is not UTF-8 text."),
        (register(deal(), header=""), "deals.csv, line 1: no line begins with “SIPRI AT Database ID”"),
        (
            register(deal(), SIPRI_HEADER, deal()),
            "deals.csv, line 14: is a second header; import one export at a time.",
        ),
        (
            register(deal(), header=SIPRI_HEADER.replace("Delivery year,", "Order date,")),
            "deals.csv, line 12: the header names “order date” twice.",
        ),
        (
            register(deal(), header=SIPRI_HEADER.replace("Delivery year,", "").replace("Status,", "")),
            "deals.csv, line 12: the header lacks “Delivery year”, “Status”.",
        ),
        (register(deal(designation="x" * 5001)), "deals.csv, line 13: a cell is longer than 5,000 characters."),
        (register(deal(designation="x" * 200_000)), "deals.csv, line 13: is not CSV: field larger than field limit"),
        (register(deal(designation='"open')), "deals.csv, line 13: is not CSV: unexpected end of data."),
        (register(deal(), generated="some day"), "deals.csv, line 10: “some day” is no day that can be read"),
        (register(deal(), generated="31 February 2025"), "“31 February 2025” is no day that can be read"),
        (register(deal()).replace(b"Data generated", b"Made"), "do not say “Data generated: …”; give the day with"),
        (register(deal()).decode().encode("utf-16"), "deals.csv, line 1: holds a NUL byte"),
    ],
)
def test_file_that_is_no_register_is_refused_in_words(data, words):
    assert words in refusal(read_csv, data)


@pytest.mark.parametrize("written", ["20 January 2025", "Mon, Jan 20, 2025", "2025-01-20 13:24", "20 Jan 2025, 13:24"])
def test_day_of_the_export_is_read_in_the_usual_forms(written):
    assert read_csv(register(deal(), generated=written)).day == DAY


def test_formula_in_a_cell_of_the_register_is_text():
    assert read_csv(register(deal(designation="=1+1"))).rows[0].cells["designation"] == "=1+1"


def pack(parts, **options):
    """Return an archive of `{name: content}`."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def repack(data, **changes):
    """Return a workbook with parts added or replaced."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return pack(parts | {name.replace("__", "/").replace("_dot_", "."): content for name, content in changes.items()})


def test_sheet_is_found_by_its_name_and_columns_by_theirs():
    header = dict(reversed(KIEL_HEADER.items())) | {"item": "ITEMS "}
    table = read_xlsx(tracker(gift(), {}, gift(item=None), header=header, sheet="bilateral assistance main data"))
    assert [(row.number, row.cells["item"]) for row in table.rows] == [(2, "Rocket-30"), (4, None)]
    assert table.notes == []


def test_missing_columns_are_named():
    header = {k: v for k, v in KIEL_HEADER.items() if k not in ("units", "source", "source_4")}
    assert "the header lacks “No. of Units”, “Source of Aid 1”." in refusal(read_xlsx, tracker(gift(), header=header))
    header = {k: v for k, v in KIEL_HEADER.items() if k != "source_4"}
    assert read_xlsx(tracker(gift(), header=header)).notes == [
        "columns that are missing, and were done without: Source of Aid 4"
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "aid.xlsx, line 1: is empty."),
        (register(deal()), "aid.xlsx, line 1: is no XLSX workbook, or a broken one."),
        (pack({"a.txt": "no workbook"}), "aid.xlsx, line 1: cannot be read as a workbook"),
        (tracker(sheet="Other"), "has no sheet “Bilateral Assistance, MAIN DATA”; its sheets are “Other”."),
        (tracker(gift(item="x" * 5001)), "aid.xlsx, line 2: a cell is longer than 5,000 characters."),
        (repack(tracker(gift()), xl__vbaProject_dot_bin=b"x"), "carries macros; save it as a workbook without."),
        (
            repack(tracker(gift()), xl__worksheets__sheet1_dot_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
            "declares a document type or entities in xl/worksheets/sheet1.xml",
        ),
        (
            repack(tracker(gift()), xl__worksheets__sheet1_dot_xml='<?xml version="1.0"?><a/>'.encode("utf-16")),
            "declares a document type or entities in xl/worksheets/sheet1.xml",
        ),
        (
            repack(tracker(gift()), xl__worksheets__sheet1_dot_xml=b"<worksheet>" + b"<row/>" * 2_000_000),
            "holds a part that unpacks to more than 200 times its size.",
        ),
        (repack(tracker(gift()), xl__workbook_dot_xml=b"<workbook"), "cannot be read as a workbook"),
        (pack({str(number): "" for number in range(501)}), "has more than 500 parts."),
        (tracker(gift())[:-400], "is no XLSX workbook, or a broken one."),
    ],
)
def test_file_that_is_no_tracker_is_refused_in_words(data, words):
    assert words in refusal(read_xlsx, data)


def test_workbook_that_would_unpack_to_too_much_is_not_opened(monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 1_000_000)
    assert "would unpack to more than 1 MB." in refusal(read_xlsx, pack({"a.xml": "ab" * 600_000}))


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(workbooks, "MAX_ROWS", 2)
    monkeypatch.setattr(registers, "MAX_ROWS", 13)
    assert "line 3: has more than 2 rows." in refusal(read_xlsx, tracker(gift(), gift()))
    assert "has more than 13 rows" in refusal(read_csv, register(deal(), deal(), deal()))


def test_day_of_the_tracker_is_that_of_its_latest_announcement_that_is_past():
    rows = [gift(announced=datetime.datetime(year, 1, 1)) for year in (2022, 2023, 2262)]
    assert packages.read_packages(tracker(*rows), "aid.xlsx").day == datetime.date(2023, 1, 1)
    words = refusal(lambda data: packages.read_packages(data, "aid.xlsx"), tracker(gift(announced="03/2022")))
    assert words == "aid.xlsx, line 1: no announcement has a day, so the file has none; give it with --day."


WORKBOOK = tracker(gift(), gift(package="FRM2"))


@given(st.lists(st.tuples(st.integers(0, len(WORKBOOK) - 1), st.integers(0, 255)), min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_broken_workbook_is_read_or_refused_in_words(changes):
    data = bytearray(WORKBOOK)
    for place, value in changes:
        data[place] = value
    assert read_or_refuse(read_xlsx, bytes(data)).startswith("aid.xlsx")


@given(st.binary(max_size=300), st.integers(0, len(CRLF)))
@settings(max_examples=150, deadline=None)
def test_broken_register_is_read_or_refused_in_words(noise, place):
    assert read_or_refuse(read_csv, CRLF[:place] + noise + CRLF[place:]).startswith("deals.csv")
