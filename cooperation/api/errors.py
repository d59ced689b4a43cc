"""Every error of the API in one shape: `{detail | field: [sentences], code}`."""

import logging

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import exceptions
from rest_framework.views import exception_handler as rest_exception_handler

logger = logging.getLogger("django.request")
RESERVED_KEYS = ("detail", "code")


class BadRequest(exceptions.APIException):
    """A request that Django refuses to read, such as one with too many parameters."""

    status_code = 400
    default_detail = gettext_lazy("This request cannot be read.")
    default_code = "bad_request"


class Unavailable(exceptions.APIException):
    """The database does not answer, is locked, or takes too long."""

    status_code = 503
    default_detail = gettext_lazy("The database does not answer. Please try again in a while.")
    default_code = "unavailable"
    wait = 5  # seconds, for the header Retry-After


def build_failure(status):
    """Return the answer to a request that fails before or behind all views: 400 or 500, in the one shape."""
    error = BadRequest() if status == BadRequest.status_code else exceptions.APIException()
    return JsonResponse(_build_body({"detail": error.detail}), status=status, headers={"Cache-Control": "no-store"})


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
    if isinstance(error, OperationalError | InterfaceError):
        logger.error("The database fails: %s", error, exc_info=error)
        return Unavailable()
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
