"""What a column is: a name that never changes, words in the reader's language, a type, and how a row gives its value.

CSV, XLSX and the data dictionary share these definitions. Rows are read in blocks, and a block is a mapping from the
model's columns to their values, one for each row, with what links put beside them. There are no model objects and no
rows in between: a hundred thousand of either take seconds to make.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

SEPARATOR = "; "  # between the values of a cell that has several

# What stands in the cells of a column.
TEXT, CODE, ID, DATE, DAY = "text", "code", "id", "date", "day"
MOMENT, NUMBER, FLAG, ADDRESS = "moment", "number", "flag", "address"
TYPES = {
    TEXT: (_("text"), _("Words; line breaks are kept.")),
    CODE: (_("code"), _("A value of a code list; it is the same in all languages.")),
    ID: (_("id"), _("The id of a record, as in its address.")),
    DATE: (_("date as written"), _("An EDTF date such as 2026-02-09, 2026-02, 2025~ or ../2022-12-31.")),
    DAY: (_("day"), _("A day as 2026-02-09.")),
    MOMENT: (_("point in time"), _("A point in time as 2026-02-09T08:30:00Z.")),
    NUMBER: (_("number"), _("A number with a point before its decimals and nothing between its digits.")),
    FLAG: (_("yes or no"), _("The words true or false.")),
    ADDRESS: (_("address"), _("An address on the web.")),
}

LABEL_OF = _("The label of the code beside it, in the language of the address.")
NAME_OF = _("The name, in the language of the address; in English where it has none in that language.")


@dataclass(frozen=True)
class Column:
    """One column; `read` gives its values in a block, with words in the active language.

    `fields` are the model's columns that it looks at; with `has_many` a value is a tuple.
    """

    name: str
    label: Any
    description: Any
    read: Callable[[dict], Sequence]
    type: str = TEXT
    fields: tuple = ()
    codes: Any = None
    has_many: bool = False


def own(name, label, description, type_=TEXT, field=None):
    """Return the column of a model's own column."""
    field = field or name
    return Column(name, label, description, itemgetter(field), type_, (field,))


def linked(name, label, description, type_=TEXT, has_many=False):
    """Return the column of what a link has put into the row under the same name."""
    return Column(name, label, description, itemgetter(name), type_, has_many=has_many)


def coded(name, codes, label, description, field=None, fields=None):
    """Return two columns: a code and its label; `fields` is empty where a link puts the code into the row."""
    field = field or name
    fields = (field,) if fields is None else fields

    def read_labels(block):
        labels = find_labels(codes, get_language())
        return [labels.get(value, "") for value in block[field]]

    return (
        Column(name, label, description, itemgetter(field), CODE, fields, codes),
        Column(f"{name}_label", in_words(label), LABEL_OF, read_labels),
    )


def named(name, label, description):
    """Return two columns of a linked record: its id and its name."""

    def read_ids(block):
        return [record.slug if record else "" for record in block[name]]

    def read_names(block):
        return [record.local_name if record else "" for record in block[name]]

    return (
        Column(name, label, description, read_ids, ID),
        Column(f"{name}_name", in_words(label), NAME_OF, read_names),
    )


def named_many(name, label, description, link=None):
    """Return two columns of several linked records, in one order: their ids and their names."""
    link = link or name

    def read_ids(block):
        return [tuple(record.slug for record in records) if records else () for records in block[link]]

    def read_names(block):
        return [tuple(record.local_name for record in records) if records else () for records in block[link]]

    return (
        Column(name, label, description, read_ids, ID, has_many=True),
        Column(f"{name}_name", in_words(label), NAME_OF, read_names, has_many=True),
    )


def in_words(label):
    """Return the label of the column that has the words for another one's codes or ids."""
    return format_lazy("{} ({})", label, _("in words"))


@lru_cache(maxsize=256)
def find_labels(codes, language):
    """Return `{value: label}` of a code list in the active language, which is `language`."""
    return {code.value: str(code.label) for code in codes}
