"""Publishers of articles."""

from django.db import models

from cooperation.choices import ArticleKind, Reliability
from cooperation.models.records import DERIVED, History, NamedRecord, codes_only


class Publisher(NamedRecord):
    """Who publishes articles, and how far it can be relied on."""

    kind = models.CharField(max_length=20, choices=ArticleKind.choices)
    address = models.URLField("address", max_length=500, blank=True)
    reliability = models.CharField(
        max_length=1, choices=Reliability.choices, blank=True, help_text="The letter of the NATO / Admiralty code."
    )

    history = History(excluded_fields=DERIVED)

    class Meta:
        ordering = ["name", "slug"]
        constraints = [codes_only("kind", ArticleKind), codes_only("reliability", Reliability, blank=True)]
