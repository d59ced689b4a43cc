"""The record's own FilterSet, in the API's manner: what is unknown or malformed is refused, not ignored."""

from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend

from cooperation.api.errors import refuse_unknown_parameters
from cooperation.api.parameters import describe_filters
from cooperation.filters import FILTERS


class FilterBackend(BaseFilterBackend):
    """Narrows a list by the FilterSet of the view's `noun`."""

    def filter_queryset(self, request, queryset, view):
        """Return the rows that the request asks for; raise ValidationError, keyed by parameter, if it cannot."""
        return bind_filterset(view.noun, request.query_params, queryset).qs

    def get_schema_operation_parameters(self, view):
        """Describe the parameters of the FilterSet."""
        return describe_filters(FILTERS[view.noun])


def bind_filterset(noun, parameters, queryset):
    """Return the noun's FilterSet, bound to `parameters` and valid; raise ValidationError if it is not."""
    filterset = FILTERS[noun](parameters, queryset=queryset)
    refuse_unknown_parameters(filterset.find_unknown_parameters(parameters), filterset.allowed_parameters())
    if not filterset.is_valid():
        raise ValidationError({name: list(sentences) for name, sentences in filterset.errors.items()})
    return filterset
