"""What changed between two days: the programs that the page shows, with what is new in each."""

from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.mixins import ListModelMixin
from rest_framework.viewsets import GenericViewSet

from cooperation.api.errors import refuse_unknown_parameters
from cooperation.api.parameters import describe_filters
from cooperation.api.serializers import ChangeSerializer
from cooperation.api.views import ReadOnly
from cooperation.changes import find_changes
from cooperation.filters import CLOCKS, ChangeFilter
from cooperation.models import Program

CLOCK_SCHEMA = {"type": "string", "enum": [*CLOCKS], "default": CLOCKS[0]}


class ChangeBackend(BaseFilterBackend):
    """Binds the `ChangeFilter`."""

    def filter_queryset(self, request, queryset, view):
        """Return the primary keys of the programs that changed, and give the view the `filterset`.

        Raise ValidationError, keyed by parameter, if what is asked for is unknown or malformed.
        """
        filterset = ChangeFilter(request.query_params, queryset=queryset)
        refuse_unknown_parameters(
            filterset.find_unknown_parameters(request.query_params), filterset.allowed_parameters()
        )
        if not filterset.is_valid():
            raise ValidationError({name: list(sentences) for name, sentences in filterset.errors.items()})
        view.filterset = filterset
        return filterset.qs.values_list("pk", flat=True)

    def get_schema_operation_parameters(self, view):
        """Describe the parameters of the filterset."""
        return [
            {**parameter, "schema": CLOCK_SCHEMA} if parameter["name"] == "clock" else parameter
            for parameter in describe_filters(ChangeFilter)
        ]


class ChangeViewSet(ReadOnly, ListModelMixin, GenericViewSet):
    """What changed in programs between the ends of two days, the latest change first."""

    filter_backends = [ChangeBackend]
    serializer_class = ChangeSerializer
    parameters = None

    def get_queryset(self):
        """Start with the public programs."""
        return Program.objects.visible()

    def paginate_queryset(self, queryset):
        """Return the changes of the page's programs."""
        return find_changes(super().paginate_queryset(queryset), self.filterset.span)
