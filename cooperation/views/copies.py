"""Pages that a browser or a proxy may keep: it asks before each use, and is told at once if its copy is good still."""

from django.conf import settings
from django.http import HttpResponseNotModified

from cooperation.copies import find_copy, tell_caches
from cooperation.models.editions import one_edition
from cooperation.theme import read_theme


class CopyMixin:
    """A page that anybody may keep. What those who are signed in see is theirs alone, and told anew each time."""

    def dispatch(self, request, *args, **kwargs):
        """Answer 304 for a good copy, else the page with what its copy will be known by."""
        with one_edition():
            copy = self.find_copy(request)
            is_good = copy is not None and copy.is_held(request.headers)
            response = HttpResponseNotModified() if is_good else super().dispatch(request, *args, **kwargs)
        tell_caches(request, response, is_private=request.user.is_authenticated)
        if copy and response.status_code in (200, 304):
            copy.label(response)
        return response

    def find_copy(self, request):
        """Return by what a copy is known, None where there is none; who changes a template wants to see it at once."""
        if settings.DEBUG or request.user.is_authenticated or request.method not in ("GET", "HEAD"):
            return None
        return find_copy(request, ("page", read_theme(request.COOKIES)))
