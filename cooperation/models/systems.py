"""Systems that programs are about, and instruments that pay for them."""

from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL

from cooperation import validators
from cooperation.choices import Category, InstrumentKind
from cooperation.models.figures import Figure, FigureParts
from cooperation.models.parties import Party
from cooperation.models.records import DERIVED, AliasedRecord, History, RecordQuerySet, codes_only, refuse_circle


class SystemQuerySet(RecordQuerySet):
    """Verbs for systems."""

    def presentable(self):
        """Ask for a public parent and public makers as well."""
        hidden_maker = System.makers.through.objects.filter(system=OuterRef("pk"), party__public=False)
        return super().presentable().filter(Q(parent=None) | Q(parent__public=True)).exclude(Exists(hidden_maker))

    def families(self):
        """Return the primary keys of these systems and of all below them, as a set."""
        family = set(self.values_list("pk", flat=True))
        newest = family
        while newest:
            newest = set(System.objects.filter(parent__in=newest).values_list("pk", flat=True)) - family
            family |= newest
        return family

    def lineages(self):
        """Return these systems and all above them; nothing is asked yet."""
        return self._walk("other.parent_id", "other.id = walked.id WHERE other.parent_id IS NOT NULL")

    def descents(self):
        """Return these systems and all below them; nothing is asked yet."""
        return self._walk("other.id", "other.parent_id = walked.id")

    def _walk(self, key, condition):
        """Return these systems and those with the `key` that the `condition` leads to, again and again."""
        try:
            sql, params = self.order_by().values("pk").query.sql_with_params()
        except EmptyResultSet:
            return self.none()
        walk = (
            f"WITH RECURSIVE walked(id) AS ({sql} UNION SELECT {key} FROM {System._meta.db_table} other "  # noqa: S608 - no input
            f"JOIN walked ON {condition}) SELECT id FROM walked"
        )
        return System.objects.filter(pk__in=RawSQL(walk, params))  # noqa: S611 - values stay parameters


class System(AliasedRecord):
    """A weapon or other equipment; `parent` is the family that it belongs to."""

    category = models.CharField(max_length=30, choices=Category.choices)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="The family, such as Aster for Aster 30.",
    )
    makers = models.ManyToManyField(Party, blank=True, related_name="makes")

    objects = SystemQuerySet.as_manager()
    history = History(excluded_fields=DERIVED, m2m_fields=[makers])

    class Meta:
        ordering = ["name", "slug"]
        constraints = [codes_only("category", Category)]

    def clean(self):
        """Keep the family tree a tree."""
        refuse_circle(self, "parent")

    def named_records(self):
        """Name the parent and the makers."""
        parent = [("parent", self.parent)] if self.parent else []
        return parent + [("makers", maker) for maker in self.makers.all()]


class InstrumentQuerySet(RecordQuerySet):
    """Verbs for instruments."""

    def presentable(self):
        """Ask for a public provider as well, if there is one."""
        return super().presentable().filter(Q(provider=None) | Q(provider__public=True))


class Instrument(AliasedRecord):
    """A source of money, such as SAFE, an EU loan or a line of a national budget."""

    kind = models.CharField(max_length=15, choices=InstrumentKind.choices)
    provider = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, blank=True, related_name="provides")
    ceiling_amount = models.DecimalField(
        **validators.AMOUNT_DIGITS, null=True, blank=True, help_text="The most that it can give."
    )
    ceiling_currency = models.CharField(max_length=3, blank=True, validators=[validators.validate_currency])
    ceiling = Figure("ceiling", FigureParts(numbers=("amount",), words=("currency",)))

    objects = InstrumentQuerySet.as_manager()
    history = History(excluded_fields=DERIVED)

    class Meta:
        ordering = ["name", "slug"]
        constraints = [
            codes_only("kind", InstrumentKind),
            models.CheckConstraint(
                condition=Q(ceiling_amount=None, ceiling_currency="")
                | Q(ceiling_amount__gte=0, ceiling_currency__regex=r"^[A-Z]{3}$"),
                name="instrument_ceiling_whole",
                violation_error_message="A ceiling is an amount of 0 or more and its currency.",
            ),
        ]

    def clean(self):
        """Ask for both halves of a ceiling."""
        if (self.ceiling_amount is None) != (not self.ceiling_currency):
            raise ValidationError({"ceiling_currency": "A ceiling is an amount and its currency."})

    def named_records(self):
        """Name the provider."""
        return [("provider", self.provider)] if self.provider else []
