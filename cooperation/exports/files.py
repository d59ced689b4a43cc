"""The formats in which a list can be taken away: how each is called, where it stands and what it is."""

from dataclasses import dataclass

from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

ROWS, CLAIMS = "rows", "developments"  # the parameter, and its value, that asks for claims instead of programs
NOT_KEPT = ("page", "page_size")  # a file has the whole list


@dataclass(frozen=True)
class Kind:
    """A format; `name` is part of the names of its addresses, `label` what a reader knows it by."""

    name: str
    label: str
    suffix: str
    content_type: str


CSV = Kind("csv", "CSV", ".csv", "text/csv; charset=utf-8")
XLSX = Kind("xlsx", "Excel (XLSX)", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
JSON = Kind("json", "JSON", ".json", "application/json")
ATOM = Kind("atom", _("Atom feed"), ".atom", "application/atom+xml; charset=utf-8")
TABLES, KINDS = (CSV, XLSX, JSON), (CSV, XLSX, JSON, ATOM)


@dataclass(frozen=True)
class Offer:
    """A page in one format: the address keeps what the page was asked."""

    kind: Kind
    address: str

    @property
    def media_type(self):
        """Return the type without parameters, as links name it."""
        return self.kind.content_type.partition(";")[0]


def offer(page, query, taken, kinds=KINDS, **more):
    """Return an `Offer` for each of `kinds` of the page at the path `page`.

    What the QueryDict `query` asks stays, as far as `taken` names the parameter; `more` comes behind it.
    """
    names = set(taken) - set(NOT_KEPT)
    kept = [(name, value) for name, values in query.lists() if name in names for value in values if value]
    asked = urlencode([*kept, *more.items()])
    return [Offer(kind, f"{page.rstrip('/')}{kind.suffix}{'?' if asked else ''}{asked}") for kind in kinds]
