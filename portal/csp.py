"""Content Security Policy, with the setting name of Django 6.

With Django 6, delete this file and name `django.middleware.csp.ContentSecurityPolicyMiddleware` in the settings.
"""

from django.conf import settings

HEADER = "Content-Security-Policy"
# With DEBUG, Django's own pages for these answers bring their style along.
DEBUG_PAGES = {404, 500}


def build_policy(directives: dict[str, list[str]]) -> str:
    return "; ".join(" ".join([directive, *sources]) for directive, sources in directives.items())


class ContentSecurityPolicyMiddleware:
    """Adds SECURE_CSP to each answer that has no policy of its own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not (settings.DEBUG and response.status_code in DEBUG_PAGES):
            response.headers.setdefault(HEADER, build_policy(settings.SECURE_CSP))
        return response
