"""Tells Django about the app."""

from django.apps import AppConfig


class CooperationConfig(AppConfig):
    """The one app of the portal."""

    name = "cooperation"
    verbose_name = "Cooperation"
    default_auto_field = "django.db.models.BigAutoField"
