"""The page in other languages, and marks on words that are not in the language of the page."""

from dataclasses import dataclass

from django import template
from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language

register = template.Library()


@dataclass(frozen=True)
class LanguageLink:
    """The page at hand in one language, named in that language."""

    code: str
    name: str
    address: str
    is_current: bool


@register.simple_tag
def lang(code):
    """Write ` lang="fr"` for words in a language that is not the page's; nothing for the page's own."""
    return format_html(' lang="{}"', code) if code and code != get_language() else ""


@register.simple_tag(takes_context=True)
def language_links(context):
    """Return this page, with all that its address says, in each language; the first page where there is none here."""
    request, current = context.get("request"), get_language()
    here = request.get_full_path() if request and request.resolver_match else reverse("home")
    return [LanguageLink(code, name, translate_url(here, code), code == current) for code, name in settings.LANGUAGES]


@register.simple_tag(takes_context=True)
def alternate_links(context, links):
    """Write the `<link rel="alternate">` of this page for `links` to all languages; English is the default.

    For search engines.
    """
    if not getattr(context.get("request"), "resolver_match", None):
        return ""
    root = context["request"].build_absolute_uri("/").removesuffix("/")
    absolute = [(link.code, f"{root}{link.address}") for link in links]
    rows = absolute + [("x-default", address) for code, address in absolute if code == "en"]
    return format_html_join("\n    ", '<link rel="alternate" hreflang="{}" href="{}">', rows)
