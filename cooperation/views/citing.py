"""Articles as files for reference managers, and what the cite panel of each page says."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.generic import View

from cooperation.exports.citations import FORMATS, Link, build_bibtex, build_cite, pin
from cooperation.models import Article


class ArticleCitation(View):
    """A public article as a file in the `format` that its address names. A hidden article is an unknown one."""

    http_method_names = ["get", "head", "options"]
    format = None

    def get(self, request, slug):
        """Answer the file."""
        article = get_object_or_404(Article.objects.visible().with_names(), slug=slug)
        text = self.format.write(article, find_address(request, article))
        headers = {
            "Content-Type": f"{self.format.content_type}; charset=utf-8",
            "Content-Disposition": content_disposition_header(True, f"{article.slug}{self.format.suffix}"),
        }
        return HttpResponse(text, headers=headers)


def find_address(request, article):
    """Return the absolute address of an article's page."""
    return request.build_absolute_uri(reverse("article-detail", args=[article.slug]))


def cite_page(request, title, day, rows="", **more):
    """Return the `Cite` of the page at hand, pinned to the asked `day`; no day, or one to come, is today.

    `rows` is the address at which the API answers the same. None if what is asked for is no day.
    """
    if day.form.errors:
        return None
    today = timezone.localdate()
    pinned = {name: min(day.form.cleaned_data[name] or today, today) for name in day.clocks}
    days = {"as_of": pinned.get("as_of"), "known_on": pinned.get("known_on")}
    if rows:
        rows = pin(request.build_absolute_uri(rows), request.GET, **days)
    address = request.build_absolute_uri(request.path)
    return build_cite(title, address, request.GET, **days, read_on=today, rows=rows, **more)


def cite_article(request, article, day):
    """Return the `Cite` of an article's page, with the article itself for reference managers."""
    formats = [Link(f.label, reverse(f"article-{f.name}", args=[article.slug])) for f in FORMATS]
    rows = reverse("api:articles-detail", args=[article.slug])
    bibtex = build_bibtex(article, find_address(request, article))
    return cite_page(request, article.title, day, rows, formats=formats, bibtex=bibtex)
