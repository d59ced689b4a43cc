"""The choice of light or dark, kept in a cookie that is set by choosing alone."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from cooperation.theme import COOKIE, THEMES

ONE_YEAR = 365 * 24 * 60 * 60


# Without a CSRF token: a page that reads none sets no cookie and can be cached, and all that a forged form could do is
# to turn the colours of the reader's pages. Without login: the page to log in on has colours, too.
@method_decorator([csrf_exempt, login_not_required], name="dispatch")
class ChooseTheme(View):
    """Takes `theme` (light, dark; all else is the device's preference) and leads back to the page `next`."""

    http_method_names = ["post", "options"]

    def post(self, request):
        """Set or drop the cookie."""
        response = HttpResponseRedirect(find_way_back(request))
        theme = request.POST.get("theme")
        if theme in THEMES:
            is_secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(COOKIE, theme, ONE_YEAR, secure=is_secure, httponly=True, samesite="Lax")
        else:
            response.delete_cookie(COOKIE, samesite="Lax")
        return response


def find_way_back(request):
    """Return the page that the form stood on, the first page for one that is not of this site."""
    address = request.POST.get("next", "")
    hosts = {request.get_host()}
    is_here = url_has_allowed_host_and_scheme(address, hosts, require_https=request.is_secure())
    return address if is_here else reverse("home")
