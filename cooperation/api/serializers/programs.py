"""Partnerships and their programs."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cooperation.api.serializers.developments import DevelopmentSerializer
from cooperation.api.serializers.fields import CodeField, LabelField, OptionalText
from cooperation.api.serializers.records import NamedSerializer, RelationSerializer
from cooperation.choices import Category, Mode, Phase, Role, Stage


class PhaseField(CodeField):
    """The phase of the stage in `stage`."""

    def __init__(self):
        """Read the stage."""
        super().__init__(Phase, source="stage", allow_null=True)

    def to_representation(self, stage):
        """Return the phase's value."""
        return Stage(stage).phase.value if stage else None


class PhaseLabelField(OptionalText):
    """The label of the phase of the stage in `stage`."""

    def __init__(self):
        """Read the stage."""
        super().__init__(source="stage")

    def to_representation(self, stage):
        """Return the phase's label in the language of the reader."""
        return Stage(stage).phase.code.label() if stage else None


class RolesSerializer(serializers.Serializer):
    """The parties by role; a role that nobody has is left out."""

    def get_fields(self):
        """Offer every role of the code list."""
        return {role: RelationSerializer(many=True, required=False) for role in Role.values}

    def to_representation(self, roles):
        """Return the roles that are held, in the order of the code list."""
        party = RelationSerializer(context=self.context)
        return {role: [party.to_representation(each) for each in parties] for role, parties in roles.items()}


class ProgramSerializer(NamedSerializer):
    """A program; stage, phase and latest day are what its developments add up to."""

    partnership = RelationSerializer()
    mode = CodeField(Mode)
    mode_label = LabelField()
    stage = CodeField(Stage, allow_null=True)
    stage_label = LabelField(allow_null=True)
    phase = PhaseField()
    phase_label = PhaseLabelField()
    latest_day = serializers.DateField(allow_null=True)
    categories = serializers.ListField(child=CodeField(Category))
    category_labels = serializers.SerializerMethodField()
    systems = RelationSerializer(many=True)
    roles = RolesSerializer()
    role_labels = serializers.SerializerMethodField()
    instruments = RelationSerializer(many=True)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_category_labels(self, program):
        """Return the labels of `categories`, in their order."""
        return [Category(category).code.label() for category in program.categories]

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_role_labels(self, program):
        """Return the label of each role that is held."""
        return {held.role: Role(held.role).code.label() for held in program.roles_held.all()}


class ProgramDetailSerializer(ProgramSerializer):
    """A program with its story, the latest development first."""

    developments = DevelopmentSerializer(many=True, source="public_developments")


class ProgramStageSerializer(RelationSerializer):
    """A program as its partnership names it: with how far it has got."""

    stage = CodeField(Stage, allow_null=True)
    stage_label = LabelField(allow_null=True)

    def to_representation(self, program):
        """Return the relation and both keys of the stage."""
        stage = {"stage": program.stage or None, "stage_label": program.get_stage_display() or None}
        return super().to_representation(program) | stage


class PartnershipSerializer(NamedSerializer):
    """A partnership."""

    parties = RelationSerializer(many=True)
    started = OptionalText(help_text="EDTF date, as written.")
    summary = OptionalText()
    latest_day = serializers.DateField(allow_null=True)


class PartnershipDetailSerializer(PartnershipSerializer):
    """A partnership with its programs and the statements on the whole of it."""

    programs = ProgramStageSerializer(many=True, source="current_programs")
    developments = DevelopmentSerializer(many=True, source="public_developments")
