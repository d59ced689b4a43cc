"""The sitemap and what crawlers may read: public pages alone, each in every language."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.http import HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from cooperation.filters import FILTERS

PER_FILE = 2_500  # pages; each stands there in every language
PAGES = ("home", "changes", "about", "data", "development-list")
RECORDS = {noun: filterset.Meta.model for noun, filterset in FILTERS.items() if noun != "developments"}
# Every combination of filters is a page of its own, and the sitemap names all records: crawlers need none of them.
OPEN = ("/sitemap-",)  # also the further files of a section, which are asked for by number
CLOSED = ("/*?", "/admin/", "/admin-language/", "/api/v1/")
CLOSED_IN_EACH_LANGUAGE = ("/accounts/", "/theme/", "/search/")


class LanguagesSitemap(Sitemap):
    """Adds the page in each language beside every page; without a language an address is in English."""

    limit = PER_FILE

    def get_urls(self, page=1, site=None, protocol=None):
        """Return the entries of one file, one for each language of a page, each naming all of them."""
        with translation.override(settings.LANGUAGE_CODE):
            return [each for entry in super().get_urls(page, site, protocol) for each in _translate(entry)]


class PageSitemap(LanguagesSitemap):
    """Pages that are no record's own."""

    def items(self):
        """Return the names of their addresses."""
        return [*PAGES, *(f"{model._meta.model_name}-list" for model in RECORDS.values())]

    def location(self, item):
        """Return the address."""
        return reverse(item)


class RecordSitemap(LanguagesSitemap):
    """The public records of a noun."""

    def __init__(self, model):
        """Name the model."""
        self.model = model

    def items(self):
        """Return (id, when it changed) of each, in the order in which they came, so that files fill up and stay."""
        return self.model.objects.visible().order_by("pk").values_list("slug", "modified")

    def location(self, item):
        """Return the address of the record's page."""
        return reverse(f"{self.model._meta.model_name}-detail", args=[item[0]])

    def lastmod(self, item):
        """Return when the record changed."""
        return item[1]

    def get_latest_lastmod(self):
        """Return when the latest changed."""
        return self.model.objects.visible().aggregate(latest=Max("modified"))["latest"]


SITEMAPS = {"pages": PageSitemap(), **{noun: RecordSitemap(model) for noun, model in RECORDS.items()}}


@login_not_required
@require_safe
def robots(request):
    """Answer what crawlers may read: nothing of a portal that asks for a log-in."""
    if settings.PORTAL_LOGIN_REQUIRED:
        lines = ["User-agent: *", "Disallow: /"]
    else:
        prefixes = ["" if code == settings.LANGUAGE_CODE else f"/{code}" for code, _name in settings.LANGUAGES]
        closed = [*CLOSED, *(prefix + path for prefix in prefixes for path in CLOSED_IN_EACH_LANGUAGE)]
        sitemap = request.build_absolute_uri(reverse("sitemap-index"))
        rules = [*(f"Allow: {path}" for path in OPEN), *(f"Disallow: {path}" for path in closed)]
        lines = ["User-agent: *", *rules, "", f"Sitemap: {sitemap}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _translate(entry):
    """Yield the entry of a sitemap for each language."""
    scheme, host, path, _query, _fragment = urlsplit(entry["location"])
    prefixes = {code: "" if code == settings.LANGUAGE_CODE else f"/{code}" for code, _name in settings.LANGUAGES}
    places = {code: f"{scheme}://{host}{prefix}{path}" for code, prefix in prefixes.items()}
    alternates = [{"location": place, "lang_code": code} for code, place in places.items()]
    alternates.append({"location": places[settings.LANGUAGE_CODE], "lang_code": "x-default"})
    for place in places.values():
        yield entry | {"location": place, "alternates": alternates}
