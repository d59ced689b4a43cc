"""A publisher's page: how far it can be relied on, its articles by time, and what it reported first."""

from django.db.models import Count, F
from django.db.models.functions import ExtractYear

from cooperation.models import Citation, Development, Publisher
from cooperation.views.details.base import RecordDetail
from cooperation.views.rows import find_public, with_line
from cooperation.views.story import tell, with_anchors

MOST_ARTICLES = 20
MOST_FIRST = 10


class PublisherDetail(RecordDetail):
    """How far the publisher can be relied on, and its articles."""

    noun = "publishers"
    model = Publisher

    def find_context(self, record, day):
        """Return the articles by year, the latest of them, and what no other publisher reported earlier."""
        articles = find_public("articles").known(day.get("known_on")).filter(publisher=record).order_by()
        years = articles.annotate(year=ExtractYear("published")).values("year").annotate(n=Count("pk"))
        first = find_first(record, day)
        return {
            "years": list(years.order_by("-year").values_list("year", "n")),
            "articles": with_line("articles", articles, day).order_by("-published", "slug")[:MOST_ARTICLES],
            "first_total": first.count(),
            "first": with_anchors(tell(first, day).latest_first()[:MOST_FIRST]),
        }


def find_first(publisher, day):
    """Return the developments that a publisher reported on the day on which they were first reported."""
    own = Citation.objects.known(known_on=day.get("known_on")).filter(article__publisher=publisher)
    on_first_day = own.filter(article__published=F("development__reported_on")).values("development")
    return Development.objects.counted(**day).filter(pk__in=on_first_day)
