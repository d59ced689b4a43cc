"""Programs and partnerships as tables."""

from django.db.models import Count
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cooperation.choices import Category, Mode, Phase, Role, Stage
from cooperation.exports.columns.column import (
    CODE,
    DATE,
    DAY,
    LABEL_OF,
    NUMBER,
    Column,
    coded,
    find_labels,
    in_words,
    linked,
    named,
    named_many,
    own,
)
from cooperation.exports.columns.links import Counts, Many, One, find_pairs, link
from cooperation.exports.columns.table import Table, identity, keeping, names
from cooperation.exports.columns.words import DAYS
from cooperation.models import Citation, Instrument, Partnership, Party, Program, ProgramRole, System
from cooperation.models.keys import as_rows


class Members:
    """Puts the parties of a row's partnership under `parties`."""

    fields = ("partnership_id",)

    def fill(self, block, asked):
        """Ask once for each partnership."""
        keys = block["partnership_id"]
        pairs = find_pairs(Partnership.parties.through, "partnership", "party", set(keys))
        parties = link(pairs, asked.find_named(Party, {party for _partnership, party in pairs}))
        block["parties"] = [parties.get(key, ()) for key in keys]


class Roles:
    """Puts the parties of each role under the role's code."""

    fields = ()

    def fill(self, block, asked):
        """Ask once for all roles."""
        held = ProgramRole.objects.filter(program__in=as_rows(block["pk"])).order_by()
        pairs = [((role, program), party) for program, role, party in held.values_list("program", "role", "party")]
        parties = link(pairs, asked.find_named(Party, {party for _held, party in pairs}))
        for role in Role.values:
            block[role] = [parties.get((role, key), ()) for key in block["pk"]]


def count_sources(programs, day):
    """Yield (program, developments that count, articles behind them) for the primary keys `programs`."""
    cited = Citation.objects.counted(**day).filter(development__program__in=as_rows(programs)).order_by()
    counted = cited.values("development__program").annotate(
        developments=Count("development", distinct=True), articles=Count("article", distinct=True)
    )
    return counted.values_list("development__program", "developments", "articles")


def count_programs(partnerships, day):
    """Yield (partnership, programs of the day) for the primary keys `partnerships`."""
    programs = Program.objects.visible().current(**day).filter(partnership__in=as_rows(partnerships)).order_by()
    return programs.values("partnership").annotate(n=Count("pk")).values_list("partnership", "n")


def _read_phases(block):
    return [PHASES.get(stage, "") for stage in block["stage_then"]]


def _read_phase_labels(block):
    labels = find_labels(Phase, get_language())
    return [labels.get(phase, "") for phase in _read_phases(block)]


def _read_categories(block):
    """Return those of the systems, else the program's own."""
    return [
        tuple(sorted({system.category for system in systems} or ({own_} - {""})))
        for systems, own_ in zip(block["systems"], block["category"], strict=True)
    ]


def _read_category_labels(block):
    labels = find_labels(Category, get_language())
    return [tuple(labels[category] for category in categories) for categories in _read_categories(block)]


def _role_columns(role):
    description = format_lazy(_("Who takes part as: {}; empty if nobody is named."), role.label)
    return named_many(role.value.replace("-", "_"), role.label, description, role.value)


PHASES = {stage.value: stage.phase.value for stage in Stage}
CATEGORIES = _("Categories")
PROGRAMS = Table(
    "programs",
    "program-detail",
    (
        *identity(),
        *names(),
        *named("partnership", _("Partnership"), _("The partnership that the program belongs to.")),
        *named_many("parties", _("Parties"), _("The parties of the partnership.")),
        *coded("mode", Mode, _("Mode"), _("The one way in which the parties work together.")),
        *coded(
            "stage",
            Stage,
            _("Stage"),
            _("How far the program was on the day asked about; empty if nothing said by then tells."),
            "stage_then",
        ),
        Column("phase", _("Phase"), _("The group of the stage."), _read_phases, CODE, ("stage_then",), Phase),
        Column("phase_label", in_words(_("Phase")), LABEL_OF, _read_phase_labels, fields=("stage_then",)),
        own("latest_day", *DAYS["latest_day"], DAY, "latest_then"),
        Column(
            "categories",
            CATEGORIES,
            _("Kinds of equipment: those of the systems, else the program’s own; empty if not stated."),
            _read_categories,
            CODE,
            ("category",),
            Category,
            has_many=True,
        ),
        Column("categories_label", in_words(CATEGORIES), LABEL_OF, _read_category_labels, has_many=True),
        *named_many("systems", _("Systems"), _("What the program is about; empty if no system is named.")),
        *(column for role in Role for column in _role_columns(role)),
        *named_many("instruments", _("Instruments"), _("Sources of money; empty if none is named.")),
        linked(
            "development_count", _("Developments"), _("How many statements count, up to the day asked about."), NUMBER
        ),
        linked("article_count", _("Articles"), _("How many articles stand behind them."), NUMBER),
        *keeping(),
    ),
    (
        One("partnership", Partnership),
        Members(),
        Many("systems", Program.systems.through, "program", "system", System, ("category",)),
        Roles(),
        Many("instruments", Program.instruments.through, "program", "instrument", Instrument),
        Counts(("development_count", "article_count"), count_sources),
    ),
)
PARTNERSHIPS = Table(
    "partnerships",
    "partnership-detail",
    (
        *identity(),
        *names(),
        *named_many("parties", _("Parties"), _("Who cooperates.")),
        own("started", _("Started"), _("When the partnership began; empty if not stated."), DATE),
        own("summary", _("Summary"), _("What the partnership is, in English.")),
        own("latest_day", *DAYS["latest_day"], DAY, "latest_then"),
        linked("program_count", _("Programs"), _("How many programs there were on the day asked about."), NUMBER),
        *keeping(),
    ),
    (
        Many("parties", Partnership.parties.through, "partnership", "party", Party),
        Counts(("program_count",), count_programs),
    ),
)
