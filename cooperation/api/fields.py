"""`fields`: which keys the rows of a list have; the id is always among them."""

from django.core.exceptions import ValidationError as InvalidValue
from rest_framework.exceptions import ValidationError

from cooperation.api.parameters import describe_query
from cooperation.filters.fields import MAX_VALUES, NOT_A_CODE, TOO_MANY, clean_value, refuse_unknown

PARAMETER = "fields"
ID = "id"
HELP = (
    "The keys that each row has, separated by commas or repeated; all unless given, and `id` always. "
    "What is not asked for is not looked up either."
)


def read_fields(parameters, allowed):
    """Return the keys asked for, `allowed` if none are; raise ValidationError for what a row has not."""
    written = [name for text in parameters.getlist(PARAMETER) for name in text.split(",")]
    try:
        names = _clean(written, allowed)
    except InvalidValue as error:
        raise ValidationError({PARAMETER: error.messages})
    return {ID, *names} if names else set(allowed)


def describe_fields(allowed):
    """Return the OpenAPI parameter."""
    schema = {"type": "array", "items": {"type": "string", "enum": list(allowed)}, "maxItems": MAX_VALUES}
    return describe_query(PARAMETER, HELP, schema, style="form", explode=False)


def _clean(written, allowed):
    if len(written) > MAX_VALUES:
        raise InvalidValue(TOO_MANY, params={"count": len(written), "most": MAX_VALUES})
    names = list(dict.fromkeys(filter(None, map(clean_value, written))))
    refuse_unknown([name for name in names if name not in allowed], NOT_A_CODE, allowed=", ".join(allowed))
    return names
