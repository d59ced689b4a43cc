"""What is new in a list or about a record, as entries of a feed, the last change first."""

from django.urls import reverse
from django.utils.translation import gettext as _

from cooperation.exports.atom import Entry, Words
from cooperation.models import Development
from cooperation.models.records import ENGLISH

MOST_ENTRIES = 50
MOST_QUOTES = 3
GROWTH = 8  # how many more are looked through where too few are wanted


def find_news(developments, day, root, among=None):
    """Return entries for the latest changed of `developments` (a queryset), with the words known by the `day`.

    `among`, (column, bitmap), are the only ones wanted, if it is given: those with one of many primary keys there.
    """
    keys = _find_latest(developments, *(among or ("pk", None)))
    told = Development.objects.visible().with_names().with_citations(day.get("known_on"))
    return [_tell(development, root) for development in told.in_order(keys)]


def _find_latest(developments, column, wanted):
    """Return the primary keys of the latest changed, met on the way back by an index."""
    ordered, size = developments.order_by("-modified", "pk").values_list("pk", column), MOST_ENTRIES
    while True:
        rows = ordered[:size]
        keys = [pk for pk, value in rows if wanted is None or (value and value in wanted)]
        if len(keys) >= MOST_ENTRIES or len(rows) < size:
            return keys[:MOST_ENTRIES]
        size *= GROWTH


def find_records(noun, rows, page, root):
    """Return entries for the latest changed of `rows`, whose pages have the url name `page`."""
    latest = rows.order_by("-modified", "pk")[:MOST_ENTRIES]
    return [_describe(noun, record, root + reverse(page, args=[record.slug])) for record in latest]


def _tell(development, root):
    subject = development.subject
    page = reverse(f"{subject._meta.model_name}-detail", args=[subject.slug])
    stage = str(development.get_stage_display())
    title = _("{name}: {stage}").format(name=subject.local_name, stage=stage) if stage else subject.local_name
    citations = development.public_citations[:MOST_QUOTES]
    return Entry(
        key=f"developments/{development.slug}",
        title=Words(title, subject.name_language),
        address=f"{root}{page}#{development.slug}",
        published=development.created,
        updated=development.modified,
        author=_name_author(development),
        summary=Words(development.summary, ENGLISH),
        quotes=tuple(Words(citation.quote, citation.article.text_language) for citation in citations),
        sources=tuple(dict.fromkeys(c.article.address for c in citations if c.article.address)),
        categories=((development.stage, stage),) if stage else (),
    )


def _name_author(development):
    """Return who said it, else who reported it first."""
    speaker = development.said_by
    if speaker:
        return speaker.local_name
    cited = development.public_citations
    return cited[0].article.publisher.local_name if cited else _("Cooperation Portal")


def _describe(noun, record, address):
    is_article = noun == "articles"
    name = record.title if is_article else record.local_name
    language = record.text_language if is_article else record.name_language
    author = record.publisher.local_name if is_article else _("Cooperation Portal")
    return Entry(
        key=f"{noun}/{record.slug}",
        title=Words(name, language),
        address=address,
        published=record.created,
        updated=record.modified,
        author=author,
        summary=_summarise(record, is_article, Words(name, language)),
    )


def _summarise(record, is_article, name):
    """Return what everybody may read of a record in a sentence: its summary, or its name."""
    summary = "" if is_article else getattr(record, "summary", "")
    return Words(summary, ENGLISH) if summary else name
