"""The desk for publishers."""

from django.contrib import admin

from cooperation.admin.base import ELSEWHERE_WITHOUT_ALIASES, STATE, RecordAdmin, count_of
from cooperation.models import Article, Publisher


@admin.register(Publisher)
class PublisherAdmin(RecordAdmin):
    """Publishers."""

    list_display = ["name", "slug", "kind", "reliability", "article_count", "state", "public"]
    list_filter = ["state", "public", "kind", "reliability"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "address", "reliability"]}),
        ELSEWHERE_WITHOUT_ALIASES,
        STATE,
    ]

    def get_queryset(self, request):
        """Count the articles."""
        return super().get_queryset(request).annotate(article_count=count_of(Article, "publisher"))

    @admin.display(description="articles", ordering="article_count")
    def article_count(self, publisher):
        """Show how many articles it published."""
        return publisher.article_count
