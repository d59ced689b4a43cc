"""What all desks share: the ledger writes, nothing that is named is deleted, nothing is published by saving."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.utils.html import format_html
from pyroaring import BitMap
from simple_history.admin import SimpleHistoryAdmin

from cooperation import ledger
from cooperation.admin.actions import BUTTONS, StateActions, build_link
from cooperation.admin.fields import JSON_FIELDS
from cooperation.admin.forms import RecordForm
from cooperation.admin.selects import HeldSelect
from cooperation.choices import State
from cooperation.models import Citation
from cooperation.models.keys import as_rows
from cooperation.search import find_keys

STATE = ("State", {"fields": ["state", "public", "created", "modified"]})
MOST_KEEPERS = 100
ELSEWHERE = ("Other names and ids", {"fields": ["names", "aliases", "external_ids"]})
ELSEWHERE_WITHOUT_ALIASES = ("Other names and ids", {"fields": ["names", "external_ids"]})


class Relations:
    """Search instead of long selects for every relation, and no brackets for JSON; for desks and their inlines."""

    def get_autocomplete_fields(self, request):
        """Return every relation."""
        return [field.name for field in (*self.opts.fields, *self.opts.many_to_many) if field.remote_field]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Use the fields made for JSON columns; an address typed without a scheme is one of https."""
        if db_field.name in JSON_FIELDS:
            return JSON_FIELDS[db_field.name](label=db_field.verbose_name.capitalize(), required=False)
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Show the selected record from memory, where its row brings it along."""
        kwargs.setdefault("widget", HeldSelect(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class LedgerWrites:
    """Runs each request that writes as one page of the ledger."""

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Save inside the ledger, then do what a state button asks for."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        with ledger.writing():
            response = super().changeform_view(request, object_id, form_url, extra_context)
        if object_id and response.status_code == HttpResponseRedirect.status_code:
            self.run_button(request, object_id)
        return response

    def delete_view(self, request, object_id, extra_context=None):
        """Delete inside the ledger, so that nothing can be named between the check and the act."""
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        with ledger.writing():
            return super().delete_view(request, object_id, extra_context)

    def changelist_view(self, request, extra_context=None):
        """Run actions inside the ledger."""
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        with ledger.writing():
            return super().changelist_view(request, extra_context)

    def save_model(self, request, obj, form, change):
        """Record the record; its relations follow in `save_related`."""
        ledger.record(obj)

    def save_related(self, request, form, formsets, change):
        """Write relations and inlines, and have the record settled with them."""
        super().save_related(request, form, formsets, change)
        ledger.touch(form.instance)

    def save_formset(self, request, form, formset, change):
        """Delete, then record, the rows of an inline; what a changed row belonged to before is settled as well."""
        rows = formset.save(commit=False)
        for row in formset.deleted_objects:
            ledger.delete(row)
        if formset.model is Citation:
            ledger.loosen(rows)
        for row in rows:
            if row.pk:
                ledger.touch(type(row).objects.get(pk=row.pk))
            ledger.record(row)

    def delete_model(self, request, obj):
        """Delete one record."""
        ledger.delete(obj)

    def delete_queryset(self, request, queryset):
        """Delete records that may name each other: those that no other names first."""
        waiting = list(queryset)
        while waiting:
            free = [record for record in waiting if not ledger.find_naming(record)] or waiting[:1]
            for record in free:
                ledger.delete(record)
            waiting = [record for record in waiting if record.pk]

    def get_deleted_objects(self, objs, request):
        """Show what names the records and so keeps them, instead of the rows a cascade would take."""
        to_delete, counts, missing_permissions, _ = super().get_deleted_objects(objs, request)
        return to_delete, counts, missing_permissions, list_keepers(objs)


class PastVersions:
    """History pages that show and compare; nothing is reverted, since a state must not come back unchecked."""

    object_history_list_template = "admin/history_list.html"
    object_history_form_template = "admin/history_version.html"

    def revert_disabled(self, request, obj=None):
        """Say yes."""
        return True

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """Show a past version, read-only."""
        if request.method == "POST":
            raise PermissionDenied
        request.is_past_version = True
        return super().history_form_view(request, object_id, version_id, extra_context)


class RecordAdmin(LedgerWrites, PastVersions, Relations, StateActions, SimpleHistoryAdmin):
    """The desk of a noun. A subclass names its columns, filters and fieldsets."""

    form = RecordForm
    slug_source = ("name",)
    search_fields = ["search_text"]
    search_help_text = "Words in names, aliases and ids, without regard to case and accents."
    readonly_fields = ["state", "public", "created", "modified"]
    show_full_result_count = False
    list_per_page = 50

    def get_search_results(self, request, queryset, search_term):
        """Search as the pages do; what these do not list has its texts searched. Also behind autocomplete fields."""
        listed = find_keys(self.model, search_term)
        if listed is None:  # no word is asked for
            return queryset, False
        others = self.model.objects.unlisted().matching(search_term).values_list("pk", flat=True)
        return queryset.filter(pk__in=as_rows(listed | BitMap(others))), False

    def get_readonly_fields(self, request, obj=None):
        """Keep the id of a saved record, and all of a past version."""
        fields = super().get_readonly_fields(request, obj)
        if is_past(request):
            return flatten_fieldsets(self.fieldsets)
        return [*fields, "slug"] if obj else fields

    def get_prepopulated_fields(self, request, obj=None):
        """Propose an id while adding."""
        return {} if obj or not self.slug_source else {"slug": self.slug_source}

    def get_fieldsets(self, request, obj=None):
        """Leave the state out while adding; carry the version along while changing."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return [fieldset for fieldset in fieldsets if fieldset[0] != STATE[0]]
        if is_past(request) or not self.has_change_permission(request, obj):
            return fieldsets
        (name, options), *others = fieldsets
        return [(name, {**options, "fields": [*options["fields"], "version"]}), *others]

    def response_change(self, request, obj):
        """Stay on the page after a state button."""
        if any(button in request.POST for button in BUTTONS):
            self.message_user(request, "Saved.", messages.SUCCESS)
            return HttpResponseRedirect(request.get_full_path())
        return super().response_change(request, obj)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Offer the buttons that fit the state."""
        may_change = bool(change and obj and not context["is_popup"] and self.has_change_permission(request, obj))
        context["can_publish"] = may_change and obj.state != State.PUBLISHED
        context["can_withdraw"] = may_change and obj.state == State.PUBLISHED
        return super().render_change_form(request, context, add, change, form_url, obj)


class RowInline(Relations):
    """An inline whose rows are written through the ledger by the desk around it."""

    extra = 0


class TabularRows(RowInline, admin.TabularInline):
    """Rows in a table, with inputs small enough to stand side by side."""

    formfield_overrides = {
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 3, "cols": 40})},
        models.CharField: {"widget": forms.TextInput(attrs={"size": 14})},
    }


class StackedRows(RowInline, admin.StackedInline):
    """Rows one below the other."""


def is_past(request):
    """Tell whether the request is about a past version."""
    return getattr(request, "is_past_version", False)


def count_of(model, key):
    """Return the number of rows of `model` that name the row asked about, as an expression without a join."""
    rows = model.objects.filter(**{key: OuterRef("pk")}).order_by().values(key)
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def list_keepers(records):
    """Return links to what names `records` and is not among them, each with its kind; not more than can be read."""
    records = list(records)
    doomed, keepers, is_cut = set(records), {}, False
    most = len(doomed) + MOST_KEEPERS + 1  # as many as are doomed may name each other
    for record in records:
        naming = ledger.find_naming(record, most)
        keepers |= dict.fromkeys(n.development if isinstance(n, Citation) else n for n in naming)  # in their order
        is_cut = is_cut or len(naming) >= most
        if is_cut:
            break
    links = [
        format_html("{}: {}", keeper._meta.verbose_name.capitalize(), build_link(keeper))
        for keeper in keepers
        if keeper not in doomed
    ]
    return [*links[:MOST_KEEPERS], *(["And more."] if is_cut or len(links) > MOST_KEEPERS else [])]
