"""A table: the columns of a noun, and its rows read block by block in a given order."""

from dataclasses import dataclass

from django.urls import reverse

from cooperation.exports.columns.column import ADDRESS, MOMENT, Column, linked, own
from cooperation.exports.columns.words import COMMON, EXTERNAL, NAMES
from cooperation.models.keys import as_rows


@dataclass(frozen=True)
class Table:
    """All columns of a noun. `page` names the address of a record's own page."""

    noun: str
    page: str
    columns: tuple
    links: tuple = ()

    @property
    def fields(self):
        """Return the model's columns that a row takes."""
        used = [field for part in (*self.columns, *self.links) for field in part.fields]
        return tuple(dict.fromkeys(("pk", "slug", *used)))

    def read(self, rows, keys, asked):
        """Return the values of each column for the rows of the queryset `rows` with the primary `keys`, in their order.

        A key without a row is left out: it has been withdrawn meanwhile.
        """
        fields = self.fields
        found = {row[0]: row for row in rows.filter(pk__in=as_rows(keys)).order_by().values_list(*fields)}
        ordered = [found[key] for key in keys if key in found]
        block = dict(zip(fields, zip(*ordered, strict=True), strict=True)) if ordered else dict.fromkeys(fields, ())
        prefix = asked.root + reverse(self.page, args=["-"]).removesuffix("-/")
        block["url"] = [f"{prefix}{slug}/" for slug in block["slug"]]
        for link in self.links:
            link.fill(block, asked)
        return [column.read(block) for column in self.columns]


def identity():
    """Return the columns by which a record is found."""
    return (
        own("id", *COMMON["id"], "id", "slug"),
        linked("url", *COMMON["url"], ADDRESS),
    )


def names():
    """Return the columns of a name in three languages."""
    return (
        own("name", *NAMES["name"]),
        *(_kept(f"name_{language}", NAMES[language], "names", language) for language in ("fr", "uk")),
    )


def keeping():
    """Return the columns that every noun ends with."""
    return (
        *(_kept(name, EXTERNAL[name], "external_ids", name) for name in EXTERNAL),
        own("created", *COMMON["created"], MOMENT),
        own("modified", *COMMON["modified"], MOMENT),
    )


def aliases():
    """Return the column of other names."""

    def read_aliases(block):
        return [tuple(aliases) for aliases in block["aliases"]]

    return (Column("aliases", *NAMES["aliases"], read_aliases, fields=("aliases",), has_many=True),)


def _kept(name, words, field, key):
    """Return the column of one key of a mapping."""

    def read_key(block):
        return [mapping.get(key, "") for mapping in block[field]]

    return Column(name, *words, read_key, fields=(field,))
