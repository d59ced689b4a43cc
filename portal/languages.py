"""The language of a request: the address decides for pages, the reader's settings for everything else."""

from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers

UNPREFIXED = ("/api/", "/admin/")  # these follow the cookie, then Accept-Language


class LanguageMiddleware(LocaleMiddleware):
    """Activates the prefix's language, English for a page without prefix; for API and admin it asks the reader.

    Django's own takes every address without a prefix for the default language as soon as `i18n_patterns` leaves that
    prefix out, so the API and the admin would never speak French; and it marks English pages as varying with
    Accept-Language, which they do not.
    """

    def process_request(self, request):
        """Activate the language of the request."""
        if not request.path_info.startswith(UNPREFIXED):
            super().process_request(request)
            return
        translation.activate(translation.get_language_from_request(request))
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request, response):
        """Name the language in the answer, and what it depends on."""
        if request.path_info.startswith(UNPREFIXED):
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
