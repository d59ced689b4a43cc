"""Parties that take part in a cooperation, and the officials who speak or sign for them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from cooperation import validators
from cooperation.choices import PartyKind
from cooperation.models.records import (
    DERIVED,
    AliasedRecord,
    History,
    RecordQuerySet,
    codes_only,
    errors_at,
    refuse_circle,
)


class PartyQuerySet(RecordQuerySet):
    """Verbs for parties."""

    def presentable(self):
        """Ask for a public parent as well, if there is one."""
        return super().presentable().filter(Q(parent=None) | Q(parent__public=True))


class Party(AliasedRecord):
    """A state, international organisation, ministry, armed force, company or research body that takes part."""

    kind = models.CharField(max_length=30, choices=PartyKind.choices)
    country = models.CharField(
        max_length=2,
        blank=True,
        validators=[validators.validate_country],
        help_text="ISO 3166 code of two letters; a state needs it.",
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        help_text="Such as the state of a ministry.",
    )

    objects = PartyQuerySet.as_manager()
    history = History(excluded_fields=DERIVED)

    class Meta:
        ordering = ["name", "slug"]
        verbose_name_plural = "parties"
        constraints = [
            codes_only("kind", PartyKind),
            models.CheckConstraint(
                condition=~Q(kind=PartyKind.STATE) | ~Q(country=""),
                name="party_state_country",
                violation_error_message="A state needs its country code.",
            ),
        ]

    def clean(self):
        """Keep the tree a tree and the slugs of parties and officials apart, and ask for a state's country."""
        with errors_at("country"):
            validators.validate_state_country(self.kind, self.country)
        refuse_circle(self, "parent")
        refuse_taken_slug(self, Official)

    def named_records(self):
        """Name the parent."""
        return [("parent", self.parent)] if self.parent else []


class OfficialQuerySet(RecordQuerySet):
    """Verbs for officials."""

    def presentable(self):
        """Ask for a public party as well."""
        return super().presentable().filter(party__public=True)


class Official(AliasedRecord):
    """A person who speaks or signs for a party."""

    position = models.CharField(max_length=200, blank=True, help_text="The office held, such as Minister of Defence.")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="officials")

    objects = OfficialQuerySet.as_manager()
    history = History(excluded_fields=DERIVED)

    class Meta:
        ordering = ["name", "slug"]

    def clean(self):
        """Keep the slugs of parties and officials apart."""
        refuse_taken_slug(self, Party)

    def named_records(self):
        """Name the party spoken for."""
        return [("party", self.party)]


def refuse_taken_slug(record, other_model):
    """Raise ValidationError if `other_model`, with which `record` shares a namespace, already uses its slug."""
    if other_model.objects.filter(slug=record.slug).exists():
        words = "“%(id)s” is already the id of one of the %(what)s; parties and officials share their ids."
        params = {"id": record.slug, "what": other_model._meta.verbose_name_plural}
        raise ValidationError({"slug": ValidationError(words, code="id", params=params)})


class Said(models.Model):
    """Who said something, in which office and where; `said_by` is an official or a party."""

    said_by_party = models.ForeignKey(
        Party,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="said_%(class)ss",
        verbose_name="said by party",
    )
    said_by_official = models.ForeignKey(
        Official,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="said_%(class)ss",
        verbose_name="said by official",
    )
    said_as = models.CharField(
        max_length=200, blank=True, help_text="The office as spoken, such as Minister of Defence."
    )

    class Meta:
        abstract = True

    @property
    def said_by(self):
        """Return the official or party who said it first, or None."""
        return self.said_by_official or self.said_by_party

    @said_by.setter
    def said_by(self, speaker):
        self.said_by_party = speaker if isinstance(speaker, Party) else None
        self.said_by_official = speaker if isinstance(speaker, Official) else None


SPEAKER_IS_PUBLIC = (Q(said_by_party=None) | Q(said_by_party__public=True)) & (
    Q(said_by_official=None) | Q(said_by_official__public=True)
)


def one_speaker(name):
    """Return the database constraint that keeps a statement to one speaker."""
    return models.CheckConstraint(
        condition=Q(said_by_party=None) | Q(said_by_official=None),
        name=name,
        violation_error_message="One speaker said it: name an official or a party, not both.",
    )
