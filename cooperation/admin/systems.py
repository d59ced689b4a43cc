"""The desk for systems and instruments."""

from django.contrib import admin

from cooperation.admin.base import ELSEWHERE, STATE, RecordAdmin, count_of
from cooperation.models import Instrument, Program, System


@admin.register(System)
class SystemAdmin(RecordAdmin):
    """Systems."""

    list_display = ["name", "slug", "category", "parent", "program_count", "state", "public"]
    list_filter = ["state", "public", "category"]
    list_select_related = ["parent"]
    fieldsets = [(None, {"fields": ["name", "slug", "category", "parent", "makers"]}), ELSEWHERE, STATE]

    def get_queryset(self, request):
        """Count the programs."""
        programs = count_of(Program.systems.through, "system")
        return super().get_queryset(request).annotate(program_count=programs)

    @admin.display(description="programs", ordering="program_count")
    def program_count(self, system):
        """Show how many programs name the system."""
        return system.program_count


@admin.register(Instrument)
class InstrumentAdmin(RecordAdmin):
    """Instruments."""

    list_display = ["name", "slug", "kind", "provider", "ceiling_amount", "ceiling_currency", "state", "public"]
    list_filter = ["state", "public", "kind"]
    list_select_related = ["provider"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "kind", "provider"]}),
        (
            "Ceiling",
            {
                "fields": [("ceiling_amount", "ceiling_currency")],
                "description": "The most that it can give: an amount with its ISO 4217 currency, or neither.",
            },
        ),
        ELSEWHERE,
        STATE,
    ]
