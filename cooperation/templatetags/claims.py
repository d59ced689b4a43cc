"""Totals, sums and claims in words: spans as “5 to 7, best 6”, and each number linked to the words that earned it."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cooperation.choices import Qualifier, Reliability, Step
from cooperation.claims import Kind
from cooperation.templatetags.figures import amount_entry, amount_words, quantity_entry, quantity_words
from cooperation.units import name_unit

register = template.Library()

WORDS = {Kind.QUANTITY: quantity_words, Kind.AMOUNT: amount_words}
ENTRIES = {Kind.QUANTITY: quantity_entry, Kind.AMOUNT: amount_entry}
MEASURES = {Kind.QUANTITY: "unit", Kind.AMOUNT: "currency"}


@register.simple_tag
def ledger_steps():
    """Return the steps of the ledger, in their order."""
    return list(Step)


@register.filter
def claim_words(claim):
    """Return the figure of a claim in words, such as “2 more aircraft” or “not disclosed (missile)”."""
    return ENTRIES[claim.kind](claim.figure)


@register.filter
def measure_words(measure, kind=Kind.QUANTITY):
    """Return a unit or currency, or that none is stated."""
    nothing = _("currency not stated") if kind == Kind.AMOUNT else _("unit not stated")
    return name_unit(measure) or nothing


@register.filter
def reliability_words(letter):
    """Return a reliability as letter and label; empty for none."""
    return f"{letter} · {Reliability(letter).label}" if letter else ""


@register.filter
def missing_words(missing):
    """Return how many claims name no number, and how many programs are missing from the sum for it."""
    claims, programs = len(missing.claims), len(missing.programs)
    parts = [ngettext("{} claim", "{} claims", claims).format(claims)]
    if programs:
        parts.append(
            ngettext("{} program not in the number", "{} programs not in the number", programs).format(programs)
        )
    return f"{missing.qualifier.label}: {', '.join(parts)}"


@register.simple_tag
def span_words(span, measure="", kind=Kind.QUANTITY):
    """Return a span in words, such as “6 aircraft”, “5 to 7, best 6 aircraft” or “at least 6 aircraft”.

    What it says of money names the currency with each number. Empty if there is no number at all.
    """
    if span.lowest is None:
        return ""
    if span.best is None:
        return _without_best(span, measure, kind)
    if span.highest is None:
        return _without_end(span, measure, kind)
    if span.lowest == span.highest:
        return _number(span.best, measure, kind)
    if span.lowest == 0 and span.best == span.highest:
        return _number(span.best, measure, kind, Qualifier.UP_TO)
    numbers = {
        "low": _leading(span.lowest, measure, kind),
        "high": _leading(span.highest, measure, kind),
        "best": _number(span.best, measure, kind),
    }
    return _("{low} to {high}, best {best}").format(**numbers)


@register.simple_tag
def step_words(total, measure="", page="", kind=Kind.QUANTITY):
    """Write a total and what has no number, each linked to its words on `page` (this one if empty)."""
    if total.is_silent:
        return format_html('<span class="quiet">{}</span>', _("not stated"))
    return format_html("{}{}", _numbered(total, measure, page, kind), _unnumbered(total, page))


@register.simple_tag
def open_words(promise):
    """Return what is open in words: “3 of 6 aircraft” if both numbers are sharp, else the span of what is open."""
    spans = promise.open, promise.given
    if all(span.lowest == span.best == span.highest for span in spans):
        return _("{left} of {whole}").format(left=span_words(spans[0]), whole=span_words(spans[1], promise.unit))
    return span_words(promise.open, promise.unit)


def _numbered(total, measure, page, kind):
    """Write the number of a total; the claims one by one if several add up to it."""
    words = span_words(total, measure, kind)
    if len(total.claims) <= 1:
        return _link(page, total.claims[0], words) if total.claims else ""
    claims = format_html_join(" + ", "{}", ((_link(page, claim, claim_words(claim)),) for claim in total.claims))
    return format_html('{} <span class="remark">= {}</span>', words, claims)


def _unnumbered(total, page):
    claims = [claim for claims in total.without_number.values() for claim in claims]
    if not claims:
        return ""
    links = format_html_join(", ", "{}", ((_link(page, claim, claim.qualifier.label),) for claim in claims))
    return format_html(' <span class="remark">{} {}</span>', _("claimed without a number:"), links)


def _link(page, claim, words):
    return format_html('<a href="{}#{}">{}</a>', page, claim.development.slug, words)


def _number(number, measure, kind, qualifier=Qualifier.EXACT):
    return WORDS[kind]({"value": number, "qualifier": qualifier, MEASURES[kind]: measure})


def _leading(number, measure, kind):
    """Write a number before another one, which brings the unit; an amount always has its currency."""
    return _number(number, measure if kind == Kind.AMOUNT else "", kind)


def _without_best(span, measure, kind):
    if span.highest is None:
        return _("not known")
    return _("not known, at most {highest}").format(highest=_number(span.highest, measure, kind))


def _without_end(span, measure, kind):
    if span.lowest == span.best:
        return _number(span.lowest, measure, kind, Qualifier.AT_LEAST)
    lowest = _number(span.lowest, measure if kind == Kind.AMOUNT else "", kind, Qualifier.AT_LEAST)
    return _("{lowest}, best {best}").format(lowest=lowest, best=_number(span.best, measure, kind))
