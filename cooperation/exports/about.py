"""What a file says of itself beside its rows: where it comes from, its day and licence, and how to cite it."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from cooperation.exports.citations import build_citation, pin


@dataclass(frozen=True)
class About:
    """The address of the rows, pinned to its days, and how to cite them; days that were not asked about are None."""

    address: str
    as_of: object
    known_on: object
    citation: str
    licence: str

    def in_words(self, count):
        """Return (label, text) pairs for the second sheet of a workbook with `count` rows."""
        return [
            (_("Query"), self.address),
            (_("As of"), str(self.as_of or _("today"))),
            (_("As known on"), str(self.known_on or _("today"))),
            (_("Made on"), str(timezone.localdate())),
            (_("Rows"), str(count)),
            (_("Licence"), self.licence),
            (_("Cite as"), self.citation),
        ]


def build_about(title, address, query, day):
    """Return what is to be said of the list at `address` (its page), asked with the QueryDict `query`."""
    as_of, known_on = day.get("as_of"), day.get("known_on")
    pinned = pin(address, query, as_of, known_on)
    citation = build_citation(title, pinned, as_of, known_on, timezone.localdate())
    return About(pinned, as_of, known_on, citation, settings.PORTAL_LICENCE)
