"""What stands beside a page, at its address with another ending: read like the API, closed like the page."""

from django.contrib.auth.views import redirect_to_login
from rest_framework.exceptions import NotAuthenticated
from rest_framework.generics import GenericAPIView

from cooperation.api.views import ReadOnly


class BesidePage(ReadOnly, GenericAPIView):
    """Base of files and feeds; `page` is the url name of the page. They are no part of the API's description."""

    schema = None
    page = ""

    def handle_exception(self, exc):
        """In a closed portal lead to the log-in, as the page does; who sends a token is answered as by the API."""
        if isinstance(exc, NotAuthenticated) and "Authorization" not in self.request.headers:
            return redirect_to_login(self.request.get_full_path())
        return super().handle_exception(exc)

    @property
    def root(self):
        """Return scheme and host."""
        return self.request.build_absolute_uri("/").removesuffix("/")
