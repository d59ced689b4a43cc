"""What changed between two days: the programs that the page shows, with what is new in each."""

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.filters import BaseFilterBackend
from rest_framework.mixins import ListModelMixin
from rest_framework.viewsets import GenericViewSet

from cooperation.api import cursors
from cooperation.api.filtering import bind_filterset
from cooperation.api.keys import Keys
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
        """Return the `Keys` of the programs that changed, and give the view the `filterset`.

        Raise ValidationError, keyed by parameter, if what is asked for is unknown or malformed.
        """
        view.filterset = bind_filterset(ChangeFilter, request.query_params, queryset, (cursors.PARAMETER,))
        return Keys(view.filterset)

    def get_schema_operation_parameters(self, view):
        """Describe the parameters of the filterset."""
        return [
            {**parameter, "schema": CLOCK_SCHEMA} if parameter["name"] == "clock" else parameter
            for parameter in describe_filters(ChangeFilter)
        ]


@extend_schema_view(list=extend_schema(operation_id="list_changes", summary="What changed between two days"))
class ChangeViewSet(ReadOnly, ListModelMixin, GenericViewSet):
    """What changed in programs between the ends of two days, the latest change first.

    For each program: whether it is new, from which stage to which it moved, its new claims and new contradictions.
    """

    filter_backends = [ChangeBackend]
    serializer_class = ChangeSerializer
    parameters = None

    def get_queryset(self):
        """Start with the public programs."""
        return Program.objects.visible()

    def paginate_queryset(self, queryset):
        """Return the changes of the page's programs."""
        return find_changes(super().paginate_queryset(queryset), self.filterset.span)
