"""Addresses and badges of records, and links that turn a parameter of a list on or off; all keep the asked day."""

from functools import lru_cache
from urllib.parse import quote_plus

from django import template
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_countries import countries

from cooperation.choices import Category, Mode, Role, Stage

register = template.Library()

SLUG = "0-0"  # stands for any slug, and nowhere else in an address
CURRENT = mark_safe(' aria-current="page"')
CHOSEN = mark_safe(' aria-current="true"')
VALUE = (  # parameter, value, address, whether it is chosen, colour, label, count
    '<li><a id="value-{}-{}" href="{}"{}><span class="value {}">{}</span> <span class="figure">{}</span></a></li>'
)


@register.simple_tag(takes_context=True)
def address(context, record):
    """Return the address of a record's page; that of a development is an anchor on its subject's page."""
    if record._meta.model_name == "development":
        return f"{address(context, record.subject)}#{record.slug}"
    return to_page(context, f"{record._meta.model_name}-detail", record.slug)


@register.simple_tag(takes_context=True)
def to(context, url_name, **parameters):
    """Return the address of a page without a record, such as a list, with `parameters` that are given."""
    given = urlencode({name: value for name, value in parameters.items() if value})
    return _join(_find_path(url_name, get_language(), get_script_prefix()), given, _day_of(context))


@register.simple_tag(takes_context=True)
def way(context, url_name, text):
    """Link to a page without a record; the link says so if that is this one."""
    path = _find_path(url_name, get_language(), get_script_prefix())
    current = CURRENT if getattr(context.get("request"), "path", None) == path else ""
    return format_html('<a href="{}"{}>{}</a>', _join(path, _day_of(context)), current, text)


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
    path = _find_path(url_name, get_language(), get_script_prefix(), has_slug=True)
    return _join(path.replace(SLUG, slug), _day_of(context))


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
def mode_label(value):
    """Return the label of a mode; `get_mode_display` looks through all choices anew for each row of a list."""
    return Mode(value).label


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
    written, chosen = _list_query(context)
    turned = urlencode([(name, v) for v in _toggle(chosen.get(name, ()), value)])
    return _join(_list_path(context), *{**written, name: turned}.values())


@register.simple_tag(takes_context=True)
def facet_links(context, facet):
    """Link, in an item each, to the list with a value of a facet put in or taken out, and say how many rows that gives.

    In one piece: a loop in the template would take as long as finding the addresses.
    """
    (written, chosen), path, links = _list_query(context), _list_path(context), []
    for value in facet.values:
        turned = "&".join(f"{facet.name}={quote_plus(v)}" for v in _toggle(chosen.get(facet.name, ()), value.value))
        address = _join(path, *{**written, facet.name: turned}.values())
        mark = CHOSEN if value.is_selected else ""
        links.append((facet.name, value.value, address, mark, value.colour, value.label, value.count))
    return format_html_join("", VALUE, links)


@register.simple_tag(takes_context=True)
def replaced(context, name, value):
    """Return this page's address with `value` as the only one of a parameter; page 1 unless a page is asked for."""
    written, _chosen = _find_query(context["request"])
    return _join(context["request"].path, *{**written, name: urlencode({name: value})}.values())


@register.simple_tag(takes_context=True)
def cleared(context):
    """Return the list's address without any condition, but for the day."""
    return _join(_list_path(context), _day_of(context))


@register.simple_tag(takes_context=True)
def unnarrowed(context):
    """Return the list's address with all that this page's says but which page, for the way back to it."""
    written, _chosen = _list_query(context)
    return _join(_list_path(context), *written.values())


@lru_cache(maxsize=200)
def _find_path(url_name, language, prefix, has_slug=False):
    """Return the address of a page; a page has a hundred links, and to look each up takes a tenth of its time."""
    return reverse(url_name, args=[SLUG] if has_slug else [])


def _day_of(context):
    """Return the day asked about as a query; empty for today, and on pages that know no day."""
    day = context.get("day")
    return day.as_query if day else ""


def _mark_language(record):
    """Return ` lang="…"` for a name or title that is not in the page's language: what has no language is in English."""
    own = getattr(record, "name_language", None) or getattr(record, "text_language", "en")
    return format_html(' lang="{}"', own) if own != get_language() else ""


def _toggle(values, value):
    return [v for v in values if v != value] if value in values else [*values, value]


def _join(path, *queries):
    written = "&".join(filter(None, queries))
    return f"{path}?{written}" if written else path


def _find_query(request):
    """Return what the address says, without the page and without fields that were sent empty.

    As `{parameter: how an address writes it}`, and as `{parameter: values}`.
    """
    return _write_query(tuple((name, tuple(values)) for name, values in request.GET.lists()))


@lru_cache(maxsize=200)
def _write_query(query):
    """Write a query once: each of the hundred links of a page says most of it again."""
    kept = {name: values for name, values in query if name != "page" and any(values)}
    return {name: urlencode([(name, value) for value in values]) for name, values in kept.items()}, kept


def _list_path(context):
    return context.get("list_path") or context["request"].path


def _list_query(context):
    """Return what the address says of the list; the words of a page of values say nothing to it."""
    written, chosen = _find_query(context["request"])
    if "list_path" in context:
        written = {name: part for name, part in written.items() if name != "named"}
    return written, chosen
