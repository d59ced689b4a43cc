"""The desk for programs, with their roles and developments."""

from collections import Counter

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet

from cooperation import ledger, validators
from cooperation.admin.base import ELSEWHERE_WITHOUT_ALIASES, STATE, RecordAdmin, StackedRows, TabularRows, count_of
from cooperation.admin.citations import fill_id, refuse_textless
from cooperation.admin.developments import QUANTITY_ROWS, DevelopmentForm
from cooperation.admin.forms import RecordForm, RowForm, refuse_unpublished, with_versions
from cooperation.choices import State
from cooperation.models import Article, Citation, Development, Program, ProgramRole

SETTLED = ["stage", "latest_day"]


class ProgramForm(RecordForm):
    """A program."""

    def clean(self):
        """Refuse a category beside systems, which bring their own."""
        cleaned = super().clean()
        try:
            validators.validate_category_use(bool(cleaned.get("systems")), cleaned.get("category"))
        except ValidationError as error:
            self.add_error("category", error)
        return cleaned


class RoleFormSet(BaseInlineFormSet):
    """The parties of a program in their roles."""

    def clean(self):
        """Refuse unpublished parties in a published program."""
        super().clean()
        if self.instance.state == State.PUBLISHED:
            for form in self.forms:
                party = form.cleaned_data.get("party") if form.is_valid() and "party" in form.changed_data else None
                if party and form not in self.deleted_forms:
                    refuse_unpublished(form, "party", party)


class Roles(TabularRows):
    """Who does what in a program."""

    model = ProgramRole
    form = RowForm
    formset = RoleFormSet
    fields = ["role", "party"]
    verbose_name = "role"

    def get_queryset(self, request):
        """Bring the parties along."""
        return super().get_queryset(request).select_related("party")


class DatedForm(DevelopmentForm):
    """A development on its program's page; the day of the article bounds its date here as well."""

    def find_reported_on(self):
        """Return the day of the first article that reports it, or None."""
        articles = Article.objects.filter(citations__development=self.instance).exclude(state=State.WITHDRAWN)
        return articles.order_by("published").values_list("published", flat=True).first()

    def refuse_early(self):
        """Put an error at the date if it begins after the article that first reports it."""
        if "date" in self.changed_data and "date" not in self.errors and (day := self.find_reported_on()):
            try:
                validators.validate_begun(self.instance.date, self.instance.earliest, day)
            except ValidationError as error:
                self.add_error("date", error)


class DatedFormSet(BaseInlineFormSet):
    """Developments on the page of their program."""

    def clean(self):
        """Check the dates once the forms have read them."""
        super().clean()
        for form in self.forms:
            form.refuse_early()


class NewDevelopmentForm(DatedForm):
    """A development together with the citation that earns it."""

    article = forms.ModelChoiceField(Article.objects.all())
    quote = forms.CharField(
        widget=AdminTextareaWidget(attrs={"rows": 3}), help_text="The words of the article that say it."
    )

    def find_reported_on(self):
        """Return the day of the article picked."""
        article = self.cleaned_data.get("article")
        return article.published if article else None

    def build_citation(self):
        """Return the citation, unsaved."""
        return Citation(
            article=self.cleaned_data["article"], development=self.instance, quote=self.cleaned_data["quote"]
        )

    def clean(self):
        """Find the quote in its article."""
        cleaned = super().clean()
        refuse_textless(self)
        if cleaned.get("article") and cleaned.get("quote"):
            try:
                self.build_citation().clean()
            except ValidationError as error:
                self.add_error(None, error)
        return cleaned


class NewDevelopmentFormSet(DatedFormSet):
    """Developments that are added on the page of their program."""

    def clean(self):
        """Give each its id; the same statement twice is refused."""
        super().clean()
        added = [form for form in self.forms if form.has_changed() and form.is_valid()]
        for form in added:
            try:
                fill_id(form.instance, form.cleaned_data["article"])
            except ValidationError as error:
                form.add_error(None, error)
        often = Counter(form.instance.slug for form in added)
        for form in added:
            if form.instance.slug and often[form.instance.slug] > 1:
                form.add_error(None, "The same statement stands here twice.")


class DevelopmentsOfProgram(TabularRows):
    """The developments there are; everything else about them is on their own page."""

    model = Development
    form = DatedForm
    formset = DatedFormSet
    fields = ["date", "stage", "moves", "summary", "version", "effective_day", "state"]
    readonly_fields = ["effective_day", "state"]
    show_change_link = True
    can_delete = False

    def get_queryset(self, request):
        """Bring the versions along."""
        return with_versions(super().get_queryset(request))

    def get_fields(self, request, obj=None):
        """Leave the version out where nothing can be changed."""
        fields = super().get_fields(request, obj)
        return fields if self.has_change_permission(request, obj) else [name for name in fields if name != "version"]

    def has_add_permission(self, request, obj=None):
        """Say no: the inline below adds."""
        return False


class NewDevelopments(StackedRows):
    """Developments to be added, each with its first citation."""

    model = Development
    form = NewDevelopmentForm
    formset = NewDevelopmentFormSet
    verbose_name = "new development"
    verbose_name_plural = "new developments"
    can_delete = False
    fieldsets = [
        (None, {"fields": ["date", "stage", "moves", "summary", "article", "quote"]}),
        ("Said by, if not by whom the article says", {"fields": ["said_by_official", "said_by_party"]}),
        ("Quantity", {"fields": QUANTITY_ROWS}),
    ]

    def get_queryset(self, request):
        """Show none that is there already."""
        return super().get_queryset(request).none()

    def get_formset(self, request, obj=None, **kwargs):
        """Search for the article as other relations are searched for."""
        formset = super().get_formset(request, obj, **kwargs)
        article = Citation._meta.get_field("article")
        formset.form.base_fields["article"] = article.formfield(widget=AutocompleteSelect(article, self.admin_site))
        return formset

    def has_add_permission(self, request, obj=None):
        """Ask for the right to cite as well: a development always has a citation."""
        return super().has_add_permission(request, obj) and request.user.has_perm("cooperation.add_citation")

    def has_change_permission(self, request, obj=None):
        """Say no: there is nothing here to change."""
        return False

    def has_view_permission(self, request, obj=None):
        """Say no: there is nothing here to see."""
        return False


@admin.register(Program)
class ProgramAdmin(RecordAdmin):
    """Programs."""

    form = ProgramForm
    inlines = [Roles, DevelopmentsOfProgram, NewDevelopments]
    search_help_text = "Words in names and ids, also of partnership and systems."
    list_display = ["name", "slug", "partnership", "mode", *SETTLED, "development_count", "state", "public"]
    list_filter = ["state", "public", "mode", "stage", "category", ("partnership", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["partnership"]
    date_hierarchy = "latest_day"
    readonly_fields = [*RecordAdmin.readonly_fields, *SETTLED]
    fieldsets = [
        (None, {"fields": ["name", "slug", "partnership", "mode", "systems", "category", "instruments"]}),
        ELSEWHERE_WITHOUT_ALIASES,
        (
            STATE[0],
            {
                "fields": [*STATE[1]["fields"], *SETTLED],
                "description": "Stage and latest day follow from the published developments.",
            },
        ),
    ]

    def get_queryset(self, request):
        """Count the developments."""
        return super().get_queryset(request).annotate(development_count=count_of(Development, "program"))

    def save_formset(self, request, form, formset, change):
        """Record the citations of new developments after them."""
        super().save_formset(request, form, formset, change)
        if isinstance(formset, NewDevelopmentFormSet):
            for added in formset.extra_forms:
                if added.instance.pk:
                    ledger.record(added.build_citation())

    @admin.display(description="developments", ordering="development_count")
    def development_count(self, program):
        """Show how many developments it has."""
        return program.development_count
