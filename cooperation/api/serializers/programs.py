"""Partnerships and their programs."""

from urllib.parse import urlencode

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cooperation.api.serializers.claims import ContradictionSerializer, PromiseSerializer, SumsSerializer
from cooperation.api.serializers.developments import DevelopmentSerializer
from cooperation.api.serializers.fields import CodeField, LabelField, OptionalText
from cooperation.api.serializers.records import NamedSerializer, RelationSerializer
from cooperation.choices import Category, Mode, Phase, Role, Stage
from cooperation.claims import build_promises, find_contradictions, sum_partnership


class PhaseField(CodeField):
    """The phase of the stage of the day asked about."""

    def __init__(self):
        """Read the stage."""
        super().__init__(Phase, source="stage_then", allow_null=True)

    def to_representation(self, stage):
        """Return the phase's value."""
        return Stage(stage).phase.value if stage else None


class StageLabelField(OptionalText):
    """The label of the stage of the day asked about."""

    def __init__(self):
        """Read the stage."""
        super().__init__(source="stage_then")

    def to_representation(self, stage):
        """Return the label in the language of the reader."""
        return Stage(stage).code.label() if stage else None


class PhaseLabelField(OptionalText):
    """The label of the phase of the stage of the day asked about."""

    def __init__(self):
        """Read the stage."""
        super().__init__(source="stage_then")

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
    """A program; stage, phase and latest day are what its developments up to the day asked about add up to."""

    partnership = RelationSerializer()
    mode = CodeField(Mode)
    mode_label = LabelField()
    stage = CodeField(Stage, source="stage_then", allow_null=True)
    stage_label = StageLabelField()
    phase = PhaseField()
    phase_label = PhaseLabelField()
    latest_day = serializers.DateField(source="latest_then", allow_null=True)
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
    """A program with its story, the latest development first, and what the figures in it add up to and contradict."""

    promises = serializers.SerializerMethodField(help_text="The promise ledger, by unit.")
    contradictions = serializers.SerializerMethodField()
    developments = DevelopmentSerializer(many=True, source="public_developments")

    @extend_schema_field(PromiseSerializer(many=True))
    def get_promises(self, program):
        """Return the promise ledger."""
        promises = build_promises(program.public_developments, self.context["today"])
        return PromiseSerializer(promises, many=True, context=self.context).data

    @extend_schema_field(ContradictionSerializer(many=True))
    def get_contradictions(self, program):
        """Return where sources contradict each other."""
        found = find_contradictions(program.public_developments)
        return ContradictionSerializer(found, many=True, context=self.context).data


class ProgramStageSerializer(RelationSerializer):
    """A program as its partnership names it: with how far it has got."""

    stage = CodeField(Stage, allow_null=True)
    stage_label = LabelField(allow_null=True)

    def to_representation(self, program):
        """Return the relation and both keys of the stage."""
        stage = program.stage_then
        return super().to_representation(program) | {
            "stage": stage or None,
            "stage_label": Stage(stage).code.label() if stage else None,
        }


class PartnershipSerializer(NamedSerializer):
    """A partnership."""

    parties = RelationSerializer(many=True)
    started = OptionalText(help_text="EDTF date, as written.")
    summary = OptionalText()
    latest_day = serializers.DateField(source="latest_then", allow_null=True)


class ListAddressField(serializers.URLField):
    """The address of the list of another noun, as it was `asked` for a record on the day asked about."""

    def __init__(self, noun, **kwargs):
        """Read what was asked."""
        self.noun = noun
        super().__init__(source="asked", **kwargs)

    def to_representation(self, asked):
        """Return the absolute address."""
        return f"{self.context['root']}{self.noun}/?{urlencode(asked)}"


class PartnershipDetailSerializer(PartnershipSerializer):
    """A partnership with its programs, what their figures add up to, and the statements on the whole of it."""

    totals = serializers.SerializerMethodField(help_text="Null if there are too many figures.")
    program_count = serializers.IntegerField(help_text="Of all its programs.")
    programs = ProgramStageSerializer(many=True, source="latest_programs", help_text="The 200 heard of last.")
    programs_url = ListAddressField("programs", help_text="The list of all its programs.")
    development_count = serializers.IntegerField(help_text="Of all statements on the whole of it.")
    developments = DevelopmentSerializer(many=True, source="latest_developments", help_text="The latest 200 of these.")
    developments_url = ListAddressField("developments", help_text="The list of these and of those on its programs.")

    @extend_schema_field(SumsSerializer(allow_null=True))
    def get_totals(self, partnership):
        """Return what the figures of all programs add up to."""
        sums = sum_partnership(partnership, self.context["day"])
        return sums and SumsSerializer(sums, context=self.context).data
