"""Parties, officials and publishers."""

from cooperation.api.serializers.fields import CodeField, LabelField, OptionalAddress, OptionalText
from cooperation.api.serializers.records import AliasedSerializer, NamedSerializer, RelationSerializer
from cooperation.choices import ArticleKind, PartyKind, Reliability


class PartySerializer(AliasedSerializer):
    """A party."""

    kind = CodeField(PartyKind)
    kind_label = LabelField()
    country = OptionalText()
    parent = RelationSerializer(allow_null=True)


class PartyDetailSerializer(PartySerializer):
    """A party with those below it."""

    children = RelationSerializer(many=True, source="public_children")


class OfficialSerializer(AliasedSerializer):
    """An official."""

    position = OptionalText()
    party = RelationSerializer()


class PublisherSerializer(NamedSerializer):
    """A publisher."""

    kind = CodeField(ArticleKind)
    kind_label = LabelField()
    address = OptionalAddress()
    reliability = CodeField(Reliability, allow_null=True)
    reliability_label = LabelField(allow_null=True)
