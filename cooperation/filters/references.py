"""Filtersets of what is referred to: parties, officials, systems, instruments and publishers."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cooperation.choices import ArticleKind, InstrumentKind, PartyKind, Reliability, Role
from cooperation.filters.base import DevelopmentsFilter, ProgramsFilter
from cooperation.filters.parameters import CodesFilter, RecordsFilter, TextFilter
from cooperation.filters.verbs import PROGRAM_VERBS, keys, programs_of_roles
from cooperation.models import (
    Citation,
    Instrument,
    Official,
    Partnership,
    Party,
    Program,
    ProgramRole,
    Publisher,
    System,
)


class PartyFilter(ProgramsFilter):
    """Parties; one program with the party in a role or as a member answers all that asks about programs."""

    noun = "parties"
    facets = ("kind", "role", "mode", "stage", "phase", "category")
    shared_verbs = {**PROGRAM_VERBS, "role": programs_of_roles}

    party = RecordsFilter(
        Party, label=_("Party"), help_text=_("Those that take part in a program with it, and itself.")
    )
    kind = CodesFilter(PartyKind, label=_("Kind"))
    role = CodesFilter(Role, label=_("Role"))
    country = TextFilter(lookup_expr="iexact", label=_("Country"), help_text=_("ISO 3166 code of two letters."))
    parent = RecordsFilter(Party, label=_("Belongs to"))

    class Meta:
        model = Party
        fields = []

    def narrow_shared(self, rows, chosen):
        """Ask the roles, and unless a certain role is wanted the members of partnerships as well."""
        programs = keys(self.find_shared_rows(chosen))
        held = ProgramRole.objects.filter(party=OuterRef("pk"), program__in=programs)
        if "role" in chosen:
            return rows.filter(Exists(held.filter(role__in=chosen["role"])))
        members = Partnership.parties.through.objects.filter(party=OuterRef("pk"))
        return rows.filter(Exists(held) | Exists(members.filter(partnership__in=programs.values("partnership"))))

    def find_subjects(self, name, without):
        """Ask the current programs, by the roles alone where roles are wanted or counted."""
        chosen = self.find_shared(without)
        wanted = {"roles_held__role__in": chosen["role"]} if "role" in chosen else {}
        paths = [("roles_held__party", wanted)]
        if name != "role" and not wanted:
            paths.append(("partnership__parties", {}))
        return self.find_shared_rows(chosen), paths


class OfficialFilter(DevelopmentsFilter):
    """Officials; one of the developments said answers all that asks about programs."""

    noun = "officials"
    # Each official speaks for one party: several can only mean OR.
    verbs = {"party": lambda officials, parties, day: officials.filter(party__in=parties)}

    party = RecordsFilter(Party, label=_("Party"), help_text=_("For whom the official speaks; repeated: one of them."))
    official = None

    class Meta:
        model = Official
        fields = []

    def having(self, rows, developments):
        """Ask for something said."""
        return rows.filter(Exists(developments.filter(said_by_official=OuterRef("pk"))))


def systems_of_makers(systems, makers, day):
    """Keep systems that one of `makers` makes."""
    return systems.filter(Exists(System.makers.through.objects.filter(system=OuterRef("pk"), party__in=makers)))


class SystemFilter(ProgramsFilter):
    """Systems; one program about the system or its family answers all that asks about programs."""

    noun = "systems"
    facets = ("category", "mode", "stage", "phase", "party")
    verbs = {
        "system": lambda systems, family, day: systems.filter(pk__in=family),
        "category": lambda systems, categories, day: systems.filter(category__in=categories),
        "maker": systems_of_makers,
    }
    row_paths = ("systems",)

    maker = RecordsFilter(Party, label=_("Maker"))

    class Meta:
        model = System
        fields = []

    def having(self, rows, programs):
        """Ask for a program about the system or about one below it."""
        link = Program.systems.through.objects.filter(system=OuterRef("pk"), program__in=keys(programs))
        return rows.filter(pk__in=System.objects.filter(Exists(link)).lineages().values("pk"))


class InstrumentFilter(ProgramsFilter):
    """Instruments; one program that the instrument pays for answers all that asks about programs."""

    noun = "instruments"
    facets = ("kind",)

    kind = CodesFilter(InstrumentKind, label=_("Kind"))
    provider = RecordsFilter(Party, label=_("Provider"))
    instrument = None

    class Meta:
        model = Instrument
        fields = []

    def having(self, rows, programs):
        """Ask for a program that it pays for."""
        link = Program.instruments.through.objects.filter(instrument=OuterRef("pk"), program__in=keys(programs))
        return rows.filter(Exists(link))


class PublisherFilter(DevelopmentsFilter):
    """Publishers; one development that a public article reports answers all that asks about programs."""

    noun = "publishers"
    facets = ("kind", "reliability")

    kind = CodesFilter(ArticleKind, label=_("Kind"))
    reliability = CodesFilter(Reliability, label=_("Reliability"))
    publisher = None

    class Meta:
        model = Publisher
        fields = []

    def having(self, rows, developments):
        """Ask for a citation in a public article."""
        articles = Citation.objects.filter(article__publisher=OuterRef("pk"), article__public=True)
        return rows.filter(Exists(articles.filter(development__in=keys(developments))))
