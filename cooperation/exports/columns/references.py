"""Parties, officials, systems, instruments, publishers and articles as tables."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from cooperation.choices import ArticleKind, Category, Channel, InstrumentKind, Language, PartyKind, Reliability
from cooperation.exports.columns.column import ADDRESS, DAY, NUMBER, coded, linked, named, named_many, own
from cooperation.exports.columns.developments import Speaker
from cooperation.exports.columns.links import Counts, Many, One
from cooperation.exports.columns.table import Table, aliases, identity, keeping, names
from cooperation.exports.columns.words import SAID
from cooperation.models import Citation, Party, Publisher, System
from cooperation.models.keys import as_rows

KIND = _("Kind")


def count_developments(articles, day):
    """Yield (article, developments that it reports) for the primary keys `articles`."""
    cited = Citation.objects.filter(article__in=as_rows(articles), development__public=True).order_by()
    return cited.values("article").annotate(n=Count("development", distinct=True)).values_list("article", "n")


PARTIES = Table(
    "parties",
    "party-detail",
    (
        *identity(),
        *names(),
        *aliases(),
        *coded("kind", PartyKind, KIND, _("What the party is.")),
        own("country", _("Country"), _("ISO 3166 code of two letters; empty if the party belongs to no country.")),
        *named("parent", _("Belongs to"), _("The party above, such as the state of a ministry.")),
        *keeping(),
    ),
    (One("parent", Party),),
)
OFFICIALS = Table(
    "officials",
    "official-detail",
    (
        *identity(),
        *names(),
        *aliases(),
        own("position", _("Position"), _("The office held, in English; empty if not stated.")),
        *named("party", _("Party"), _("For whom the official speaks.")),
        *keeping(),
    ),
    (One("party", Party),),
)
SYSTEMS = Table(
    "systems",
    "system-detail",
    (
        *identity(),
        *names(),
        *aliases(),
        *coded("category", Category, _("Category"), _("The kind of equipment.")),
        *named("parent", _("Family"), _("The family that the system belongs to.")),
        *named_many("makers", _("Makers"), _("Who makes it; empty if not stated.")),
        *keeping(),
    ),
    (One("parent", System), Many("makers", System.makers.through, "system", "party", Party)),
)
INSTRUMENTS = Table(
    "instruments",
    "instrument-detail",
    (
        *identity(),
        *names(),
        *aliases(),
        *coded("kind", InstrumentKind, KIND, _("What kind of money it gives.")),
        *named("provider", _("Provider"), _("Who gives the money; empty if not stated.")),
        own("ceiling_amount", _("Ceiling"), _("The most that it can give; empty if not stated."), NUMBER),
        own("ceiling_currency", _("Currency of the ceiling"), _("ISO 4217 code of three letters.")),
        *keeping(),
    ),
    (One("provider", Party),),
)
PUBLISHERS = Table(
    "publishers",
    "publisher-detail",
    (
        *identity(),
        *names(),
        *coded("kind", ArticleKind, KIND, _("What the publisher usually publishes.")),
        own("address", _("Address"), _("The publisher’s own site; empty if not stated."), ADDRESS),
        *coded("reliability", Reliability, _("Reliability"), _("How far it can be relied on; empty if not graded.")),
        *keeping(),
    ),
)
ARTICLES = Table(
    "articles",
    "article-detail",
    (
        *identity(),
        own("title", _("Title"), _("As published, or in our own words beside an abstract.")),
        *named("publisher", _("Publisher"), _("Who published the article.")),
        own("published", _("Published"), _("The day of the article."), DAY),
        *coded("language", Language, _("Language"), _("The language of the article.")),
        *coded("kind", ArticleKind, KIND, _("What kind of source it is.")),
        own("address", _("Address"), _("Where it can be read; empty if nowhere."), ADDRESS),
        *named("said_by", *SAID["said_by"]),
        own("said_as", *SAID["said_as"]),
        *coded("channel", Channel, *SAID["channel"]),
        linked("development_count", _("Developments"), _("How many public statements it reports."), NUMBER),
        *keeping(),
    ),
    (One("publisher", Publisher), Speaker(), Counts(("development_count",), count_developments)),
)
