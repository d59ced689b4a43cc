"""The desk for parties and officials."""

from django.contrib import admin

from cooperation.admin.base import ELSEWHERE, STATE, RecordAdmin
from cooperation.models import Official, Party


@admin.register(Party)
class PartyAdmin(RecordAdmin):
    """Parties."""

    list_display = ["name", "slug", "kind", "country", "parent", "state", "public"]
    list_filter = ["state", "public", "kind"]
    list_select_related = ["parent"]
    fieldsets = [(None, {"fields": ["name", "slug", "kind", "country", "parent"]}), ELSEWHERE, STATE]


@admin.register(Official)
class OfficialAdmin(RecordAdmin):
    """Officials."""

    list_display = ["name", "slug", "position", "party", "state", "public"]
    list_filter = ["state", "public", "party__kind"]
    list_select_related = ["party"]
    fieldsets = [(None, {"fields": ["name", "slug", "position", "party"]}), ELSEWHERE, STATE]
