"""What changed in a program between two days."""

from rest_framework import serializers

from cooperation.api.serializers.claims import ContradictionSerializer
from cooperation.api.serializers.developments import DevelopmentSerializer
from cooperation.api.serializers.fields import CodeField, OptionalText
from cooperation.api.serializers.records import RelationSerializer
from cooperation.choices import Stage


class StageLabelField(OptionalText):
    """The label of the stage that its source names."""

    def to_representation(self, stage):
        """Return the label in the language of the reader, None without a stage."""
        return Stage(stage).code.label() if stage else None


class ChangeSerializer(serializers.Serializer):
    """What changed in a program: `developments` are the new claims, the latest first. No stage is null."""

    program = RelationSerializer()
    is_new = serializers.BooleanField()
    stage_from = CodeField(Stage, allow_null=True)
    stage_from_label = StageLabelField(source="stage_from")
    stage_to = CodeField(Stage, allow_null=True)
    stage_to_label = StageLabelField(source="stage_to")
    developments = DevelopmentSerializer(many=True)
    contradictions = ContradictionSerializer(many=True)
