"""What is answered where no view can: a page, or below /api/ JSON in the shape of all its errors."""

from django.views import defaults

from cooperation.api.errors import build_failure

API = "/api/"


def bad_request(request, exception):
    """Answer 400 to a request that Django refuses to read, such as one for a host that is not ours."""
    return build_failure(400) if request.path_info.startswith(API) else defaults.bad_request(request, exception)


def server_error(request):
    """Answer 500, without a word on what went wrong: that stands in the log."""
    return build_failure(500) if request.path_info.startswith(API) else defaults.server_error(request)
