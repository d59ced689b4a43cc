"""Systems and instruments."""

from rest_framework import serializers

from cooperation.api.serializers.fields import CodeField, LabelField, NumberField
from cooperation.api.serializers.figures import FigureSerializer
from cooperation.api.serializers.records import AliasedSerializer, RelationSerializer
from cooperation.choices import Category, InstrumentKind


class SystemSerializer(AliasedSerializer):
    """A system."""

    category = CodeField(Category)
    category_label = LabelField()
    parent = RelationSerializer(allow_null=True)
    makers = RelationSerializer(many=True)


class SystemDetailSerializer(SystemSerializer):
    """A system with those of its family."""

    children = RelationSerializer(many=True, source="public_children")


class CeilingSerializer(FigureSerializer):
    """The most that an instrument can give."""

    figure = "ceiling"

    amount = NumberField(source="ceiling_amount")
    currency = serializers.CharField(source="ceiling_currency")


class InstrumentSerializer(AliasedSerializer):
    """An instrument."""

    kind = CodeField(InstrumentKind)
    kind_label = LabelField()
    provider = RelationSerializer(allow_null=True)
    ceiling = CeilingSerializer(source="*", allow_null=True)
