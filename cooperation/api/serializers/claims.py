"""What figures add up to: the promise ledger of a program, and the totals of a partnership's programs."""

from rest_framework import serializers

from cooperation.api.serializers.fields import CodeField, NumberField
from cooperation.api.serializers.records import RelationSerializer
from cooperation.choices import Qualifier, Step


class SpanSerializer(serializers.Serializer):
    """A number that is not sharp; `highest` is null where nothing bounds it, all are null where none is named."""

    lowest = NumberField(allow_null=True)
    best = NumberField(allow_null=True, help_text="The number as stated, the middle of a span.")
    highest = NumberField(allow_null=True)


class StepSerializer(SpanSerializer):
    """What a ledger step has come to, and the developments that the number is not made of."""

    step = CodeField(Step)
    step_label = serializers.CharField(source="step.label")
    counted_in = serializers.SerializerMethodField(help_text="Left out, because another development contains them.")

    def get_counted_in(self, total) -> list[str]:
        """Return the ids of the developments."""
        return [claim.development.slug for claim in total.counted_in]


class TotalSerializer(StepSerializer):
    """A step of one program: the ids of the developments that add up to it, and claims without number by qualifier."""

    claims = serializers.SerializerMethodField(help_text="The ids of the developments that add up to the number.")
    without_number = serializers.SerializerMethodField(help_text="How many claims say why they name no number.")

    def get_claims(self, total) -> list[str]:
        """Return the ids of the developments."""
        return [claim.development.slug for claim in total.claims]

    def get_without_number(self, total) -> dict[str, int]:
        """Return the number of claims by qualifier."""
        return {str(qualifier.value): len(claims) for qualifier, claims in total.without_number.items()}


class OverdueSerializer(serializers.Serializer):
    """A promise whose day has passed."""

    development = RelationSerializer()
    days = serializers.IntegerField()


class PromiseSerializer(serializers.Serializer):
    """What a program has come to in one unit; `age` counts the days since the first promise."""

    unit = serializers.CharField()
    steps = TotalSerializer(many=True)
    open = SpanSerializer(allow_null=True, help_text="Promised less delivered; null if no number is promised.")
    since = serializers.DateField(allow_null=True)
    age = serializers.IntegerField(allow_null=True)
    overdue = OverdueSerializer(many=True)


class UnnumberedSerializer(serializers.Serializer):
    """Claims that say why they name no number, and the programs of which the sum has none for it."""

    qualifier = CodeField(Qualifier)
    claims = serializers.SerializerMethodField(help_text="How many.")
    programs = RelationSerializer(many=True)

    def get_claims(self, unnumbered) -> int:
        """Return the number of claims."""
        return len(unnumbered.claims)


class SumSerializer(StepSerializer):
    """A step of several programs."""

    programs = serializers.SerializerMethodField(help_text="The ids of the programs that the number is made of.")
    without_number = UnnumberedSerializer(many=True)

    def get_programs(self, total) -> list[str]:
        """Return the ids of the programs."""
        return [part.program.slug for part in total.numbered]


class SumRowSerializer(serializers.Serializer):
    """The sums of all steps in one unit or currency, never mixed with another."""

    measure = serializers.CharField(help_text="The unit, or the currency as ISO 4217 code.")
    steps = SumSerializer(many=True)


class SumsSerializer(serializers.Serializer):
    """What the programs of a partnership add up to; figures on the whole are named, and in no sum."""

    quantities = SumRowSerializer(many=True)
    amounts = SumRowSerializer(many=True)
    whole = serializers.SerializerMethodField(help_text="The ids of developments with figures on the whole.")

    def get_whole(self, sums) -> list[str]:
        """Return the ids of the developments."""
        return [claim.development.slug for claim in sums.whole]


class ContradictionSerializer(serializers.Serializer):
    """Two claims by different speakers, neither of which lies inside the other; the name of a claim is its summary."""

    step = CodeField(Step)
    step_label = serializers.CharField(source="step.label")
    unit = serializers.CharField()
    claims = RelationSerializer(many=True)
