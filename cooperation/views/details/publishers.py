"""A publisher's page: how far it can be relied on, its articles by time, and what it reported first."""

from cooperation.models import Publisher
from cooperation.views.details.base import Listed, RecordDetail, find_lines, find_told

MOST_ARTICLES = 20
MOST_FIRST = 10


class PublisherDetail(RecordDetail):
    """How far the publisher can be relied on, and its articles."""

    noun = "publishers"
    model = Publisher

    def find_context(self, record, day):
        """Return the articles by year, the latest of them, and what no other publisher reported earlier."""
        articles = Listed("articles", day, publisher=record.slug)
        told = Listed("developments", day)
        first = told.counted.first_told_by(record)
        record.article_count = articles.counted.total
        return {
            "years": articles.counted.count_years(),
            "articles": find_lines("articles", articles.find_latest(MOST_ARTICLES), day),
            "first_total": first.total,
            "first": find_told(told.find_latest(MOST_FIRST, first), day),
        }
