"""Django's admin over the programs that the portal lists: filters with counts, and nobody has to log in."""

from django.contrib import admin
from django.db.models import Count, Q

from cooperation.models import Program


class OpenSite(admin.AdminSite):
    """An admin for everybody who reaches this server, which listens on its own machine alone."""

    def has_permission(self, request):
        """Let everybody in."""
        return True


class CategoryFilter(admin.ChoicesFieldListFilter):
    """The category of the systems or of the program itself, as the portal has it."""

    def queryset(self, request, queryset):
        """Ask for either."""
        chosen = self.used_parameters.get(self.lookup_kwarg)
        return queryset.filter(self._build_condition(chosen[0])) if chosen else queryset

    def get_facet_counts(self, pk_attname, filtered_qs):
        """Count a program once, however many of its systems are of the category."""
        return {
            f"{place}__c": Count(pk_attname, filter=self._build_condition(value), distinct=True)
            for place, (value, _label) in enumerate(self.field.flatchoices)
        }

    def _build_condition(self, category):
        return Q(systems__category=category) | Q(category=category)


class ProgramAdmin(admin.ModelAdmin):
    """The changelist with country, stage and category, each with its counts."""

    list_display = ["name", "partnership", "mode", "stage", "latest_day"]
    list_filter = ["partnership__parties", "stage", ("systems__category", CategoryFilter)]
    list_select_related = ["partnership"]
    list_per_page = 25
    ordering = ["-latest_day", "-pk"]
    show_facets = admin.ShowFacets.ALWAYS

    def get_queryset(self, request):
        """Start with what the portal lists."""
        return super().get_queryset(request).filter(public=True, latest_day__isnull=False)

    def has_view_permission(self, request, obj=None):
        """Let everybody read; nobody writes."""
        return True


site = OpenSite(name="bench")
site.register(Program, ProgramAdmin)
