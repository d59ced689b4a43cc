"""Pages that may be kept: by browsers and proxies, which ask before each use, and by the process itself."""

from dataclasses import replace

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse, HttpResponseNotModified
from django.template.response import SimpleTemplateResponse

from cooperation.copies import find_copy, tell_caches
from cooperation.models.editions import one_edition
from cooperation.theme import read_theme

PAGES = "pages"  # the cache of bodies, by the tag of the copy
MOST_BYTES = 250_000  # of one of them: the longest programs


class CopyMixin:
    """A page that anybody may keep. What those who are signed in see is theirs alone, and told anew each time."""

    def dispatch(self, request, *args, **kwargs):
        """Answer 304 for a good copy, else the page with what its copy will be known by."""
        with one_edition():
            copy = self.find_copy(request)
            if copy and copy.is_held(request.headers):
                response = HttpResponseNotModified()
            else:
                response = self.find_kept(request, copy) or super().dispatch(request, *args, **kwargs)
        tell_caches(request, response, is_private=request.user.is_authenticated)
        if copy and response.status_code in (200, 304):
            copy.label(response)
        if copy and response.status_code == 200 and isinstance(response, SimpleTemplateResponse):
            response.add_post_render_callback(lambda page: keep(copy, request, page))
        return response

    def find_copy(self, request):
        """Return by what a copy is known, None where there is none; who changes a template wants to see it at once.

        The tag alone knows it: no date tells a dark page from a light one.
        """
        if settings.DEBUG or request.user.is_authenticated or request.method not in ("GET", "HEAD"):
            return None
        copy = find_copy(request, ("page", read_theme(request.COOKIES)))
        return copy and replace(copy, second=None)

    def find_kept(self, request, copy):
        """Return the page as it was put together before, None if it was not, or if the reader asks for it anew."""
        is_anew = "no-cache" in request.headers.get("Cache-Control", "")
        body = caches[PAGES].get(copy.tag) if copy and not is_anew else None
        return body and HttpResponse(body)


def keep(copy, request, page):
    """Keep the body of a `page` for the next reader, unless it is very long or has something of this reader's own."""
    is_own = page.cookies or request.session.modified or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
    if request.method == "GET" and not is_own and len(page.content) <= MOST_BYTES:
        caches[PAGES].set(copy.tag, page.content)
