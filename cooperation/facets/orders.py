"""In which order the rows of a filterset come, and how many make one way of finding them sooner than another."""

from typing import NamedTuple

from django.db.models import F
from pyroaring import BitMap

from cooperation.models.keys import as_rows

FEW = 5_000  # keys that fit into one statement, and matches too rare to be met soon on the way back
MANY_ENOUGH = 500  # to look for the right days or stages instead of ordering all
STEP = 1_000  # rows read at first on a walk
GROWTH = 8
MANY = 200_000  # matches beyond which to go through all rows takes less time than to order them
MOST_WALKED = 200_000  # programs that are looked for by walking back
MOST_MET = 20_000  # rows among which those of a cursor's page are looked for
MOST_READ = 200_000  # rows at a time, which bounds the memory
MET = 8  # rows that are ordered in the time in which one is met
NAMES = 1_000  # names between which rows are looked for at a time
LEAST = 100  # rows that are ordered together, if there are so many


class Order(NamedTuple):
    """What rows are ordered by, as the parameter names it and as an expression, and whether it runs downwards."""

    name: str
    expression: object
    descends: bool

    @property
    def is_by_own_name(self):
        """Return whether the rows are ordered by a name that is their own."""
        return self.name == "name" and isinstance(self.expression, F)


def find_order(filterset):
    """Return the `Order` of the rows of a valid filterset."""
    asked, sort = filterset.form.cleaned_data["sort"], filterset.filters["sort"]
    return Order((asked or sort.default).removeprefix("-"), *sort.find_order(asked))


def is_soon_met(matching, stop):
    """Say whether to meet as many of the rows as `stop` among all others takes less time than to order the rows."""
    return len(matching) > FEW and stop / len(matching) * matching.max() * MET < len(matching)


def is_then(filterset):
    """Say whether the rows are programs of a past day, which have other latest days and stages."""
    return bool(filterset.day) and filterset.noun == "programs"


def as_asked(keys):
    """Return a bitmap of primary keys as a statement takes them."""
    return list(keys) if len(keys) <= FEW else as_rows(keys)


def list_by_name(filterset, first=None):
    """Yield the rows with some names after those with the names before; `NAMES` at a time, more where some share one.

    The rows come in the order of a filterset that is sorted by name, from the name `first` on, if it is given. A row
    has its name in one of the columns that this order compares, be it that of a record which it names.
    """
    _, expression, descends = find_order(filterset)
    rows = filterset.queryset.model._base_manager.order_by()
    columns = [column.name for column in ([expression] if isinstance(expression, F) else expression.source_expressions)]
    owner, _, name = columns[0].rpartition("__")
    named = rows.model._meta.get_field(owner).related_model._base_manager if owner else rows
    names = named.order_by(f"-{name}" if descends else name).values_list(name, flat=True)
    beyond, upto = ("lt", "gte") if descends else ("gt", "lte")
    after = {} if first is None else {"lte" if descends else "gte": first}
    while True:
        last = list(names.filter(**_compare(name, after))[NAMES - 1 : NAMES])
        end = {upto: last[0]} if last else {}
        keys = BitMap()
        for column in columns:
            between = rows.filter(**_compare(column, after | end)).exclude(**{column: None})
            keys.update(between.values_list("pk", flat=True))
        yield keys
        if not end:
            return
        after = {beyond: end[upto]}


def _compare(column, bounds):
    return {f"{column}__{how}": value for how, value in bounds.items()}


def order_by_slug(model, keys, after=""):
    """Yield (primary key, id) by id, as the database orders it, of those behind the id `after`.

    Of many, no more rows are read than are asked for.
    """
    rows = model.objects.order_by("slug").values_list("pk", "slug")
    rows, size = (rows.filter(pk__in=list(keys)), FEW + 1) if len(keys) <= FEW else (rows, STEP)
    while True:
        # Not through a cursor: PostgreSQL would order all rows before the first one of them could be read.
        read = list(rows.filter(slug__gt=after)[:size])
        yield from (row for row in read if row[0] in keys)
        if len(read) < size:
            return
        after, size = read[-1][1], min(size * GROWTH, MOST_READ)
