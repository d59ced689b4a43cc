"""The desk for articles."""

from django.contrib import admin

from cooperation.admin.base import STATE, RecordAdmin, count_of
from cooperation.admin.citations import CitationsOfArticle
from cooperation.admin.developments import SaidForm
from cooperation.choices import State
from cooperation.models import Article, Citation, Development
from cooperation.text import find_quote


class ArticleForm(SaidForm):
    """An article, with its citations below."""

    sees_citations = True

    def clean(self):
        """Refuse a text that loses cited words; citations that stand below the form refuse it at their quotes."""
        cleaned = super().clean()
        if self.instance.pk and not self.sees_citations:
            written, cited = cleaned.get("text", ""), self.instance.citations.all()
            if any(find_quote(citation.quote, written) is None for citation in cited):
                self.add_error("text", "The text no longer holds all the words that are cited from it.")
        return cleaned


@admin.register(Article)
class ArticleAdmin(RecordAdmin):
    """Articles."""

    form = ArticleForm
    inlines = [CitationsOfArticle]
    actions = [*RecordAdmin.actions, "publish_reported"]
    slug_source = ("title",)
    search_help_text = "Words of title, id and text, without regard to case and accents; full texts are left out."
    list_display = ["title", "slug", "publisher", "published", "language", "kind", "citation_count", "state", "public"]
    list_filter = ["state", "public", "kind", "language", "text_kind", ("publisher", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["publisher"]
    date_hierarchy = "published"
    fieldsets = [
        (None, {"fields": ["title", "slug", "publisher", "published", "language", "kind", "address"]}),
        ("Who said it first", {"fields": ["said_by_official", "said_by_party", "said_as", "channel"]}),
        ("Text", {"fields": ["text_kind", "text"]}),
        ("Ids elsewhere", {"fields": ["external_ids"]}),
        STATE,
    ]

    def get_queryset(self, request):
        """Count the citations."""
        return super().get_queryset(request).annotate(citation_count=count_of(Citation, "article"))

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Let the form know whether quotes are checked below it."""
        form = super().get_form(request, obj, change, **kwargs)
        form.sees_citations = any(isinstance(i, CitationsOfArticle) for i in self.get_inline_instances(request, obj))
        return form

    @admin.display(description="citations", ordering="citation_count")
    def citation_count(self, article):
        """Show how often it is cited."""
        return article.citation_count

    @admin.action(description="Publish with everything it reports", permissions=["change"])
    def publish_reported(self, request, queryset):
        """Publish the chosen articles, the drafts that they report and all that these name."""
        drafts = Development.objects.filter(citations__article__in=queryset, state=State.DRAFT).distinct()
        self.run_publish(request, [*queryset, *drafts], along=True)
