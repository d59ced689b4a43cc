"""An article’s page: its text with the cited passages, what it reports, who else does; and the way to a development."""

from django.db.models import Count, Prefetch
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import RedirectView

from cooperation.choices import TextKind
from cooperation.filters import CLOCKS
from cooperation.models import Article, Citation, Development
from cooperation.views.citing import cite_article
from cooperation.views.day import AskedDay
from cooperation.views.details.base import RecordDetail
from cooperation.views.story import number_anchors

MOST_OTHERS = 12


class ArticleDetail(RecordDetail):
    """What the article says, with the passages that earned a development."""

    noun = "articles"
    model = Article
    clocks = ("known_on",)

    def find_cite(self, record):
        """Return how to cite the page, and the article itself."""
        return cite_article(self.request, record, self.day)

    def find_context(self, record, day):
        """Return the citations by position, what they report, who else does, and what this reader may see of it."""
        citations = number_anchors(list(_citations_of(record, day)))
        reports = list({c.development_id: c.development for c in citations}.values())
        is_open = record.text_kind != TextKind.FULL or self.request.user.is_authenticated
        is_later = "known_on" in day and record.published > day["known_on"]
        others = find_others(record, reports, day)
        return {
            "citations": citations,
            "reports": reports,
            "is_open": is_open,
            "is_later": is_later,
            "others": others[:MOST_OTHERS],
            "has_more_others": len(others) > MOST_OTHERS,
        }


class DevelopmentRedirect(RedirectView):
    """A development stands by an anchor on the page of its program or partnership."""

    def get_redirect_url(self, *args, **kwargs):
        """Return the address of the anchor."""
        rows = Development.objects.visible().select_related("program", "partnership")
        development = get_object_or_404(rows, slug=kwargs["slug"])
        subject = development.subject
        page = reverse(f"{subject._meta.model_name}-detail", args=[subject.slug])
        day = AskedDay(self.request.GET, CLOCKS).as_query
        return f"{page}{'?' if day else ''}{day}#{development.slug}"


def find_others(article, reports, day):
    """Return articles that report some of the same developments, with `shared`; those that share most first."""
    rows = Article.objects.visible().known(**day).exclude(pk=article.pk).filter(citations__development__in=reports)
    shared = (
        rows.with_names().defer("text", "search_text").annotate(shared=Count("citations__development", distinct=True))
    )
    return list(shared.order_by("-shared", "published", "slug")[: MOST_OTHERS + 1])


def _citations_of(article, day):
    developments = Development.objects.visible().with_names()
    known = Citation.objects.known(**day)
    rows = known.filter(article=article, development__public=True).order_by("start", "end", "pk")
    return rows.prefetch_related(Prefetch("development", queryset=developments))
