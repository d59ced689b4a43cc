"""Every error of the API in one shape: `{detail | field: [sentences], code}`."""

from django.core.exceptions import SuspiciousOperation
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.views import exception_handler as rest_exception_handler

RESERVED_KEYS = ("detail", "code")


class BadRequest(exceptions.APIException):
    """A request that Django refuses to read, such as one with too many parameters."""

    status_code = 400
    default_detail = gettext_lazy("This request cannot be read.")
    default_code = "bad_request"


def exception_handler(error, context):
    """Answer `error` in the one shape; None, a server error, for what is nobody's mistake outside."""
    response = rest_exception_handler(_translate(error), context)
    if response is not None:
        response.data = _build_body(response.data)
    return response


def refuse_unknown_parameters(unknown, allowed):
    """Raise ValidationError for each parameter in `unknown`, naming the `allowed` ones."""
    if unknown:
        known = _("There is no such parameter; use one of %(allowed)s.") % {"allowed": ", ".join(sorted(allowed))}
        sentence = known if allowed else _("There is no such parameter; this address takes none.")
        raise exceptions.ValidationError({name: [sentence] for name in unknown})


def _translate(error):
    """Return one and the same error for all that cannot be found, and an API error for an unreadable request."""
    if isinstance(error, Http404):
        return exceptions.NotFound()
    return BadRequest() if isinstance(error, SuspiciousOperation) else error


def _build_body(data):
    if isinstance(data, list):
        return {"detail": " ".join(map(str, data)), "code": "invalid"}
    if hasattr(data.get("detail"), "code"):
        return {"detail": data["detail"], "code": data["detail"].code}
    return _build_field_errors(data)


def _build_field_errors(data):
    """Return the sentences by field; those of a field whose name is a key of the shape itself become the detail."""
    body = {name: sentences for name, sentences in data.items() if name not in RESERVED_KEYS}
    clashing = [f"{name}: {' '.join(data[name])}" for name in RESERVED_KEYS if name in data]
    return body | ({"detail": " ".join(clashing)} if clashing else {}) | {"code": "invalid"}
