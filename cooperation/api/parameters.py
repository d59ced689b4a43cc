"""The parameters of a FilterSet as OpenAPI describes them."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter

from cooperation.filters.day import HELP, LABELS
from cooperation.filters.fields import MAX_LENGTH
from cooperation.filters.parameters import CodesFilter, DayFilter, MomentFilter, RecordsFilter, SortFilter

ID = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 100}
WORDS = {"type": "string", "maxLength": MAX_LENGTH, "pattern": r"^[^\u0000]*$"}
MOMENT = {"anyOf": [{"type": "string", "format": each} for each in ("date", "date-time")]}


def describe_filters(filterset_class):
    """Return the OpenAPI parameters of all filters."""
    return [_describe(name, filter_) for name, filter_ in filterset_class.base_filters.items()]


def describe_query(name, description, schema, **more):
    """Return one OpenAPI parameter of the query."""
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema, **more}


def describe_clocks(clocks):
    """Return the parameters by which an address without a FilterSet can be asked about a day."""
    return [OpenApiParameter(name, OpenApiTypes.DATE, description=f"{LABELS[name]}. {HELP[name]}") for name in clocks]


def describe_words():
    """Return the parameter of the search over all nouns."""
    words, example = {**WORDS, "minLength": 1}, OpenApiExample("A system", "Mirage")
    return OpenApiParameter("q", words, required=True, description="All of them must occur.", examples=[example])


def _describe(name, filter_):
    schema = _build_schema(filter_)
    repeats = {"style": "form", "explode": True} if schema.get("type") == "array" else {}
    words = [str(part) for part in (filter_.label, filter_.extra.get("help_text")) if part]
    return describe_query(name, ". ".join(words), schema, **repeats)


def _build_schema(filter_):
    if isinstance(filter_, CodesFilter):
        return {"type": "array", "items": {"type": "string", "enum": filter_.codes.values}}
    if isinstance(filter_, RecordsFilter):
        return {"type": "array", "items": ID}
    if isinstance(filter_, SortFilter):
        return {"type": "string", "enum": [value for value, _label in filter_.extra["choices"] if value]}
    if isinstance(filter_, MomentFilter):
        return MOMENT
    if isinstance(filter_, DayFilter):
        return {"type": "string", "format": "date"}
    return WORDS
