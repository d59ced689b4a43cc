"""Programs: one mode of cooperation in one partnership."""

from itertools import groupby

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from cooperation.choices import Category, Mode, Role, Stage
from cooperation.models.parties import Party
from cooperation.models.partnerships import Partnership
from cooperation.models.records import DERIVED, History, NamedRecord, RecordQuerySet, codes_only
from cooperation.models.systems import Instrument, System


class ProgramQuerySet(RecordQuerySet):
    """Verbs for programs."""

    def presentable(self):
        """Ask for a public partnership, public systems, parties and instruments as well.

        A program that passes is public as soon as one of its developments is.
        """
        rows = super().presentable().filter(partnership__public=True)
        for hidden in self._hidden_links():
            rows = rows.exclude(Exists(hidden))
        return rows

    @staticmethod
    def _hidden_links():
        program = OuterRef("pk")
        yield Program.systems.through.objects.filter(program=program, system__public=False)
        yield Program.instruments.through.objects.filter(program=program, instrument__public=False)
        yield ProgramRole.objects.filter(program=program, party__public=False)

    def on_day(self, as_of=None, known_on=None):
        """Say how far each program was on a day, in `stage_then` and `latest_then`; today without one.

        `as_of` and `known_on` are days, as `Development.objects.known` takes them. A program with nothing counted by
        then has an empty stage and no latest day.
        """
        if as_of is None and known_on is None:
            return self.annotate(stage_then=F("stage"), latest_then=F("latest_day"))
        told = self._counted_then(as_of, known_on).latest_first()
        return self.annotate(
            stage_then=Coalesce(Subquery(told.moving().values("stage")[:1]), Value("")),
            latest_then=Subquery(told.values("effective_day")[:1]),
        )

    def current(self, as_of=None, known_on=None):
        """Keep programs that have a development counted on the day, with `stage_then` and `latest_then`."""
        rows = self.on_day(as_of, known_on)
        if as_of is None and known_on is None:
            return rows.exclude(latest_day=None)
        return rows.filter(Exists(self._counted_then(as_of, known_on)))

    def unlisted(self):
        """Keep programs of which nothing counts as well."""
        return self.filter(Q(public=False) | Q(latest_day=None))

    def _counted_then(self, as_of, known_on):
        developments = self.model._meta.get_field("developments").related_model.objects
        return developments.counted(as_of, known_on).filter(program=OuterRef("pk"))

    def of_party(self, party):
        """Keep programs in which `party` has a role, or whose partnership it belongs to."""
        in_role = ProgramRole.objects.filter(program=OuterRef("pk"), party=party)
        member = Partnership.parties.through.objects.filter(partnership=OuterRef("partnership"), party=party)
        return self.filter(Exists(in_role) | Exists(member))

    def of_family(self, keys):
        """Keep programs about one of the systems with these primary keys, families worked out beforehand."""
        return self.filter(Exists(Program.systems.through.objects.filter(program=OuterRef("pk"), system__in=keys)))

    def of_instruments(self, instruments):
        """Keep programs that one of `instruments` pays for."""
        link = Program.instruments.through.objects.filter(program=OuterRef("pk"), instrument__in=instruments)
        return self.filter(Exists(link))

    def of_developments(self, developments):
        """Keep programs that one of `developments` (a queryset) is about."""
        return self.filter(pk__in=developments.order_by().values("program"))

    def of_categories(self, categories):
        """Keep programs with a system of one of `categories`, or with one of them as their own."""
        link = Program.systems.through.objects.filter(program=OuterRef("pk"), system__category__in=categories)
        return self.filter(Exists(link) | Q(category__in=categories))

    def with_names(self, relations=("systems", "roles_held__party", "instruments")):
        """Bring the partnership along, and `relations`, in a further query for each table."""
        return self.select_related("partnership").prefetch_related(*relations)

    def word_condition(self, word):
        """Look in the names of the systems and of the partnership as well."""
        systems = Program.systems.through.objects.filter(program=OuterRef("pk"), system__search_text__contains=word)
        own = Q(search_text__contains=word) | Q(partnership__search_text__contains=word)
        return own | Q(Exists(systems))


class Program(NamedRecord):
    """One mode of cooperation in one partnership, on zero or more systems. Its stage is settled by the ledger alone."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="programs")
    mode = models.CharField(max_length=30, choices=Mode.choices, db_index=True)
    systems = models.ManyToManyField(System, blank=True, related_name="programs")
    instruments = models.ManyToManyField(Instrument, blank=True, related_name="programs")
    category = models.CharField(
        max_length=30,
        choices=Category.choices,
        blank=True,
        help_text="Only for a program without systems; systems bring their own.",
    )
    stage = models.CharField(max_length=20, choices=Stage.choices, blank=True, editable=False, db_index=True)
    latest_day = models.DateField(null=True, editable=False, db_index=True)

    objects = ProgramQuerySet.as_manager()
    settled = (*NamedRecord.settled, "stage", "latest_day")
    history = History(excluded_fields=(*DERIVED, "stage", "latest_day"), m2m_fields=[systems, instruments])

    class Meta:
        ordering = ["name", "slug"]
        indexes = [
            models.Index(fields=["name", "slug"], name="program_by_name"),
            models.Index(fields=["-modified", "id"], condition=Q(public=True), name="program_changed"),
        ]
        constraints = [
            codes_only("mode", Mode),
            codes_only("stage", Stage, blank=True),
            codes_only("category", Category, blank=True),
        ]

    def named_records(self):
        """Name the partnership, the systems, the parties in roles and the instruments."""
        yield "partnership", self.partnership
        yield from (("systems", system) for system in self.systems.all())
        yield from (("roles", held.party) for held in self.roles_held.all())
        yield from (("instruments", instrument) for instrument in self.instruments.all())

    @property
    def categories(self):
        """Return the categories of the systems, or the program's own; sorted values, none if not stated."""
        return sorted(
            {system.category for system in self.systems.all()} or ({self.category} if self.category else set())
        )

    @property
    def roles(self):
        """Return `{role: [party, …]}` in the order of the role list; reads the prefetched `roles_held`."""
        order = Role.values
        held = sorted(self.roles_held.all(), key=lambda h: (order.index(h.role), h.party.name, h.party.slug))
        return {role: [h.party for h in group] for role, group in groupby(held, key=lambda h: h.role)}


class ProgramRole(models.Model):
    """A party's role in a program; a party may have several."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="roles_held")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="roles_held")
    role = models.CharField(max_length=20, choices=Role.choices)

    history = History()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["program", "role", "party"], name="programrole_once"),
            codes_only("role", Role),
        ]

    def __str__(self):
        return f"{self.get_role_display()}: {self.party}"
