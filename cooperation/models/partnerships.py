"""Partnerships: parties that cooperate lastingly."""

import datetime

from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce, Greatest, NullIf

from cooperation import dates
from cooperation.models.parties import Party
from cooperation.models.records import DERIVED, History, NamedRecord, RecordQuerySet, errors_at

NEVER = Value(datetime.date.min, models.DateField())  # stands for no day among days


class PartnershipQuerySet(RecordQuerySet):
    """Verbs for partnerships."""

    def presentable(self):
        """Ask for public parties as well."""
        hidden_party = Partnership.parties.through.objects.filter(partnership=OuterRef("pk"), party__public=False)
        return super().presentable().exclude(Exists(hidden_party))

    def on_day(self, as_of=None, known_on=None):
        """Say in `latest_then` when each was last heard of by a day, None if it was not yet; today without a day."""
        if as_of is None and known_on is None:
            return self.annotate(latest_then=F("latest_day"))
        developments = self.model._meta.get_field("developments").related_model.objects
        return self.annotate(latest_then=latest_day_of(developments.counted(as_of, known_on)))

    def with_names(self):
        """Bring the parties along in one further query."""
        return self.prefetch_related("parties")


def latest_day_of(developments):
    """Return the expression for the latest day of `developments` on a partnership and on its programs, or NULL."""
    # Apart, because no index answers an OR over two tables.
    own, of_programs = (_latest_by(key, developments) for key in ("partnership", "program__partnership"))
    return NullIf(Greatest(own, of_programs), NEVER)


def _latest_by(key, developments):
    told = developments.order_by().filter(**{key: OuterRef("pk")}).values(key)
    return Coalesce(Subquery(told.annotate(day=Max("effective_day")).values("day")), NEVER)


class Partnership(NamedRecord):
    """Two or more parties that cooperate lastingly; programs and statements add up to it."""

    parties = models.ManyToManyField(Party, blank=True, related_name="partnerships")
    started = models.CharField(max_length=50, blank=True, help_text="EDTF date, such as 2022~ or 2026-02.")
    started_earliest = models.DateField(null=True, editable=False)
    started_latest = models.DateField(null=True, editable=False)
    summary = models.TextField(blank=True)
    latest_day = models.DateField(null=True, editable=False, db_index=True)

    objects = PartnershipQuerySet.as_manager()
    settled = (*NamedRecord.settled, "latest_day")
    history = History(
        excluded_fields=(*DERIVED, "started_earliest", "started_latest", "latest_day"), m2m_fields=[parties]
    )

    class Meta:
        ordering = ["name", "slug"]

    def clean(self):
        """Derive the bounds of `started`; the error sits there."""
        self.derive_bounds()

    def derive_bounds(self):
        """Set the earliest and latest day of `started`; raise ValidationError if it is no date."""
        with errors_at("started"):
            bounds = dates.parse_bounds(self.started) if self.started else dates.Bounds(None, None)
        self.started_earliest, self.started_latest = bounds

    def prepare(self):
        """Keep the bounds true to what is written."""
        super().prepare()
        self.derive_bounds()

    def named_records(self):
        """Name the parties."""
        return [("parties", party) for party in self.parties.all()]

    def search_parts(self):
        """Look in the summary as well."""
        return [*super().search_parts(), self.summary]
