"""What OpenAPI says beyond the serializers: the errors of every address, in their one shape."""

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers

from cooperation.api.parameters import describe_clocks

SENTENCES = {"type": "array", "items": {"type": "string"}}


class ErrorSerializer(serializers.Serializer):
    """An error: a sentence in `detail`, or a list of sentences under each parameter that is wrong."""

    detail = serializers.CharField(required=False)
    code = serializers.CharField()


class ErrorExtension(OpenApiSerializerExtension):
    """Says that an error may have further keys: the names of parameters."""

    target_class = ErrorSerializer

    def map_serializer(self, auto_schema, direction):
        """Add the further keys."""
        return super().map_serializer(auto_schema, direction) | {"additionalProperties": SENTENCES}


class ApiSchema(AutoSchema):
    """Adds what operations answer to a wrong parameter and an unknown id or page, and the clocks of one record."""

    def get_override_parameters(self):
        """Describe the parameters by which one record can be asked about a day."""
        return describe_clocks(self.view.clocks) if getattr(self.view, "action", None) == "retrieve" else []

    def get_response_serializers(self):
        """Return the answers by status code."""
        answers = {200: super().get_response_serializers()}
        answers[400] = OpenApiResponse(ErrorSerializer, "A parameter is unknown or malformed.")
        answers[401] = OpenApiResponse(ErrorSerializer, "The token opens nothing, or the portal is closed.")
        answers[403] = OpenApiResponse(ErrorSerializer, "The token has not the scope “read”.")
        if getattr(self.view, "action", None) in ("list", "retrieve"):
            answers[404] = OpenApiResponse(ErrorSerializer, "There is no such record or page.")
        return answers
