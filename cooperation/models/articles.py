"""Articles: the source documents."""

from django.db import models
from django.db.models import Q

from cooperation import text, validators
from cooperation.choices import ArticleKind, Channel, Language, TextKind
from cooperation.models.parties import SPEAKER_IS_PUBLIC, Said, one_speaker
from cooperation.models.publishers import Publisher
from cooperation.models.records import DERIVED, ENGLISH, History, Record, RecordQuerySet, codes_only


class ArticleQuerySet(RecordQuerySet):
    """Verbs for articles."""

    def presentable(self):
        """Ask for a public publisher and a public speaker as well."""
        return super().presentable().filter(SPEAKER_IS_PUBLIC, publisher__public=True)

    def known(self, known_on=None):
        """Keep articles published by the day `known_on`; all without one."""
        return self if known_on is None else self.filter(published__lte=known_on)

    def with_names(self):
        """Bring publisher and speaker along."""
        return self.select_related("publisher", "said_by_party", "said_by_official")


class Article(Said, Record):
    """A source document. `said_by`, `said_as` and `channel` tell who said it first; a development may override them."""

    title = models.CharField(max_length=300)
    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="articles")
    published = models.DateField(db_index=True, validators=[validators.validate_not_future])
    language = models.CharField(max_length=2, choices=Language.choices)
    kind = models.CharField(max_length=20, choices=ArticleKind.choices)
    address = models.URLField(
        "address", max_length=500, blank=True, help_text="Where it can be read; no two articles share one."
    )
    channel = models.CharField(max_length=20, choices=Channel.choices, blank=True)
    text = models.TextField(blank=True)
    text_kind = models.CharField(max_length=10, choices=TextKind.choices, default=TextKind.ABSTRACT)

    objects = ArticleQuerySet.as_manager()
    history = History(excluded_fields=DERIVED)

    class Meta:
        ordering = ["-published", "slug"]
        indexes = [
            models.Index(fields=["title", "slug"], name="article_by_title"),
            models.Index(fields=["-modified", "id"], condition=Q(public=True), name="article_changed"),
            # The unique one below leaves empty addresses out, which no query with parameters can tell SQLite.
            models.Index(fields=["address"], name="article_by_address"),
        ]
        constraints = [
            one_speaker("article_one_speaker"),
            models.UniqueConstraint(
                fields=["address"],
                condition=~Q(address=""),
                name="article_address_once",
                violation_error_message="Another article already has this address.",
            ),
            codes_only("kind", ArticleKind),
            codes_only("language", Language),
            codes_only("channel", Channel, blank=True),
            codes_only("text_kind", TextKind),
        ]

    def __str__(self):
        return self.title

    def prepare(self):
        """Store the text in one Unicode form."""
        self.text = text.normalise(self.text)
        super().prepare()

    @property
    def text_language(self):
        """Return the language of title, text and quotes: an abstract and its title are our own words, in English."""
        return ENGLISH if self.text_kind == TextKind.ABSTRACT else self.language

    def named_records(self):
        """Name the publisher and the speaker."""
        yield "publisher", self.publisher
        if self.said_by:
            yield "said_by", self.said_by

    def search_parts(self):
        """Look in the title, and in what everybody may read of the text."""
        return [self.title, *([] if self.text_kind == TextKind.FULL else [self.text])]
