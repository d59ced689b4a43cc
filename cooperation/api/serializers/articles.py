"""Articles: what everybody may read of them, and what they report."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cooperation.api.serializers.developments import DevelopmentSerializer
from cooperation.api.serializers.fields import CodeField, LabelField, OptionalAddress, OptionalText
from cooperation.api.serializers.records import RecordSerializer, RelationSerializer
from cooperation.choices import ArticleKind, Channel, Language, TextKind
from cooperation.text import join_passages


class ArticleSerializer(RecordSerializer):
    """An article, without its text."""

    title = serializers.CharField()
    publisher = RelationSerializer()
    published = serializers.DateField()
    language = CodeField(Language)
    language_label = LabelField()
    kind = CodeField(ArticleKind)
    kind_label = LabelField()
    address = OptionalAddress()
    said_by = RelationSerializer(allow_null=True, help_text="Who said it first: an official or a party.")
    said_as = OptionalText()
    channel = CodeField(Channel, allow_null=True)
    channel_label = LabelField(allow_null=True)


class ArticleDetailSerializer(ArticleSerializer):
    """An article with its text and the developments that it reports, each with the words of this article."""

    text = OptionalText()
    text_kind = CodeField(TextKind)
    text_kind_label = LabelField()
    developments = serializers.SerializerMethodField()

    def to_representation(self, article):
        """Show a full text to signed-in readers alone; all others get the passages that are cited from it."""
        shown = super().to_representation(article)
        if article.text_kind == TextKind.FULL and not self.context["request"].user.is_authenticated:
            shown |= build_passages(article)
        return shown

    @extend_schema_field(DevelopmentSerializer(many=True))
    def get_developments(self, article):
        """Return the developments in the order in which the article tells them."""
        shape = DevelopmentSerializer(context=self.context)
        quotes = {}
        for citation in article.public_citations:
            quotes.setdefault(citation.development, citation.quote)
        return [{**shape.to_representation(told), "quote": quote} for told, quote in quotes.items()]


def build_passages(article):
    """Return what stands in the place of a full text: the cited passages, in the order of the text."""
    return {
        "text": join_passages(citation.quote for citation in article.public_citations) or None,
        "text_kind": TextKind.PASSAGES.value,
        "text_kind_label": TextKind.PASSAGES.code.label(),
    }
