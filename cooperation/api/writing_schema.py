"""What OpenAPI says of writing: the bundle's own schema, the answers by status, and an example of each."""

from drf_spectacular.extensions import OpenApiSerializerExtension
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    PolymorphicProxySerializer,
    extend_schema_field,
)
from rest_framework import serializers

from cooperation.api.parameters import describe_filters
from cooperation.api.schema import TOO_LONG, ErrorSerializer, describe_errors, describe_reading
from cooperation.bundles.shapes import build_schema
from cooperation.choices import State
from cooperation.filters import FILTERS

TOKEN = [{"token": []}]
STATES = (State.PUBLISHED.value, State.WITHDRAWN.value)  # that can be asked for


class BundleSerializer(serializers.Serializer):
    """A bundle: sections of records, as docs/data.md describes it key by key."""


class BundleExtension(OpenApiSerializerExtension):
    """Describes the bundle by its own definition."""

    target_class = BundleSerializer

    def map_serializer(self, auto_schema, direction):
        """Return the JSON Schema of the bundle."""
        return {key: value for key, value in build_schema().items() if key != "$schema"}


class ReportSerializer(serializers.Serializer):
    """What a load did, or with `dry_run` would do: lists of `section/id`; `left_over` is no longer in its article."""

    dry_run = serializers.BooleanField()
    created = serializers.ListField(child=serializers.CharField())
    updated = serializers.ListField(child=serializers.CharField())
    unchanged = serializers.ListField(child=serializers.CharField())
    left_over = serializers.ListField(child=serializers.CharField())
    withdrawn = serializers.ListField(child=serializers.CharField())
    rejected = serializers.ListField(child=serializers.CharField(), help_text="What is wrong, with line and key.")


class RefusedReportSerializer(ReportSerializer):
    """The report of a load that was refused: all that is wrong is in `rejected`."""

    detail = serializers.CharField()
    code = serializers.CharField()


@extend_schema_field({"type": "string", "enum": list(STATES)})
class WantedStateField(serializers.CharField):
    """A state that can be asked for."""


class StateChangeSerializer(serializers.Serializer):
    """The state to bring a record to, and nothing else."""

    state = WantedStateField()


class RecordStateSerializer(serializers.Serializer):
    """What became of a record; its new version is in the header `ETag`."""

    id = serializers.SlugField()
    url = serializers.URLField()
    state = serializers.ChoiceField(choices=State.choices)
    public = serializers.BooleanField(help_text="Whether readers see it: what it names must be public as well.")
    changed = serializers.ListField(child=serializers.CharField(), help_text="All that changed state, as noun/id.")


class ObstacleSerializer(serializers.Serializer):
    """One thing that keeps a record from being published."""

    record = serializers.CharField(help_text="The record that it keeps back, as noun/id.")
    key = serializers.CharField()
    message = serializers.CharField()
    missing = serializers.CharField(allow_null=True, help_text="What has to be published first, as noun/id.")


class ObstaclesSerializer(serializers.Serializer):
    """Why a record cannot be published yet."""

    detail = serializers.CharField()
    code = serializers.CharField()
    obstacles = ObstacleSerializer(many=True)


REFUSAL = PolymorphicProxySerializer(
    "Refusal", [ErrorSerializer, RefusedReportSerializer], resource_type_field_name=None
)


def describe_error(words, status, code, sentence):
    """Return the description of an error with its example."""
    example = OpenApiExample(code, {"detail": sentence, "code": code}, response_only=True, status_codes=[str(status)])
    return OpenApiResponse(ErrorSerializer, words, [example])


def _describe_filter_parameters(filterset_class):
    """Return the parameters of a FilterSet for a view that is no list."""
    for described in describe_filters(filterset_class):
        style = {key: described[key] for key in ("style", "explode") if key in described}
        yield OpenApiParameter(described["name"], described["schema"], description=described["description"], **style)


UNAUTHORISED = describe_error(
    "There is no token, or it opens nothing: unknown, revoked or expired.",
    401,
    "invalid_token",
    "There is no such token.",
)
FORBIDDEN_WORDS = "The token is not made for that, or its owner may not do it."
FORBIDDEN = describe_error(
    FORBIDDEN_WORDS,
    403,
    "insufficient_scope",
    "This token is not made for that; it needs the scope “publish”.",
)
UNSUPPORTED = describe_error(
    "The body is of another type.", 415, "unsupported_media_type", "Send the body as application/json."
)
TOO_LARGE = describe_error(
    "The body is larger than 10 MB.", 413, "too_large", "The body is larger than 10 MB; split it."
)
BUSY = describe_error(
    "Another writer was at work for too long; nothing was written.",
    503,
    "busy",
    "The database is busy; nothing was written. Try again in a moment.",
)

ALWAYS = {**TOO_LONG, **describe_errors(429, 500), 503: BUSY}

_OUTCOMES = {"created": [], "updated": [], "unchanged": [], "left_over": [], "withdrawn": [], "rejected": []}
_REFUSED = {
    "dry_run": True,
    **_OUTCOMES,
    "rejected": ["body, line 3, kind: “stat” is not known; use one of state, company, other."],
    "detail": "Nothing was written.",
}
_CHANGED = {
    "id": "france-ukraine-mirage-2000-supply",
    "url": "https://portal.example.org/api/v1/programs/france-ukraine-mirage-2000-supply/",
    "state": "published",
    "public": True,
    "changed": ["programs/france-ukraine-mirage-2000-supply"],
}
_HINDERED = {
    "detail": "This cannot be published yet; see what is missing.",
    "code": "not_publishable",
    "obstacles": [
        {
            "record": "programs/france-ukraine-mirage-2000-supply",
            "key": "partnership",
            "message": "partnership “France–Ukraine” (france-ukraine) is not published.",
            "missing": "partnerships/france-ukraine",
        }
    ],
}
_BUNDLE = {"parties": [{"id": "france", "name": "France", "kind": "state", "country": "FR"}]}

LOAD = {
    "operation_id": "load_bundle",
    "summary": "Load a bundle",
    "tags": ["bundles"],
    "auth": TOKEN,
    "parameters": [
        OpenApiParameter(
            "dry_run",
            {"type": "boolean", "default": True},
            description="Tell what loading would do, and write nothing. `false` loads.",
        )
    ],
    "request": {"application/json": BundleSerializer, "application/yaml": BundleSerializer},
    "examples": [
        OpenApiExample("one party", _BUNDLE, request_only=True, media_type="application/json"),
    ],
    "responses": {
        200: OpenApiResponse(
            ReportSerializer,
            "Loaded; in a dry run, it would be.",
            [OpenApiExample("report", {"dry_run": True, **_OUTCOMES, "created": ["parties/france"]})],
        ),
        400: OpenApiResponse(
            REFUSAL,
            "A parameter is wrong, or the body cannot be read.",
            [OpenApiExample("unreadable", {**_REFUSED, "code": "unreadable"})],
        ),
        401: UNAUTHORISED,
        403: OpenApiResponse(
            REFUSAL,
            FORBIDDEN_WORDS,
            [
                OpenApiExample(
                    "permission_denied",
                    {**_REFUSED, "rejected": ["body, line 2: you may not add parties."], "code": "permission_denied"},
                )
            ],
        ),
        409: describe_error(
            "Another load is running.",
            409,
            "load_running",
            "Another load is running on this database; try again when it is done.",
        ),
        413: TOO_LARGE,
        415: UNSUPPORTED,
        422: OpenApiResponse(
            RefusedReportSerializer,
            "The bundle was read and is wrong; all that is wrong is told at once.",
            [OpenApiExample("rejected", {**_REFUSED, "code": "rejected"})],
        ),
        **ALWAYS,
    },
}

EXPORT = {
    "operation_id": "export_bundle",
    "summary": "Articles as a bundle",
    "tags": ["bundles"],
    "parameters": [
        *_describe_filter_parameters(FILTERS["articles"]),
        OpenApiParameter("page", {"type": "integer", "minimum": 1, "default": 1}),
        OpenApiParameter("page_size", {"type": "integer", "minimum": 1, "maximum": 200, "default": 200}),
    ],
    "responses": {
        200: OpenApiResponse(
            BundleSerializer,
            "The bundle; the header `Link` leads to the next page of articles.",
            [OpenApiExample("one party", _BUNDLE)],
        ),
        **describe_reading(has_404=True),
    },
}

STATE = {
    "description": (
        "Publish or withdraw a record: a body of `state` alone, and in `If-Match` the `ETag` that reading the record "
        "with a token of the scopes `read` and `publish` gives. Such a token reads drafts as well, and is shown "
        "`state` and `public`."
    ),
    "auth": TOKEN,
    "parameters": [
        OpenApiParameter("If-Match", str, OpenApiParameter.HEADER, required=True, description="The version: the ETag."),
        OpenApiParameter(
            "along",
            {"type": "boolean", "default": False},
            description="Publish the drafts that it names, too.",
        ),
    ],
    "request": StateChangeSerializer,
    "responses": {
        200: OpenApiResponse(
            RecordStateSerializer,
            "Done; the header `ETag` is the new version.",
            [OpenApiExample("published", _CHANGED)],
        ),
        400: describe_error(
            "The body has another key, or a parameter is wrong.",
            400,
            "unreadable",
            "body, line 1: this is no JSON.",
        ),
        401: UNAUTHORISED,
        403: FORBIDDEN,
        **describe_errors(404),
        409: OpenApiResponse(
            ObstaclesSerializer,
            "It cannot be published yet: something is missing.",
            [OpenApiExample("not_publishable", _HINDERED)],
        ),
        412: describe_error(
            "Somebody has written it since.",
            412,
            "stale",
            "Somebody has changed this record since you read it; read it again.",
        ),
        413: TOO_LARGE,
        415: UNSUPPORTED,
        428: describe_error(
            "If-Match is missing.",
            428,
            "precondition_required",
            "Send the record's ETag, as you read it, in If-Match.",
        ),
        **ALWAYS,
    },
}
