"""The record's own FilterSet, in the API's manner: what is unknown or malformed is refused, not ignored."""

from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend

from cooperation.api.errors import refuse_unknown_parameters
from cooperation.api.parameters import describe_filters
from cooperation.filters import FILTERS, DayForm


class FilterBackend(BaseFilterBackend):
    """Binds the FilterSet of the view's `noun`."""

    def filter_queryset(self, request, queryset, view):
        """Return the rows of the day, out of which the view's `filterset` chooses a page.

        Raise ValidationError, keyed by parameter, if it cannot.
        """
        view.filterset = bind_filterset(view.noun, request.query_params, queryset)
        return view.filterset.find_rows()

    def get_schema_operation_parameters(self, view):
        """Describe the parameters of the FilterSet."""
        return describe_filters(FILTERS[view.noun])


def read_day(parameters, clocks):
    """Return the day that `parameters` ask about as keywords; raise ValidationError if one of `clocks` is no day."""
    form = DayForm(parameters)
    if not form.is_valid():
        raise ValidationError({name: list(sentences) for name, sentences in form.errors.items()})
    return form.read_day(clocks)


def bind_filterset(noun, parameters, queryset):
    """Return the noun's FilterSet, bound to `parameters` and valid; raise ValidationError if it is not."""
    filterset = FILTERS[noun](parameters, queryset=queryset)
    refuse_unknown_parameters(filterset.find_unknown_parameters(parameters), filterset.allowed_parameters())
    if not filterset.is_valid():
        raise ValidationError({name: list(sentences) for name, sentences in filterset.errors.items()})
    return filterset
