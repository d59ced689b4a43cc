"""Bytes of an XLSX workbook to the stored values of one sheet, with everything refused that could harm or surprise.

Before a workbook is opened its archive is looked at: how many parts it has, how large they become, whether one carries
macros or declares entities. Formulas are not computed: what a cell answers is the value that was stored with it.
"""

import io
import re
import warnings
import zipfile
import zlib
from itertools import islice
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from cooperation.imports.tables import MAX_BYTES, MAX_ROWS, check_cell, fold_name, unreadable

MAX_PARTS = 500
MAX_UNPACKED = 300_000_000
MAX_RATIO = 200  # a sheet of one repeated value reaches about 100
MAX_COLUMNS = 300
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError),
    *(InvalidFileException, ParseError, KeyError, IndexError, ValueError, TypeError, AttributeError),
    OverflowError,
)  # what openpyxl and the modules below it raise over a file that is not what it says
_FORBIDDEN = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
_CHUNK = 1_000_000


def read_sheet(data, file, name):
    """Yield (row number, tuple of values) for each row of the sheet `name` that is not empty.

    Raise BundleError in words if it is no workbook, if it is not safe to open, or if it has no such sheet.
    """
    _check_archive(data, file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells which features of Excel it passes over
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheet = _find_sheet(book, name, file)
            sheet.reset_dimensions()  # what a sheet says of its own size need not be true
            yield from _read_rows(sheet, file)
    except BROKEN as error:
        raise unreadable(
            file, 1, f"cannot be read as a workbook: {str(error)[:200] or type(error).__name__}"
        ) from error


def _read_rows(sheet, file):
    rows = sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)
    for number, values in enumerate(islice(rows, MAX_ROWS + 1), 1):
        if number > MAX_ROWS:
            raise unreadable(file, number, f"has more than {MAX_ROWS:,} rows.")
        if any(value is not None and value != "" for value in values):
            for value in values:
                check_cell(value, file, number)
            yield number, values


def _find_sheet(book, name, file):
    for title in book.sheetnames:
        if fold_name(title) == fold_name(name):
            return book[title]
    titles = ", ".join(f"“{title}”" for title in book.sheetnames)
    raise unreadable(file, 1, f"has no sheet “{name}”; its sheets are {titles}.")


def _check_archive(data, file):
    if not data:
        raise unreadable(file, 1, "is empty.")
    if len(data) > MAX_BYTES:
        raise unreadable(file, 1, f"is larger than {MAX_BYTES // 1_000_000} MB.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            problem = _find_problem(archive)
    except BROKEN as error:
        raise unreadable(file, 1, "is no XLSX workbook, or a broken one.") from error
    if problem:
        raise unreadable(file, 1, problem)


def _find_problem(archive):
    """Return why the archive is not safe to open as a workbook, empty if it is."""
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        return f"has more than {MAX_PARTS} parts."
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        return f"would unpack to more than {MAX_UNPACKED // 1_000_000} MB."
    if any(part.file_size > MAX_RATIO * max(part.compress_size, 1) + 10_000 for part in parts):
        return f"holds a part that unpacks to more than {MAX_RATIO} times its size."
    if any(
        part.filename.lower().endswith((".bin", ".exe", ".dll")) and "vba" in part.filename.lower() for part in parts
    ):
        return "carries macros; save it as a workbook without."
    if any(part.flag_bits & 1 for part in parts):
        return "is encrypted."
    for part in parts:
        if _declares_entities(archive, part):
            return f"declares a document type or entities in {part.filename[:80]}, which no workbook needs."
    return ""


def _declares_entities(archive, part):
    """Whether the part holds such a declaration, or is XML written so that one could hide; also checks its sum."""
    tail, is_xml = b"", part.filename.lower().endswith((".xml", ".rels"))
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            if (is_xml and b"\0" in chunk) or _FORBIDDEN.search(tail + chunk):
                return True
            tail = chunk[-10:]
    return False
