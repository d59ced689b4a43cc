"""The nouns that are searched: what their lists show on a day, in which order, and what a line of the result prints."""

from dataclasses import dataclass, field

from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from cooperation.models import (
    Article,
    Development,
    Instrument,
    Official,
    Partnership,
    Party,
    Program,
    Publisher,
    System,
)

BY_NAME = (F("name"), F("slug"))


@dataclass(frozen=True)
class Noun:
    """One noun; `relations` are those that a line of the result prints, `order` decides between equally good ones."""

    name: str
    label: str
    model: type
    relations: tuple = ()
    order: tuple = field(default=BY_NAME)

    def find_listed(self, as_of=None, known_on=None) -> QuerySet:
        """Return the rows that the list of the noun shows on the day."""
        public = self.model.objects.visible()
        if self.model is Program:
            return public.current(as_of, known_on)
        if self.model is Development:
            return public.known(as_of, known_on)
        return public.known(known_on) if self.model is Article else public

    def find_lines(self, keys, as_of=None, known_on=None):
        """Return the records with these primary keys that are still listed, in this order, with what a line prints."""
        rows = self.find_listed(as_of, known_on).select_related(*self.relations)
        if self.model is Development:
            rows = rows.with_citations(known_on)
        return rows.in_order(keys)


def _latest(column):
    return (F(column).desc(nulls_last=True), F("slug"))


NOUNS = (
    Noun("programs", _("Programs"), Program, ("partnership",), _latest("latest_then")),
    Noun("partnerships", _("Partnerships"), Partnership, (), _latest("latest_day")),
    Noun("systems", _("Systems"), System, ("parent",)),
    Noun("parties", _("Parties"), Party, ("parent",)),
    Noun("officials", _("Officials"), Official, ("party",)),
    Noun("instruments", _("Instruments"), Instrument, ("provider",)),
    Noun("publishers", _("Publishers"), Publisher),
    Noun("articles", _("Articles"), Article, ("publisher",), _latest("published")),
    Noun(
        "developments",
        _("Developments"),
        Development,
        ("program__partnership", "partnership"),
        _latest("effective_day"),
    ),
)
NAMES = {noun.model: noun.name for noun in NOUNS}
NOUN_LABELS = {noun.name: noun.label for noun in NOUNS}
