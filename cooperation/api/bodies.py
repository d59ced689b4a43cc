"""Bodies of requests that write: bounded before they are read, and read as strictly as bundles are."""

from django.utils.http import parse_header_parameters
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.exceptions import APIException, UnsupportedMediaType, ValidationError

from cooperation.bundles.reader import MAX_BYTES, read_bytes
from cooperation.bundles.report import BundleError

JSON, YAML = "application/json", "application/yaml"


class TooLarge(APIException):
    """The body is larger than what is read."""

    status_code = 413
    default_detail = gettext_lazy("The body is larger than 10 MB; split it.")
    default_code = "too_large"


class Unreadable(APIException):
    """The body cannot be read."""

    status_code = 400
    default_code = "unreadable"


def read_body(request, media_types):
    """Return (bytes, media type) of the body; raise 413 before it is read, 415 if it is none of `media_types`."""
    media_type, _parameters = parse_header_parameters(request.headers.get("Content-Type", ""))
    if media_type not in media_types:
        words = _("Send the body as %(allowed)s.") % {"allowed": _(" or ").join(media_types)}
        raise UnsupportedMediaType(media_type, words)
    if int(request.headers.get("Content-Length") or 0) > MAX_BYTES:
        raise TooLarge()
    return request.body, media_type


def read_mapping(request):
    """Return the JSON object in the body; raise Unreadable in words, such as for a key that stands there twice."""
    body, _media_type = read_body(request, [JSON])
    try:
        return read_bytes(body, "body", is_json=True)
    except BundleError as error:
        raise Unreadable(str(error)) from error


def read_flag(request, name, *, default):
    """Return the parameter `name`, `true` or `false`; raise ValidationError for all else, also if it is repeated."""
    given = request.query_params.getlist(name)
    if not given:
        return default
    if given not in (["true"], ["false"]):
        raise ValidationError({name: [_("Write true or false, once.")]})
    return given == ["true"]
