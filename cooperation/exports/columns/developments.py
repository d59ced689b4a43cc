"""Developments as a table: one row a claim, with the source that reported it first."""

from collections import defaultdict

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cooperation.choices import Basis, Channel, Credibility, Mode, Per, Qualifier, Rank, Reliability, Stage
from cooperation.exports.columns.column import ADDRESS, DATE, DAY, FLAG, ID, NUMBER, TEXT, coded, linked, named, own
from cooperation.exports.columns.table import Table, identity, keeping
from cooperation.exports.columns.words import FIGURES, SAID
from cooperation.models import Citation, Development, Official, Partnership, Party, Program, Publisher
from cooperation.models.keys import as_rows

SOURCE = ("article", "article_title", "article_address", "published", "publisher_id", "reliability", "quote")
OF_ARTICLE = ("slug", "title", "address", "published", "publisher", "publisher__reliability")
CITED = (*(f"article__{field}" for field in OF_ARTICLE), "quote")
NO_SOURCE = ("", "", "", None, None, "", "")


class Subject:
    """Puts the program, its mode and the partnership into a block; a statement on the whole has no program."""

    fields = ("program_id", "program__mode", "program__partnership_id", "partnership_id")

    def fill(self, block, asked):
        """Ask for the programs and for the partnerships."""
        programs = asked.find_named(Program, block["program_id"])
        block["program"] = [programs.get(key) for key in block["program_id"]]
        whole = zip(block["program__partnership_id"], block["partnership_id"], strict=True)
        keys = [of_program or own_ for of_program, own_ in whole]
        partnerships = asked.find_named(Partnership, keys)
        block["partnership"] = [partnerships.get(key) for key in keys]
        block["mode"] = [mode or "" for mode in block["program__mode"]]


class Speaker:
    """Puts the official or party who said it under `said_by`."""

    fields = ("said_by_official_id", "said_by_party_id")

    def fill(self, block, asked):
        """Ask for the officials and for the parties."""
        officials = asked.find_named(Official, block["said_by_official_id"])
        parties = asked.find_named(Party, block["said_by_party_id"])
        keys = zip(block["said_by_official_id"], block["said_by_party_id"], strict=True)
        block["said_by"] = [officials.get(official) or parties.get(party) for official, party in keys]


class Container:
    """Puts the id of the development that contains this one under `counted_in`."""

    fields = ("counted_in_id",)

    def fill(self, block, asked):
        """Ask once."""
        keys = set(block["counted_in_id"]) - {None}
        found = dict(Development.objects.visible().filter(pk__in=as_rows(keys)).order_by().values_list("pk", "slug"))
        block["counted_in"] = [found.get(key, "") for key in block["counted_in_id"]]


class Sources:
    """Puts the first public citation into a block, and the ids of all articles known by the day that report it."""

    fields = ()

    def fill(self, block, asked):
        """Ask for the citations and for the publishers."""
        cited = Citation.objects.known(known_on=asked.day.get("known_on")).filter(development__in=as_rows(block["pk"]))
        ordered = cited.order_by("article__published", "article__slug", "start").values_list("development", *CITED)
        told = defaultdict(list)
        for key, *citation in ordered:
            told[key].append(citation)
        firsts = [told[key][0] if key in told else NO_SOURCE for key in block["pk"]]
        block.update(zip(SOURCE, zip(*firsts, strict=True) if firsts else [()] * len(SOURCE), strict=True))
        publishers = asked.find_named(Publisher, block["publisher_id"])
        block["publisher"] = [publishers.get(key) for key in block["publisher_id"]]
        block["articles"] = [tuple(dict.fromkeys(citation[0] for citation in told[key])) for key in block["pk"]]
        block["article_count"] = [len(articles) for articles in block["articles"]]


class NoBasis:
    """Empties the basis of a quantity where none is stated; the database keeps a default there."""

    fields = ("quantity_qualifier", "quantity_basis")

    def fill(self, block, asked):
        """Ask nothing."""
        stated = zip(block["quantity_basis"], block["quantity_qualifier"], strict=True)
        block["quantity_basis"] = [basis if qualifier else "" for basis, qualifier in stated]


def _figure_columns(figure, label, measure):
    """Return the columns that a quantity and an amount have in common."""

    def part(key, type_):
        return own(f"{figure}_{key}", *_figure_words(label, key), type_)

    return (
        *(part(key, NUMBER) for key in ("value", "min", "max")),
        *coded(f"{figure}_qualifier", Qualifier, *_figure_words(label, "qualifier")),
        part(measure, TEXT),
    )


def _figure_words(label, key):
    of_part, description = FIGURES[key]
    return format_lazy("{}: {}", label, of_part), description


PUBLISHER = _("Publisher")
QUANTITY = _("Quantity")
DEVELOPMENTS = Table(
    "developments",
    "development-detail",
    (
        *identity(),
        *named("program", _("Program"), _("What it is about; empty for a statement on a whole partnership.")),
        *named("partnership", _("Partnership"), _("The partnership of the program, or the one that it is about.")),
        *coded("mode", Mode, _("Mode"), _("The mode of the program."), fields=()),
        own("date", _("Date"), _("When it happened, as written."), DATE),
        own("effective_day", _("Effective day"), _("The latest day that the date and the first article allow."), DAY),
        own("reported_on", _("Reported on"), _("The day of the first article that reports it."), DAY),
        *coded("stage", Stage, _("Stage"), _("The stage that the words earn.")),
        own("moves", _("Moves"), _("Whether it can set the stage of the program."), FLAG),
        own("summary", _("Summary"), _("What is stated, in English.")),
        *_figure_columns("quantity", QUANTITY, "unit"),
        *coded("quantity_basis", Basis, *_figure_words(QUANTITY, "basis")),
        *coded("quantity_per", Per, *_figure_words(QUANTITY, "per")),
        *_figure_columns("amount", _("Amount"), "currency"),
        own("due", _("Due"), _("The promised day; empty if none is promised."), DATE),
        *named("said_by", *SAID["said_by"]),
        own("said_as", *SAID["said_as"]),
        *coded("channel", Channel, *SAID["channel"]),
        *coded("credibility", Credibility, _("Credibility"), _("How credible it is; empty if not graded.")),
        *coded("rank", Rank, _("Rank"), _("The editors’ verdict; a deprecated claim does not count.")),
        own("rank_reason", _("Reason of the rank"), _("Empty for the normal rank.")),
        linked("counted_in", _("Counted in"), _("The development that already contains this one; totals skip it."), ID),
        linked("article", _("Article"), _("The first article that reports it."), ID),
        linked("article_title", _("Title of the article"), _("As published.")),
        linked("article_address", _("Address of the article"), _("Where it can be read; empty if nowhere."), ADDRESS),
        *named("publisher", PUBLISHER, _("Who published the article.")),
        *coded("reliability", Reliability, _("Reliability"), _("Of the publisher; empty if not graded."), fields=()),
        linked("published", _("Published"), _("The day of the article."), DAY),
        linked("quote", _("Quote"), _("The words of the article that report it.")),
        linked("articles", _("Articles"), _("All articles that report it, the first one first."), ID, has_many=True),
        linked("article_count", _("Number of articles"), _("How many articles report it."), NUMBER),
        *keeping(),
    ),
    (Subject(), NoBasis(), Speaker(), Container(), Sources()),
)
