"""What stands on every page, whatever it shows."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def licence():
    """Return the licence of the data; a tag, so that error pages have it as well."""
    return settings.PORTAL_LICENCE
