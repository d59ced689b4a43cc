"""Rows as XLSX: typed cells under a heading that stays, and a second sheet that says what the file is.

openpyxl makes the workbook with its heading, styles and second sheet. The rows are put between by hand, block by block:
a cell as an object takes openpyxl a minute for a hundred thousand rows.
"""

import datetime
import tempfile
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils.datetime import to_excel
from openpyxl.writer.excel import save_workbook

from cooperation.exports.cells import build_cell
from cooperation.exports.dictionary import describe_columns

MOST_ROWS = 100_000  # which takes as long as a reader may be asked to wait
FORMATS = {datetime.date: "yyyy-mm-dd", datetime.datetime: "yyyy-mm-dd hh:mm:ss"}
SHEET, END = "xl/worksheets/sheet1.xml", b"</sheetData>"
NOTHING = "<c/>"
BOLD = Font(bold=True)
WIDTHS = (24, 70, 24, 70, 90)  # of the second sheet, in characters


def write_xlsx(file, selection, about):
    """Write the selection into the open binary `file`; `about` is (label, text) pairs for the second sheet."""
    with tempfile.TemporaryFile() as frame:
        styles = _write_frame(frame, selection, about)
        with ZipFile(frame) as parts, ZipFile(file, "w", ZIP_DEFLATED) as package:
            for name in parts.namelist():
                if name != SHEET:
                    package.writestr(name, parts.read(name))
            before, end, after = parts.read(SHEET).partition(END)
            with package.open(SHEET, "w", force_zip64=True) as sheet:
                sheet.write(before)
                for rows in _stream_rows(selection, styles):
                    sheet.write(rows)
                sheet.write(end + after)


def _write_frame(file, selection, about):
    """Write the workbook without its rows; return the number of the style of each type that has one."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet(selection.noun)
    sheet.freeze_panes = "A2"
    sheet.append([_text(sheet, column.name, BOLD) for column in selection.table.columns])
    styles = {}
    for type_, number_format in FORMATS.items():
        cell = WriteOnlyCell(sheet)
        cell.number_format = number_format
        styles[type_] = cell.style_id
    _write_about(workbook.create_sheet("about"), selection.table, about)
    save_workbook(workbook, file)
    return styles


def _write_about(sheet, table, about):
    for letter, width in zip("ABCDE", WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for label, text in about:
        sheet.append([_text(sheet, label, BOLD), _text(sheet, text)])
    sheet.append([])
    headings = (_("Column"), _("Label"), pgettext("of a column", "Type"), _("Description"), _("Codes"))
    sheet.append([_text(sheet, heading, BOLD) for heading in headings])
    for described in describe_columns(table):
        words = (described.name, described.label, described.type, described.description, described.codes_in_words)
        sheet.append([_text(sheet, word) for word in words])


def _text(sheet, text, font=None):
    """Return a cell that stays a text, whatever it begins with."""
    cell = WriteOnlyCell(sheet, build_cell(str(text)))
    cell.data_type = "s"
    if font:
        cell.font = font
    return cell


def _stream_rows(selection, styles):
    """Yield the rows as the bytes of a sheet, block by block."""
    for block in selection.stream_blocks():
        columns = [_write_values(values, styles) for values in block]
        yield "".join(f"<row>{''.join(row)}</row>" for row in zip(*columns, strict=True)).encode()


def _write_values(values, styles):
    """Return the cells of a column: most values come again and again, and each is written once."""
    cells = {value: _write_value(value, styles) for value in set(values)}
    return [cells[value] for value in values]


def _write_value(value, styles):
    if value is None or value == "" or value == ():
        return NOTHING
    cell = build_cell(value)
    if isinstance(cell, str):
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    if isinstance(cell, bool):
        return f'<c t="b"><v>{cell:d}</v></c>'
    if isinstance(cell, datetime.date):
        return f'<c s="{styles[type(cell)]}"><v>{to_excel(cell)}</v></c>'
    return f"<c><v>{cell}</v></c>"
