"""The filter set of a tutorial, over the rows that the portal lists."""

import django_filters
from django.db.models import Q

from cooperation.choices import Category, Mode, Stage
from cooperation.models import Party, Program, System


def find_programs():
    """Return the rows with all that a line shows of them."""
    return (
        Program.objects.filter(public=True, latest_day__isnull=False)
        .select_related("partnership")
        .prefetch_related("systems", "partnership__parties")
        .order_by("-latest_day", "-pk")
    )


class ProgramFilter(django_filters.FilterSet):
    """Five parameters, each of which may be repeated."""

    party = django_filters.ModelMultipleChoiceFilter(
        field_name="partnership__parties__slug", to_field_name="slug", queryset=Party.objects.filter(public=True)
    )
    system = django_filters.ModelMultipleChoiceFilter(
        field_name="systems__slug", to_field_name="slug", queryset=System.objects.filter(public=True)
    )
    mode = django_filters.MultipleChoiceFilter(choices=Mode.choices)
    stage = django_filters.MultipleChoiceFilter(choices=Stage.choices)
    category = django_filters.MultipleChoiceFilter(choices=Category.choices, method="filter_category")

    class Meta:
        model = Program
        fields = []

    def filter_category(self, rows, name, values):
        """Ask for a category of the systems, or of the program itself."""
        if not values:
            return rows
        return rows.filter(Q(systems__category__in=values) | Q(category__in=values)).distinct()
