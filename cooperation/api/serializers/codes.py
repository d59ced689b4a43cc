"""What is no record: code lists, facet counts and what a search found."""

from rest_framework import serializers

from cooperation.api.serializers.records import NOUNS, RelationSerializer
from cooperation.choices import CODE_LISTS

ADDRESSES = (*NOUNS.values(), "programs/facets", "changes", "search", "codes", "schema", "docs")


class RootSerializer(serializers.Serializer):
    """All addresses by name."""

    def get_fields(self):
        """Offer every address."""
        return {name: serializers.URLField() for name in ADDRESSES}


class LabelsSerializer(serializers.Serializer):
    """A label in all languages of the portal."""

    en = serializers.CharField()
    fr = serializers.CharField()
    uk = serializers.CharField()


class CodeSerializer(serializers.Serializer):
    """A member of a code list; `outside` holds its counterparts in the lists of others."""

    value = serializers.CharField()
    label = serializers.CharField()
    labels = LabelsSerializer(source="labels_by_language")
    description = serializers.CharField()
    group = serializers.CharField(source="group.value", default=None, allow_null=True)
    outside = serializers.DictField(child=serializers.CharField())


class CodeListsSerializer(serializers.Serializer):
    """All code lists by name."""

    def get_fields(self):
        """Offer every code list."""
        return {name: CodeSerializer(many=True) for name in CODE_LISTS}

    def to_representation(self, code_lists):
        """Return the members of each list, in its order."""
        return {name: CodeSerializer(list(codes), many=True).data for name, codes in code_lists.items()}


class FacetValueSerializer(serializers.Serializer):
    """One value of a facet: `count` is how many programs a click gives."""

    value = serializers.CharField()
    label = serializers.CharField()
    count = serializers.IntegerField()
    is_selected = serializers.BooleanField()
    colour = serializers.CharField(help_text="Name of the colour token; empty if there is none.")


class FacetSerializer(serializers.Serializer):
    """A facet, named as the parameter that it counts."""

    name = serializers.CharField()
    label = serializers.CharField()
    values = FacetValueSerializer(many=True)


class FacetsSerializer(serializers.Serializer):
    """The counts of all facets for one query."""

    facets = FacetSerializer(many=True)


class GroupSerializer(serializers.Serializer):
    """What was found of one noun; `has_more` says that its list, with the same `q`, has more."""

    noun = serializers.CharField()
    label = serializers.CharField()
    has_more = serializers.BooleanField()
    results = RelationSerializer(many=True, source="records")


class SearchSerializer(serializers.Serializer):
    """What was found, noun by noun."""

    groups = GroupSerializer(many=True)
