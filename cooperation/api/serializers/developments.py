"""Developments with the words that earn them."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cooperation.api.serializers.fields import CodeField, LabelField, OptionalText
from cooperation.api.serializers.figures import AmountSerializer, QuantitySerializer
from cooperation.api.serializers.records import RecordSerializer, RelationSerializer
from cooperation.choices import Channel, Credibility, Rank, Stage


class CitationSerializer(serializers.Serializer):
    """An article says it, in these words; `start` and `end` count the characters of its text."""

    article = RelationSerializer()
    publisher = RelationSerializer(source="article.publisher")
    published = serializers.DateField(source="article.published")
    quote = serializers.CharField()
    start = serializers.IntegerField(allow_null=True)
    end = serializers.IntegerField(allow_null=True)


class DevelopmentSerializer(RecordSerializer):
    """A dated statement on a program or on a whole partnership: one of the two is null."""

    program = RelationSerializer(allow_null=True)
    partnership = RelationSerializer(allow_null=True)
    date = serializers.CharField(help_text="EDTF date, as written.")
    stage = CodeField(Stage, allow_null=True)
    stage_label = LabelField(allow_null=True)
    summary = serializers.CharField()
    quantity = QuantitySerializer(source="*", allow_null=True)
    amount = AmountSerializer(source="*", allow_null=True)
    due = OptionalText(help_text="EDTF date of the promised day.")
    said_by = RelationSerializer(allow_null=True, help_text="An official or a party.")
    said_as = OptionalText()
    channel = CodeField(Channel, allow_null=True)
    channel_label = LabelField(allow_null=True)
    credibility = CodeField(Credibility, allow_null=True)
    credibility_label = LabelField(allow_null=True)
    moves = serializers.BooleanField()
    counted_in = RelationSerializer(allow_null=True)
    rank = CodeField(Rank)
    rank_label = LabelField()
    rank_reason = OptionalText()
    effective_day = serializers.DateField()
    reported_on = serializers.DateField()
    citations = CitationSerializer(many=True, source="public_citations")
    quote = serializers.SerializerMethodField(help_text="The words of the first article that reports it.")

    @extend_schema_field(serializers.CharField())
    def get_quote(self, development):
        """Return the words of the first public citation; a public development has one, a draft may have none."""
        return development.public_citations[0].quote if development.public_citations else None
