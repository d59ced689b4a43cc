"""The record's own FilterSet, in the API's manner: what is unknown or malformed is refused, not ignored."""

from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend

from cooperation.api import cursors, fields
from cooperation.api.errors import refuse_unknown_parameters
from cooperation.api.parameters import describe_filters
from cooperation.filters import FILTERS, DayForm

LIST_PARAMETERS = (cursors.PARAMETER, fields.PARAMETER)


class FilterBackend(BaseFilterBackend):
    """Binds the FilterSet of the view's `noun`, and reads which keys its rows show."""

    def filter_queryset(self, request, queryset, view):
        """Return the rows of the day, out of which the view's `filterset` chooses a page.

        Raise ValidationError, keyed by parameter, if it cannot.
        """
        view.filterset = bind_filterset(FILTERS[view.noun], request.query_params, queryset, LIST_PARAMETERS)
        view.fields = fields.read_fields(request.query_params, view.row_keys)
        return view.filterset.find_rows()

    def get_schema_operation_parameters(self, view):
        """Describe the parameters of the FilterSet."""
        return [*describe_filters(FILTERS[view.noun]), fields.describe_fields(view.row_keys)]


def read_day(parameters, clocks):
    """Return the day that `parameters` ask about as keywords; raise ValidationError if one of `clocks` is no day."""
    form = DayForm(parameters)
    if not form.is_valid():
        raise ValidationError({name: list(sentences) for name, sentences in form.errors.items()})
    return form.read_day(clocks)


def bind_filterset(filterset_class, parameters, queryset, beside=()):
    """Return the filterset bound to `parameters` and valid; raise ValidationError, keyed by parameter, if it is not.

    `beside` are the parameters that the address takes besides those of the filterset.
    """
    filterset = filterset_class(parameters, queryset=queryset)
    unknown = [name for name in filterset.find_unknown_parameters(parameters) if name not in beside]
    refuse_unknown_parameters(unknown, (*filterset.allowed_parameters(), *beside))
    if not filterset.is_valid():
        raise ValidationError({name: list(sentences) for name, sentences in filterset.errors.items()})
    return filterset
