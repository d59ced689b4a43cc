"""The desk for developments."""

from django.contrib import admin

from cooperation.admin.base import STATE, RecordAdmin, count_of
from cooperation.admin.citations import CitationsOfDevelopment
from cooperation.admin.forms import RecordForm
from cooperation.choices import Qualifier
from cooperation.models import Citation, Development

DERIVED_DAYS = ["reported_on", "effective_day"]
FIGURE_WORDS = (
    "“Between” takes the least and the most; “several”, “not disclosed”, “classified” and “not known” take no number; "
    "everything else takes a value. A value alone is exact."
)
QUANTITY_ROWS = [
    ("quantity_qualifier", "quantity_value", "quantity_min", "quantity_max", "quantity_unit"),
    ("quantity_basis", "quantity_per"),
]
AMOUNT_ROW = ("amount_qualifier", "amount_value", "amount_min", "amount_max", "amount_currency")


class SaidForm(RecordForm):
    """A record that may name one speaker."""

    def clean(self):
        """Refuse two speakers."""
        cleaned = super().clean()
        if cleaned.get("said_by_official") and cleaned.get("said_by_party"):
            self.add_error("said_by_party", "One speaker said it: name an official or a party, not both.")
        return cleaned


class DevelopmentForm(SaidForm):
    """A development; without an id it is given one that is made from what it says."""

    def __init__(self, *args, **kwargs):
        """Let the id be blank."""
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = "Left blank, it is made from subject, date, stage and speaker."

    def clean(self):
        """Take a figure's value without a qualifier as exact."""
        cleaned = super().clean()
        for figure in ("quantity", "amount"):
            if cleaned.get(f"{figure}_value") is not None and cleaned.get(f"{figure}_qualifier") == "":
                cleaned[f"{figure}_qualifier"] = Qualifier.EXACT.value
        return cleaned


@admin.register(Development)
class DevelopmentAdmin(RecordAdmin):
    """Developments."""

    form = DevelopmentForm
    inlines = [CitationsOfDevelopment]
    slug_source = ()
    search_help_text = "Words of summary and id, and of program, partnership and systems."
    list_display = ["__str__", "slug", "subject", "date", "stage", "moves", "rank", "citation_count", "state", "public"]
    list_filter = ["state", "public", "stage", "rank", "moves", "channel", "quantity_qualifier"]
    list_select_related = ["program", "partnership"]
    date_hierarchy = "effective_day"
    readonly_fields = [*RecordAdmin.readonly_fields, *DERIVED_DAYS]
    fieldsets = [
        (None, {"fields": ["slug", "program", "partnership", "date", "stage", "moves", "summary"]}),
        ("Who said it", {"fields": ["said_by_official", "said_by_party", "said_as", "channel", "credibility"]}),
        ("Quantity", {"fields": QUANTITY_ROWS, "description": FIGURE_WORDS}),
        ("Amount", {"fields": [AMOUNT_ROW], "description": FIGURE_WORDS}),
        ("What it adds up to", {"fields": ["due", "counted_in", "rank", "rank_reason"]}),
        ("Ids elsewhere", {"fields": ["external_ids"]}),
        (STATE[0], {"fields": [*STATE[1]["fields"], *DERIVED_DAYS]}),
    ]

    def get_queryset(self, request):
        """Count the citations."""
        return super().get_queryset(request).annotate(citation_count=count_of(Citation, "development"))

    def has_add_permission(self, request):
        """Ask for the right to cite as well: a development always has a citation."""
        return super().has_add_permission(request) and request.user.has_perm("cooperation.add_citation")

    @admin.display(description="subject")
    def subject(self, development):
        """Show the program or partnership."""
        return development.subject

    @admin.display(description="citations", ordering="citation_count")
    def citation_count(self, development):
        """Show how many citations it has."""
        return development.citation_count
