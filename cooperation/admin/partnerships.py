"""The desk for partnerships."""

from django.contrib import admin
from django.core.exceptions import ValidationError

from cooperation import validators
from cooperation.admin.base import ELSEWHERE_WITHOUT_ALIASES, STATE, RecordAdmin, count_of
from cooperation.admin.forms import RecordForm
from cooperation.choices import State
from cooperation.models import Partnership, Program


class PartnershipForm(RecordForm):
    """A partnership; a draft may still lack parties."""

    def clean(self):
        """Ask a published partnership for two parties."""
        cleaned = super().clean()
        if self.instance.state == State.PUBLISHED and "parties" in cleaned:
            try:
                validators.validate_party_count(cleaned["parties"])
            except ValidationError as error:
                self.add_error("parties", error)
        return cleaned


@admin.register(Partnership)
class PartnershipAdmin(RecordAdmin):
    """Partnerships."""

    form = PartnershipForm
    list_display = ["name", "slug", "started", "latest_day", "program_count", "state", "public"]
    list_filter = ["state", "public"]
    date_hierarchy = "latest_day"
    readonly_fields = [*RecordAdmin.readonly_fields, "latest_day"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "parties", "started", "summary"]}),
        ELSEWHERE_WITHOUT_ALIASES,
        (STATE[0], {"fields": [*STATE[1]["fields"], "latest_day"]}),
    ]

    def get_queryset(self, request):
        """Count the programs."""
        return super().get_queryset(request).annotate(program_count=count_of(Program, "partnership"))

    @admin.display(description="programs", ordering="program_count")
    def program_count(self, partnership):
        """Show how many programs belong to it."""
        return partnership.program_count
