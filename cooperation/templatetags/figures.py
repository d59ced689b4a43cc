"""Quantities, amounts and days in words: a number never stands bare, and what is not known is said so."""

import re
from decimal import Decimal

from django import template
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from cooperation import dates
from cooperation.choices import WITHOUT_NUMBER, Basis, Channel, Credibility, Per, Qualifier
from cooperation.units import MANY, name_unit

register = template.Library()

MAGNITUDES = (
    (Decimal(10**9), ngettext_lazy("{} billion", "{} billion", "number")),
    (Decimal(10**6), ngettext_lazy("{} million", "{} million", "number")),
)
SEASONS = {
    "21": gettext_lazy("spring {}"),
    "22": gettext_lazy("summer {}"),
    "23": gettext_lazy("autumn {}"),
    "24": gettext_lazy("winter {}"),
}
UNKNOWN = {
    "XX": gettext_lazy("{}, month not known"),
    "XX-XX": gettext_lazy("{}, month and day not known"),
    "day": gettext_lazy("{}, day not known"),
}
SPELL = ("{0.year:04}".format, dates.spell_month, dates.spell_day)  # a year, a month, a day
_DATE = re.compile(
    r"(\d{4})(?:-(2[1-4]|XX(?:-XX)?|(?:0[1-9]|1[0-2])(?:-(?:\d{2}|XX))?))?([?~%]?)", re.ASCII
)  # year; season, or month and day; sign of doubt


@register.filter
def quantity_words(quantity):
    """Return a quantity in words, such as “up to 6 aircraft”; empty if none is stated."""
    if not quantity:
        return ""
    qualifier, unit = Qualifier(quantity["qualifier"]), quantity.get("unit", "")
    if _is_unnumbered(qualifier):
        return _without_number(_("number"), unit, qualifier)
    number = _qualified(quantity, qualifier, _grouped)
    named = name_unit(unit, quantity.get("value") or quantity.get("max") or MANY)
    pattern = _("{number} more {unit}") if quantity.get("basis") == Basis.ADDITIONAL else "{number} {unit}"
    per = Per(quantity["per"]).label if quantity.get("per") else ""
    return f"{pattern.format(number=number, unit=named).strip()} {per}".rstrip()


@register.filter
def amount_words(amount):
    """Return an amount of money in words, such as “about EUR 90 million”; empty if none is stated."""
    if not amount:
        return ""
    qualifier, currency = Qualifier(amount["qualifier"]), amount.get("currency", "")
    if _is_unnumbered(qualifier):
        return _without_number(_("amount"), currency, qualifier)
    return _qualified(
        amount, qualifier, lambda number: _("{currency} {number}").format(currency=currency, number=_rounded(number))
    )


@register.filter
def quantity_entry(quantity):
    """Return a quantity in words under a heading that says what it is: “not disclosed (missile)”."""
    return _without_noun(quantity, "unit") or quantity_words(quantity)


@register.filter
def amount_entry(amount):
    """Return an amount of money in words under a heading that says what it is: “not disclosed (EUR)”."""
    return _without_noun(amount, "currency") or amount_words(amount)


@register.filter
def ceiling_words(ceiling):
    """Return the ceiling of an instrument in words; empty if none is known."""
    return amount_words(
        {"value": ceiling["amount"], "currency": ceiling["currency"], "qualifier": "up-to"} if ceiling else None
    )


@register.filter
def date_words(written):
    """Return an EDTF date in words inside a `<time>`, with the notation as written where words alone lose something."""
    if not written:
        return ""
    start, slash, end = written.partition("/")
    if not slash:
        return _time(start)
    if start == dates.OPEN:
        return format_html(_("until {}"), _time(end))
    if end == dates.OPEN:
        return format_html(_("since {}"), _time(start))
    return format_html(_("{} to {}"), _time(start), _time(end))


@register.filter
def day_words(day):
    """Return a day, or the day of a moment, written out inside a `<time>`; empty for none."""
    if not day:
        return ""
    return format_html('<time datetime="{}">{}</time>', f"{day:%Y-%m-%d}", dates.spell_day(day))


@register.filter
def articles_words(total):
    """Return a number of articles in words."""
    return ngettext("%(total)s article", "%(total)s articles", total) % {"total": number_format(total)}


@register.filter
def channel_words(channel):
    """Return the label of a channel; empty for none."""
    return Channel(channel).label if channel else ""


@register.filter
def credibility_words(credibility):
    """Return a credibility as digit and label; empty for none."""
    return f"{credibility} · {Credibility(credibility).label}" if credibility else ""


def _is_unnumbered(qualifier):
    """Return whether the qualifier says why there is no number."""
    return qualifier in WITHOUT_NUMBER and qualifier != Qualifier.SEVERAL


def _without_noun(figure, measure):
    """Return why a figure has no number, with its unit or currency; empty if it has one, or if there is no figure."""
    if not figure or not _is_unnumbered(Qualifier(figure["qualifier"])):
        return ""
    label = Qualifier(figure["qualifier"]).label
    return f"{label} ({name_unit(figure[measure])})" if figure.get(measure) else str(label)


def _without_number(what, measure, qualifier):
    of_what = f"{what} ({name_unit(measure)})" if measure else what
    return f"{of_what}: {qualifier.label}"


def _qualified(figure, qualifier, show):
    if qualifier == Qualifier.BETWEEN:
        return _("between {low} and {high}").format(low=show(figure["min"]), high=show(figure["max"]))
    if qualifier == Qualifier.SEVERAL:
        return str(qualifier.label)
    number = show(figure["value"])
    return number if qualifier == Qualifier.EXACT else f"{qualifier.label} {number}"


def _grouped(number):
    """Write a number with groups of three digits, without the zeros that a column adds behind the point."""
    whole = number.to_integral_value() if number == number.to_integral_value() else number.normalize()
    return number_format(whole, force_grouping=True)


def _rounded(number):
    """Write a number of millions or billions with that word, where it takes no more than one decimal."""
    for size, word in MAGNITUDES:
        if number >= size and number % (size / 10) == 0:
            return (word % {"number": int(number / size)}).format(_grouped(number / size))
    return _grouped(number)


def _time(written):
    """Return the part of an EDTF date between slashes as `<time>`; what has no plain words stands as written."""
    match = _DATE.fullmatch(written)
    if not match:
        return format_html('<span class="as-written">{}</span>', written)
    year, rest, doubt = match.groups("")
    exact = year if rest in SEASONS else f"{year}-{rest}".removesuffix("-").replace("-XX", "")
    title = format_html(' title="{}"', written) if exact != written else ""
    return format_html('<time datetime="{}"{}>{}</time>', exact, title, _doubted(_spelled(exact, rest), doubt))


def _spelled(exact, rest):
    """Spell the part that a calendar knows, then the season or what is not known."""
    words = SPELL[exact.count("-")](dates.parse_bounds(exact).earliest)
    if rest in SEASONS:
        return SEASONS[rest].format(words)
    unknown = UNKNOWN.get(rest) or (UNKNOWN["day"] if rest.endswith("XX") else "{}")
    return unknown.format(words)


def _doubted(words, doubt):
    about = {"": "{}", "~": _("about {}"), "?": _("{} (uncertain)"), "%": _("about {} (uncertain)")}
    return about[doubt].format(words)
