"""What both readers answer: rows by column, each with its number in the file; what is wrong with a file or a row."""

from dataclasses import dataclass, field

from cooperation import text
from cooperation.bundles.report import BundleError, Place, Problem

MAX_BYTES = 50_000_000
MAX_CELL = 5_000  # characters
MAX_ROWS = 200_000


@dataclass(frozen=True)
class Row:
    """One row of data: `number` as an editor or a spreadsheet shows it, and its cells by our name of the column.

    `problem` says why its cells cannot be told apart, where they cannot.
    """

    number: int
    cells: dict = field(default_factory=dict)
    problem: str = ""


@dataclass
class Table:
    """The rows of data of one file, the day it speaks of, and what is worth knowing beside them."""

    file: str
    rows: list
    day: object = None
    notes: list = field(default_factory=list)


class Refused(Exception):
    """Something of ours that cannot be taken as it is; the message says why."""


class NotOurs(Exception):
    """Something that is no matter of this portal; the message says why."""


def unreadable(file, row, message, column=""):
    """Return the error with which a whole file is refused."""
    return BundleError([Problem(Place(file, row, column), message)])


def fold_name(value):
    """Return the form in which spellings are compared: words alone, without case, accents, stray signs and spaces."""
    return " ".join(text.words(str(value)))


def find_columns(header, wanted, needed, file, row):
    """Return `{our name: position}` for a `header` (texts); of columns that bear the same name the first counts.

    `wanted` is `{our name: (spelling, …)}`; raise BundleError that lists all of `needed` (our names) that are missing.
    """
    positions = {}
    for position, name in enumerate(header):
        positions.setdefault(fold_name(name or ""), position)
    found = {
        ours: next(positions[fold_name(name)] for name in names if fold_name(name) in positions)
        for ours, names in wanted.items()
        if any(fold_name(name) in positions for name in names)
    }
    missing = [wanted[ours][0] for ours in wanted if ours in needed and ours not in found]
    if missing:
        raise unreadable(file, row, f"the header lacks {', '.join(f'“{name}”' for name in missing)}.")
    return found


def check_cell(value, file, row):
    """Refuse a file in which a cell is far longer than anything that is expected, or cannot be stored."""
    if isinstance(value, str):
        if len(value) > MAX_CELL:
            raise unreadable(file, row, f"a cell is longer than {MAX_CELL:,} characters.")
        if "\0" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
            raise unreadable(file, row, "a cell holds a character that cannot be stored (NUL or half of a pair).")
