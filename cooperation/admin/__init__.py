"""The staff's desks: one module per desk, everything they share in `base`, `forms`, `actions` and `citations`."""

from django.contrib import admin

from cooperation.admin import articles, developments, parties, partnerships, programs, publishers, systems, tokens

__all__ = ["articles", "developments", "parties", "partnerships", "programs", "publishers", "systems", "tokens"]

admin.site.site_header = "Cooperation Portal"
admin.site.site_title = "Cooperation Portal"
admin.site.index_title = "Desks"
