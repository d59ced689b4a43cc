"""What OpenAPI says beyond the serializers: names of operations, all statuses, the errors in their one shape."""

import json
from functools import cache

from django.utils import translation
from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

from cooperation.api.parameters import describe_clocks

SENTENCES = {"type": "array", "items": {"type": "string"}}
# The errors that an operation can answer, and what they mean.
STATUSES = {
    400: "A parameter is unknown or malformed; the answer names it and says what is allowed.",
    401: "This portal is closed: log in, or send a token; or the token is not valid.",
    403: "The token is not made for reading.",
    404: "There is no such record or page.",
    429: "Too many requests in this minute; `Retry-After` says when to go on.",
    500: "The portal made a mistake.",
    503: "The database does not answer; `Retry-After` says when to ask again.",
}
TOO_LONG = {414: OpenApiResponse(None, "The address is too long for the server in front; no JSON.")}
LIST_HELP = """

Rows have all keys unless `fields` names some. With `modified_since`, what the public lost since then stands behind the
rows as `{id, withdrawn}`, whatever else narrows, and counts."""
DETAIL_HELP = """

A draft, a withdrawn record and an id that was never used all answer 404."""


class ErrorSerializer(serializers.Serializer):
    """An error: a sentence in `detail`, or a list of sentences under each parameter that is wrong."""

    detail = serializers.CharField(required=False)
    code = serializers.CharField(help_text="Stays the same whatever the language of the sentences.")


class ErrorExtension(OpenApiSerializerExtension):
    """Says that an error may have further keys: the names of parameters."""

    target_class = ErrorSerializer

    def map_serializer(self, auto_schema, direction):
        """Add the further keys."""
        return super().map_serializer(auto_schema, direction) | {"additionalProperties": SENTENCES}


class ApiSchema(AutoSchema):
    """Names the operations of a noun, tells all that they can answer, and the clocks of one record."""

    @property
    def action(self):
        """Return `list` or `retrieve` for those of a noun, another word or nothing for all else."""
        return self.view.action if getattr(self.view, "noun", "") else None

    def get_operation_id(self):
        """Return a name that stays: programs that others have generated call it."""
        name = "{0.model._meta.model_name}"
        names = {"list": "list_{0.noun}", "retrieve": f"get_{name}", "partial_update": f"change_state_of_{name}"}
        return names[self.action].format(self.view) if self.action in names else super().get_operation_id()

    def get_summary(self):
        """Return a few words."""
        names = {"list": "List of {0.noun}", "retrieve": "One of the {0.noun}"}
        names |= {"partial_update": "Publish or withdraw one of the {0.noun}"}
        return names[self.action].format(self.view) if self.action in names else super().get_summary()

    def get_description(self):
        """Return what the noun is, and what holds for all lists or records."""
        helps = {"list": LIST_HELP, "retrieve": DETAIL_HELP}
        return super().get_description() + helps.get(self.action, "")

    def get_override_parameters(self):
        """Describe the parameters by which one record can be asked about a day."""
        return describe_clocks(self.view.clocks) if self.action == "retrieve" else []

    def get_response_serializers(self):
        """Return the answers by status code."""
        has_404 = getattr(self.view, "action", None) in ("list", "retrieve")
        return {200: super().get_response_serializers(), **describe_reading(has_404)}


def describe_errors(*statuses):
    """Return the descriptions of these errors by status code."""
    return {status: OpenApiResponse(ErrorSerializer, STATUSES[status]) for status in statuses}


def describe_reading(has_404):
    """Return the answers by status code that every reading can have instead of what it asks for."""
    answers = describe_errors(*(status for status in STATUSES if status != 404 or has_404))
    answers[304] = OpenApiResponse(None, "The copy that `If-None-Match` or `If-Modified-Since` speaks of is good.")
    return {**answers, **TOO_LONG}


@cache
def build_description():
    """Return the whole OpenAPI document, in English, as JSON has it."""
    with translation.override("en"):
        return json.loads(json.dumps(SchemaGenerator().get_schema(request=None, public=True), default=str))
