"""The data dictionary: what the columns of a table are, in words of the active language."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cooperation.choices import CODE_LISTS
from cooperation.exports.columns.column import SEPARATOR, TYPES

LIST_NAMES = {codes: name for name, codes in CODE_LISTS.items()}


@dataclass(frozen=True)
class Described:
    """A column as the dictionary shows it; `codes` are (value, label) pairs, `code_list` the name of their list."""

    name: str
    label: str
    type: str
    description: str
    codes: tuple
    code_list: str

    @property
    def codes_in_words(self):
        """Return the codes with their labels in one line."""
        return SEPARATOR.join(f"{value} = {label}" for value, label in self.codes)


def describe_columns(table):
    """Return the columns of a table in words."""
    return [_describe(column) for column in table.columns]


def describe_types():
    """Return (label, what stands in such a cell) for each type of column."""
    return [(str(label), str(description)) for label, description in TYPES.values()]


def _describe(column):
    label = str(TYPES[column.type][0])
    return Described(
        column.name,
        str(column.label),
        _("{type}, several").format(type=label) if column.has_many else label,
        str(column.description),
        tuple((code.value, str(code.label)) for code in column.codes or ()),
        LIST_NAMES.get(column.codes, ""),
    )
