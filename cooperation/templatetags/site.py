"""What stands on every page, whatever it shows."""

from django import template
from django.conf import settings

from cooperation.theme import AUTO, read_theme

register = template.Library()


@register.simple_tag
def licence():
    """Return the licence of the data; a tag, so that error pages have it as well."""
    return settings.PORTAL_LICENCE


@register.simple_tag(takes_context=True)
def chosen_theme(context):
    """Return the reader's theme, `auto` on the page of a server error, which has no request.

    The page differs by cookie then. The answer says so (`Vary: Cookie`) without help from here: the head of each page
    asks who is logged in, and reading the session adds it.
    """
    request = context.get("request")
    return read_theme(request.COOKIES) if request else AUTO


@register.filter(is_safe=True)
def one_line(text):
    """Return words without the line ends and indents of the template that they stand in."""
    return " ".join(text.split())
