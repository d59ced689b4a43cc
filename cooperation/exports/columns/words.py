"""The label and the description of columns that several nouns have."""

from django.utils.translation import gettext_lazy as _

COMMON = {
    "id": (_("Id"), _("The id of the record; it never changes.")),
    "url": (_("Page"), _("The page of the record in the portal.")),
    "created": (_("Created"), _("When the record came into the portal.")),
    "modified": (_("Changed"), _("When the record was last changed in the portal.")),
}
NAMES = {
    "name": (_("Name"), _("The name in English, in every language of the address.")),
    "fr": (_("Name in French"), _("Empty where the portal has none.")),
    "uk": (_("Name in Ukrainian"), _("Empty where the portal has none.")),
    "aliases": (_("Other names"), _("Other names, in any script.")),
}
EXTERNAL = {
    "wikidata": ("Wikidata", _("The id of the same thing in Wikidata.")),
    "sipri": ("SIPRI", _("The id of the same thing in the data of SIPRI.")),
    "kiel": ("Kiel", _("The id of the same thing in the data of the Kiel Institute.")),
}
DAYS = {
    "latest_day": (
        _("Latest day"),
        _("The latest day on which something that counts happened, up to the day asked about."),
    ),
}
SAID = {
    "said_by": (_("Said by"), _("The official or party who said it first; empty if the article itself is the origin.")),
    "said_as": (_("Said as"), _("The office as spoken.")),
    "channel": (_("Channel"), _("Where it was said first; empty if not stated.")),
}
FIGURES = {
    "value": (_("number"), _("The number as stated; empty if there is none, and never 0 for an unknown one.")),
    "min": (_("smallest"), _("The lower end of a span.")),
    "max": (_("largest"), _("The upper end of a span.")),
    "qualifier": (
        _("qualifier"),
        _("How exactly it is stated, or why there is no number; empty if no figure is stated at all."),
    ),
    "unit": (_("unit"), _("What is counted, in the singular.")),
    "basis": (_("basis"), _("Whether the number counts all so far or so many more.")),
    "per": (_("per"), _("The time span of a rate; rates are never summed.")),
    "currency": (_("currency"), _("ISO 4217 code of three letters.")),
}
