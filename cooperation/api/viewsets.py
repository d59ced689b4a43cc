"""The nine nouns: list by their FilterSet, and detail by id. Each list and detail takes a fixed number of queries."""

from django.db.models import Prefetch
from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from cooperation.api import serializers
from cooperation.api.filtering import LIST_PARAMETERS, bind_filterset
from cooperation.api.records import RecordViewSet
from cooperation.facets import count, count_facets, find_page
from cooperation.filters import FILTERS
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

MOST = 200  # programs and statements that a partnership tells itself; as many as a page of their lists has at most


def find_story(day):
    """Return the developments of a record on the `day`, the latest first, with all that is shown of them."""
    known = Development.objects.visible().known(**day)
    return known.with_names().with_citations(day.get("known_on")).latest_first()


def prefetch_public(relation, rows, to_attr):
    """Return the prefetch of the public `rows` that name a record."""
    return Prefetch(relation, queryset=rows.visible(), to_attr=to_attr)


class PartyViewSet(RecordViewSet):
    """Parties: states, organisations, ministries, armed forces, companies and research bodies."""

    noun = "parties"
    model = Party
    serializer_class = serializers.PartySerializer
    detail_serializer_class = serializers.PartyDetailSerializer

    def with_line(self, rows, day):
        """Bring the party above."""
        return rows.select_related("parent")

    def with_detail(self, rows, day):
        """Bring the parties below as well."""
        return self.with_line(rows, day).prefetch_related(prefetch_public("children", Party.objects, "public_children"))


class OfficialViewSet(RecordViewSet):
    """Officials: who speaks or signs for a party."""

    noun = "officials"
    model = Official
    serializer_class = serializers.OfficialSerializer

    def with_line(self, rows, day):
        """Bring the party."""
        return rows.select_related("party")


class SystemViewSet(RecordViewSet):
    """Systems: weapons and other equipment."""

    noun = "systems"
    model = System
    serializer_class = serializers.SystemSerializer
    detail_serializer_class = serializers.SystemDetailSerializer

    def with_line(self, rows, day):
        """Bring the family and the makers."""
        return rows.select_related("parent").prefetch_related(*self.choose({"makers": ["makers"]}))

    def with_detail(self, rows, day):
        """Bring the systems below as well."""
        return self.with_line(rows, day).prefetch_related(
            prefetch_public("children", System.objects, "public_children")
        )


class InstrumentViewSet(RecordViewSet):
    """Instruments: sources of money."""

    noun = "instruments"
    model = Instrument
    serializer_class = serializers.InstrumentSerializer

    def with_line(self, rows, day):
        """Bring the provider."""
        return rows.select_related("provider")


class PublisherViewSet(RecordViewSet):
    """Publishers of articles."""

    noun = "publishers"
    model = Publisher
    serializer_class = serializers.PublisherSerializer


class PartnershipViewSet(RecordViewSet):
    """Partnerships: parties that cooperate lastingly."""

    noun = "partnerships"
    model = Partnership
    serializer_class = serializers.PartnershipSerializer
    detail_serializer_class = serializers.PartnershipDetailSerializer

    def with_line(self, rows, day):
        """Bring the parties."""
        return rows.with_names() if self.choose({"parties": ["parties"]}) else rows

    def with_detail(self, rows, day):
        """Bring the parties."""
        return rows.on_day(**day).with_names()

    def get_object(self):
        """Bring to one record the latest of its programs of the day, and of what was said on the whole by then."""
        partnership = super().get_object()
        if self.shows_detail:
            partnership.asked = {"partnership": partnership.slug, **self.day}
            self.bring_programs(partnership)
            whole = find_story(self.day).filter(partnership=partnership)
            partnership.development_count, partnership.latest_developments = whole.count(), whole[:MOST]
        return partnership

    def bring_programs(self, partnership):
        """Give a partnership its programs; a draft, which no parameter can name, has none that are public."""
        query = QueryDict(mutable=True)
        query.update(self.day)
        programs = bind_filterset(FILTERS["programs"], query, Program.objects.visible())
        own = count(programs, has_facets=False).sharing("partnership", [partnership.pk])
        keys = find_page(programs, 0, MOST, own) if own.total else []
        partnership.program_count, partnership.latest_programs = own.total, programs.find_rows().in_order(keys)


class ProgramViewSet(RecordViewSet):
    """Programs: one mode of cooperation in one partnership."""

    noun = "programs"
    model = Program
    serializer_class = serializers.ProgramSerializer
    detail_serializer_class = serializers.ProgramDetailSerializer
    relations = {
        "systems": ["systems", "categories", "category_labels"],
        "roles_held__party": ["roles", "role_labels"],
        "instruments": ["instruments"],
    }

    def with_line(self, rows, day):
        """Bring partnership, systems, roles and instruments."""
        return rows.with_names(self.choose(self.relations))

    def with_detail(self, rows, day):
        """Bring the story up to the day."""
        story = Prefetch("developments", queryset=find_story(day), to_attr="public_developments")
        return rows.on_day(**day).with_names().prefetch_related(story)

    @extend_schema(
        filters=True,
        operation_id="count_program_facets",
        summary="Counts of programs by facet",
        parameters=[OpenApiParameter(name, exclude=True) for name in LIST_PARAMETERS],
    )
    @action(detail=False, serializer_class=serializers.FacetsSerializer)
    def facets(self, request):
        """Return the counts of all facets for the query: how many programs the list has with that value added."""
        filterset = bind_filterset(FILTERS[self.noun], request.query_params, self.get_queryset())
        return Response(self.get_serializer({"facets": count_facets(filterset)}).data)


class DevelopmentViewSet(RecordViewSet):
    """Developments: dated statements, each with the words that earn it."""

    noun = "developments"
    model = Development
    serializer_class = serializers.DevelopmentSerializer

    def with_line(self, rows, day):
        """Bring subject and speaker, and the words known by then."""
        is_cited = self.choose({"citations": ["citations", "quote"]})
        return rows.with_names().with_citations(day.get("known_on")) if is_cited else rows.with_names()

    def with_detail(self, rows, day):
        """Find nothing if it was not known yet."""
        return self.with_line(rows.known(**day), day)


class ArticleViewSet(RecordViewSet):
    """Articles: the source documents."""

    noun = "articles"
    model = Article
    clocks = ("known_on",)
    serializer_class = serializers.ArticleSerializer
    detail_serializer_class = serializers.ArticleDetailSerializer

    def with_line(self, rows, day):
        """Bring publisher and speaker; a list does not show the text."""
        return rows.with_names().defer("text", "search_text")

    def with_detail(self, rows, day):
        """Bring what the article reports."""
        citations = Citation.objects.known(**day).filter(development__public=True).order_by("start", "pk")
        told = citations.prefetch_related(Prefetch("development", queryset=find_story(day)))
        return rows.with_names().prefetch_related(Prefetch("citations", queryset=told, to_attr="public_citations"))


VIEWSETS = {
    viewset.noun: viewset
    for viewset in (
        PartyViewSet,
        OfficialViewSet,
        SystemViewSet,
        InstrumentViewSet,
        PublisherViewSet,
        PartnershipViewSet,
        ProgramViewSet,
        DevelopmentViewSet,
        ArticleViewSet,
    )
}
