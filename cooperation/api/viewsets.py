"""The nine nouns: list by their FilterSet, and detail by id. Each list and detail takes a fixed number of queries."""

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from cooperation.api import serializers
from cooperation.api.filtering import bind_filterset
from cooperation.api.views import ReadOnly
from cooperation.facets import count_facets
from cooperation.models import (
    Article,
    Citation,
    Development,
    Instrument,
    Official,
    Partnership,
    Party,
    Program,
    Publisher,
    System,
)

STORY = Development.objects.visible().with_names().with_citations()


def prefetch_public(relation, rows, to_attr):
    """Return the prefetch of the public `rows` that name a record."""
    return Prefetch(relation, queryset=rows.visible(), to_attr=to_attr)


class RecordViewSet(ReadOnly, ReadOnlyModelViewSet):
    """Base of all nouns: `queryset` for lists, `detail_queryset` for one record where that shows more."""

    lookup_field = "slug"
    lookup_url_kwarg = "id"
    lookup_value_converter = "slug"
    noun = ""
    detail_queryset = None
    detail_serializer_class = None

    @property
    def parameters(self):
        """Take none for one record; a list's are those of its FilterSet."""
        return () if self.action == "retrieve" else None

    @property
    def shows_detail(self):
        """Tell whether one record is asked for."""
        return self.action == "retrieve"

    def get_queryset(self):
        """Return the public records with all that is shown of them."""
        rows = self.detail_queryset if self.shows_detail and self.detail_queryset is not None else self.queryset
        return rows.all()

    def get_serializer_class(self):
        """Return the shape of one record or of a list's row."""
        return (self.shows_detail and self.detail_serializer_class) or self.serializer_class

    def filter_queryset(self, queryset):
        """Narrow lists alone."""
        return queryset if self.shows_detail else super().filter_queryset(queryset)


class PartyViewSet(RecordViewSet):
    """Parties: states, organisations, ministries, armed forces, companies and research bodies."""

    noun = "parties"
    queryset = Party.objects.visible().select_related("parent")
    detail_queryset = queryset.prefetch_related(prefetch_public("children", Party.objects, "public_children"))
    serializer_class = serializers.PartySerializer
    detail_serializer_class = serializers.PartyDetailSerializer


class OfficialViewSet(RecordViewSet):
    """Officials: who speaks or signs for a party."""

    noun = "officials"
    queryset = Official.objects.visible().select_related("party")
    serializer_class = serializers.OfficialSerializer


class SystemViewSet(RecordViewSet):
    """Systems: weapons and other equipment."""

    noun = "systems"
    queryset = System.objects.visible().select_related("parent").prefetch_related("makers")
    detail_queryset = queryset.prefetch_related(prefetch_public("children", System.objects, "public_children"))
    serializer_class = serializers.SystemSerializer
    detail_serializer_class = serializers.SystemDetailSerializer


class InstrumentViewSet(RecordViewSet):
    """Instruments: sources of money."""

    noun = "instruments"
    queryset = Instrument.objects.visible().select_related("provider")
    serializer_class = serializers.InstrumentSerializer


class PublisherViewSet(RecordViewSet):
    """Publishers of articles."""

    noun = "publishers"
    queryset = Publisher.objects.visible()
    serializer_class = serializers.PublisherSerializer


class PartnershipViewSet(RecordViewSet):
    """Partnerships: parties that cooperate lastingly."""

    noun = "partnerships"
    queryset = Partnership.objects.visible().with_names()
    detail_queryset = queryset.prefetch_related(
        prefetch_public("programs", Program.objects.current(), "current_programs"),
        Prefetch("developments", queryset=STORY.latest_first(), to_attr="public_developments"),
    )
    serializer_class = serializers.PartnershipSerializer
    detail_serializer_class = serializers.PartnershipDetailSerializer


class ProgramViewSet(RecordViewSet):
    """Programs: one mode of cooperation in one partnership."""

    noun = "programs"
    queryset = Program.objects.visible().current().with_names()
    detail_queryset = (
        Program.objects.visible()
        .with_names()
        .prefetch_related(Prefetch("developments", queryset=STORY.latest_first(), to_attr="public_developments"))
    )
    serializer_class = serializers.ProgramSerializer
    detail_serializer_class = serializers.ProgramDetailSerializer

    @extend_schema(filters=True)
    @action(detail=False, serializer_class=serializers.FacetsSerializer)
    def facets(self, request):
        """Return the counts of all facets for the query: a count is what a click gives."""
        filterset = bind_filterset(self.noun, request.query_params, Program.objects.visible().current())
        return Response(self.get_serializer({"facets": count_facets(filterset)}).data)


class DevelopmentViewSet(RecordViewSet):
    """Developments: dated statements, each with the words that earn it."""

    noun = "developments"
    queryset = STORY
    serializer_class = serializers.DevelopmentSerializer


class ArticleViewSet(RecordViewSet):
    """Articles: the source documents."""

    noun = "articles"
    queryset = Article.objects.visible().with_names().defer("text", "search_text")
    detail_queryset = (
        Article.objects.visible()
        .with_names()
        .prefetch_related(
            Prefetch(
                "citations",
                queryset=Citation.objects.filter(development__public=True)
                .prefetch_related(Prefetch("development", queryset=STORY))
                .order_by("start", "pk"),
                to_attr="public_citations",
            )
        )
    )
    serializer_class = serializers.ArticleSerializer
    detail_serializer_class = serializers.ArticleDetailSerializer
