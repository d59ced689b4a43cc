"""What must be true of a record before it is published: the one rule of publication. It only reads."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from cooperation import validators
from cooperation.choices import State
from cooperation.models import Article, Citation, Development, Partnership, Program
from cooperation.models.keys import among, batches


@dataclass(frozen=True)
class Obstacle:
    """Why a record may not be published; `missing` is the record that has to be published first, if that is why."""

    record: models.Model
    key: str
    message: str
    missing: models.Model | None = None

    def __str__(self):
        return f"{self.record.slug}: {self.message}"


def find_obstacles(instance):
    """Return all that keeps `instance` from being published, as a list of `Obstacle`; the one rule of publication."""
    obstacles = [
        Obstacle(instance, key, f"{root._meta.verbose_name} “{root}” ({root.slug}) is not published.", root)
        for key, named in instance.named_records()
        for root in _find_hidden_roots(named)
    ]
    if isinstance(instance, Development):
        obstacles += _find_article_obstacles(instance)
    if isinstance(instance, Article):
        obstacles += _find_begun_later(instance)
    for key, check in _row_rules(instance):
        try:
            check()
        except ValidationError as error:
            obstacles += [Obstacle(instance, key, message) for message in error.messages]
    return list(dict.fromkeys(obstacles))


def find_hindered(model, keys):
    """Return those of `keys`, of published records, for which `find_obstacles` can find any; what is settled counts."""
    hindered = set()
    for batch in batches(keys):
        hidden = set(batch) - set(model.objects.visible().filter(among("pk", batch)).values_list("pk", flat=True))
        if hidden:  # a program of which nothing is told yet names nothing hidden
            hidden -= set(model.objects.presentable().filter(pk__in=hidden).values_list("pk", flat=True))
        hindered |= hidden
        if model is Article:  # a public one may have lost words that are cited from it, or be dated back
            begun_later = Q(development__state=State.PUBLISHED, development__earliest__gt=F("development__reported_on"))
            cited = Citation.objects.filter(Q(start=None) | begun_later, article__in=batch).order_by()
            hindered |= set(cited.values_list("article", flat=True))
    return hindered


def is_presentable(instance):
    """Whether `instance` is published and all that it names is public."""
    return type(instance).objects.presentable().filter(pk=instance.pk).exists()


def _find_hidden_roots(record):
    """Return the records that keep `record` from the public: itself, or what it names, also through others."""
    if is_presentable(record):
        return []
    if record.state != State.PUBLISHED:
        return [record]
    return [root for _, named in record.named_records() for root in _find_hidden_roots(named)] or [record]


def _row_rules(instance):
    """Yield (key, check) for the rules over the rows that belong to `instance`."""
    if isinstance(instance, Partnership):
        yield "parties", lambda: validators.validate_party_count(instance.parties.all())
    if isinstance(instance, Program):
        yield "category", lambda: validators.validate_category_use(instance.systems.exists(), instance.category)
    if isinstance(instance, Article):
        yield "text", lambda: _check_quotes(instance.citations)
    if isinstance(instance, Development):
        yield "citations", lambda: _check_citations(instance)


def _check_quotes(citations):
    for citation in citations.filter(start=None):
        message = "the words “%(quote)s” do not occur in the text of %(article)s."
        raise ValidationError(message, code="quote", params={"quote": citation.quote, "article": citation.article.slug})


def _find_article_obstacles(development):
    """Return the obstacle that no article which reports `development` is published, and each one's words, if so."""
    articles = Article.objects.filter(citations__development=development).order_by("published", "slug")
    first = articles.presentable().first()
    if first is None:
        message = "none of the articles that report it is published."
        return [Obstacle(development, "citations", message, article) for article in articles.distinct()]
    try:
        validators.validate_begun(development.date, development.earliest, first.published)
    except ValidationError as error:
        return [Obstacle(development, "date", message) for message in error.messages]
    return []


def _find_begun_later(article):
    """Return the obstacles that published developments which `article` reports begin after their first report."""
    developments = Development.objects.filter(citations__article=article, state=State.PUBLISHED).distinct()
    return [o for development in developments for o in _find_article_obstacles(development) if o.key == "date"]


def _check_citations(development):
    validators.validate_citation_count(development.citations.count())
    _check_quotes(development.citations)
