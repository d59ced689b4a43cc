"""Addresses and badges of records, and links that turn a parameter of a list on or off; all keep the asked day."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_countries import countries

from cooperation.choices import Category, Role, Stage

register = template.Library()


@register.simple_tag(takes_context=True)
def address(context, record):
    """Return the address of a record's page; that of a development is an anchor on its subject's page."""
    if record._meta.model_name == "development":
        return f"{address(context, record.subject)}#{record.slug}"
    return _join(reverse(f"{record._meta.model_name}-detail", args=[record.slug]), _day_of(context))


@register.simple_tag(takes_context=True)
def to(context, url_name, **parameters):
    """Return the address of a page without a record, such as a list, with `parameters` that are given."""
    given = urlencode({name: value for name, value in parameters.items() if value})
    return _join(reverse(url_name), given, _day_of(context))


@register.simple_tag(takes_context=True)
def to_value(context, url_name, name, value):
    """Return the address of a list with one value of the parameter `name`."""
    return to(context, url_name, **{name: value})


@register.simple_tag(takes_context=True)
def to_development(context, development):
    """Return the address that leads on to a development, for one whose subject is not at hand."""
    return to_page(context, "development-detail", development.slug)


@register.simple_tag(takes_context=True)
def to_page(context, url_name, slug):
    """Return the address of the page of a record of which the id alone is at hand."""
    return _join(reverse(url_name, args=[slug]), _day_of(context))


@register.simple_tag(takes_context=True)
def to_list_of(context, record, **parameters):
    """Return the address of the list in which a record stands."""
    return to(context, f"{record._meta.model_name}-list", **parameters)


@register.simple_tag(takes_context=True)
def link(context, record):
    """Link to a record by its name in the reader's language, or by its title; one in another language says so."""
    name = getattr(record, "local_name", None) or str(record)
    return format_html('<a href="{}"{}>{}</a>', address(context, record), _mark_language(record), name)


@register.simple_tag
def stage_badge(value, target=""):
    """Show a stage with its colour token and its word, linked to `target` where the words stand that earned it."""
    if not value:
        return format_html('<span class="quiet">{}</span>', _("not stated"))
    stage = Stage(value)
    if target:
        return format_html('<a class="badge {}" href="{}">{}</a>', stage.colour, target, stage.label)
    return format_html('<span class="badge {}">{}</span>', stage.colour, stage.label)


@register.filter
def role_label(value):
    """Return the label of a role."""
    return Role(value).label


@register.filter
def category_label(value):
    """Return the label of a category."""
    return Category(value).label


@register.filter
def country_name(code):
    """Return the name of a country."""
    return countries.name(code)


@register.simple_tag(takes_context=True)
def toggled(context, name, value):
    """Return the list's address with one value of a parameter put in or taken out, and page 1.

    The list is this page, unless `list_path` says which other one it belongs to.
    """
    query = _list_query(context)
    values = query.getlist(name)
    query.setlist(name, [v for v in values if v != value] if value in values else [*values, value])
    return _join(_list_path(context), query.urlencode())


@register.simple_tag(takes_context=True)
def replaced(context, name, value):
    """Return this page's address with `value` as the only one of a parameter; page 1 unless a page is asked for."""
    query = _without_page(context["request"])
    query[name] = value
    return _join(context["request"].path, query.urlencode())


@register.simple_tag(takes_context=True)
def cleared(context):
    """Return the list's address without any condition, but for the day."""
    return _join(_list_path(context), _day_of(context))


@register.simple_tag(takes_context=True)
def unnarrowed(context):
    """Return the list's address with all that this page's says but which page, for the way back to it."""
    return _join(_list_path(context), _list_query(context).urlencode())


def _day_of(context):
    """Return the day asked about as a query; empty for today, and on pages that know no day."""
    day = context.get("day")
    return day.as_query if day else ""


def _mark_language(record):
    """Return ` lang="…"` for a name or title that is not in the page's language: what has no language is in English."""
    own = getattr(record, "name_language", None) or getattr(record, "text_language", "en")
    return format_html(' lang="{}"', own) if own != get_language() else ""


def _join(path, *queries):
    written = "&".join(filter(None, queries))
    return f"{path}?{written}" if written else path


def _without_page(request):
    """Return what the address says, without the page and without fields that were sent empty."""
    query = request.GET.copy()
    for name in [name for name, values in query.lists() if name == "page" or not any(values)]:
        del query[name]
    return query


def _list_path(context):
    return context.get("list_path") or context["request"].path


def _list_query(context):
    """Return what the address says of the list; the words of a page of values say nothing to it."""
    query = _without_page(context["request"])
    if "list_path" in context:
        query.pop("named", None)
    return query
