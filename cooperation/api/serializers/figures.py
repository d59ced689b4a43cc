"""Quantities, amounts and ceilings: one mapping over several columns, null where nothing is stated."""

from rest_framework import serializers

from cooperation.api.serializers.fields import CodeField, LabelField, NumberField, OptionalText
from cooperation.choices import Basis, Per, Qualifier


class FigureSerializer(serializers.Serializer):
    """Shows the columns of the record's `figure`."""

    figure = ""

    def to_representation(self, record):
        """Return the mapping with all its keys, or None."""
        return super().to_representation(record) if getattr(record, self.figure) else None


class QuantitySerializer(FigureSerializer):
    """How many, or how many per month or year."""

    figure = "quantity"

    value = NumberField(source="quantity_value", allow_null=True)
    min = NumberField(source="quantity_min", allow_null=True)
    max = NumberField(source="quantity_max", allow_null=True)
    qualifier = CodeField(Qualifier, source="quantity_qualifier", allow_null=True)
    qualifier_label = LabelField("quantity_qualifier", allow_null=True)
    unit = OptionalText(source="quantity_unit")
    basis = CodeField(Basis, source="quantity_basis")
    basis_label = LabelField("quantity_basis")
    per = CodeField(Per, source="quantity_per", allow_null=True)
    per_label = LabelField("quantity_per", allow_null=True)


class AmountSerializer(FigureSerializer):
    """How much money."""

    figure = "amount"

    value = NumberField(source="amount_value", allow_null=True)
    min = NumberField(source="amount_min", allow_null=True)
    max = NumberField(source="amount_max", allow_null=True)
    qualifier = CodeField(Qualifier, source="amount_qualifier", allow_null=True)
    qualifier_label = LabelField("amount_qualifier", allow_null=True)
    currency = OptionalText(source="amount_currency")
