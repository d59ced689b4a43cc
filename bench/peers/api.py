"""Lists of Django REST framework as a tutorial writes them: one with filters, one with words as well; no facets."""

from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import serializers
from rest_framework.filters import SearchFilter
from rest_framework.pagination import PageNumberPagination
from rest_framework.viewsets import ReadOnlyModelViewSet

from bench.peers.filters import ProgramFilter, find_programs
from cooperation.models import Partnership, Party, Program, System


class PartySerializer(serializers.ModelSerializer):
    """A party by its names."""

    class Meta:
        model = Party
        fields = ["slug", "name", "names", "kind"]


class PartnershipSerializer(serializers.ModelSerializer):
    """A partnership with its parties."""

    parties = PartySerializer(many=True)

    class Meta:
        model = Partnership
        fields = ["slug", "name", "names", "parties"]


class SystemSerializer(serializers.ModelSerializer):
    """A system by its names."""

    class Meta:
        model = System
        fields = ["slug", "name", "names", "category"]


class ProgramSerializer(serializers.ModelSerializer):
    """A row of the list."""

    partnership = PartnershipSerializer()
    systems = SystemSerializer(many=True)

    class Meta:
        model = Program
        fields = [
            "slug",
            "name",
            "names",
            "mode",
            "stage",
            "category",
            "latest_day",
            "modified",
            "partnership",
            "systems",
        ]


class Pages(PageNumberPagination):
    """As many rows as a page of the portal has."""

    page_size = 25


class Programs(ReadOnlyModelViewSet):
    """Programs by filters."""

    queryset = find_programs()
    serializer_class = ProgramSerializer
    filterset_class = ProgramFilter
    filter_backends = [DjangoFilterBackend]
    pagination_class = Pages
    authentication_classes = permission_classes = throttle_classes = ()


class SearchedPrograms(Programs):
    """Programs by filters and words, looked for where the portal's search text stands."""

    filter_backends = [DjangoFilterBackend, SearchFilter]
    search_fields = ["search_text", "partnership__search_text", "systems__search_text"]
