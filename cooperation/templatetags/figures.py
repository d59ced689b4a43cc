"""Quantities, amounts and days in words: a number never stands bare, and what is not known is said so."""

import re
from decimal import Decimal

from django import template
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cooperation import dates
from cooperation.choices import WITHOUT_NUMBER, Basis, Channel, Credibility, Per, Qualifier

register = template.Library()

SAME_IN_PLURAL = {"aircraft", "ammunition", "equipment", "personnel", "staff"}
MAGNITUDES = ((Decimal(10**9), gettext_lazy("billion")), (Decimal(10**6), gettext_lazy("million")))
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)", re.ASCII)


@register.filter
def quantity_words(quantity):
    """Return a quantity in words, such as “up to 6 aircraft”; empty if none is stated."""
    if not quantity:
        return ""
    qualifier, unit = Qualifier(quantity["qualifier"]), quantity.get("unit", "")
    if qualifier in WITHOUT_NUMBER and qualifier != Qualifier.SEVERAL:
        return _without_number(_("number"), unit, qualifier)
    parts = [_qualified(quantity, qualifier, _grouped), _plural(unit, quantity.get("value"))]
    if quantity.get("basis") == Basis.ADDITIONAL:
        parts.insert(1, _("more"))
    if quantity.get("per"):
        parts.append(str(Per(quantity["per"]).label))
    return " ".join(part for part in parts if part)


@register.filter
def amount_words(amount):
    """Return an amount of money in words, such as “about EUR 90 million”; empty if none is stated."""
    if not amount:
        return ""
    qualifier, currency = Qualifier(amount["qualifier"]), amount.get("currency", "")
    if qualifier in WITHOUT_NUMBER and qualifier != Qualifier.SEVERAL:
        return _without_number(_("amount"), currency, qualifier)
    return _qualified(amount, qualifier, lambda number: f"{currency} {_rounded(number)}")


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
    return format_html('<time datetime="{}">{}</time>', f"{day:%Y-%m-%d}", date_format(day, "j F Y"))


@register.filter
def channel_words(channel):
    """Return the label of a channel; empty for none."""
    return Channel(channel).label if channel else ""


@register.filter
def credibility_words(credibility):
    """Return a credibility as digit and label; empty for none."""
    return f"{credibility} · {Credibility(credibility).label}" if credibility else ""


def _without_number(what, measure, qualifier):
    of_what = f"{what} ({measure})" if measure else what
    return f"{of_what}: {qualifier.label}"


def _qualified(figure, qualifier, show):
    if qualifier == Qualifier.BETWEEN:
        return _("between {low} and {high}").format(low=show(figure["min"]), high=show(figure["max"]))
    if qualifier == Qualifier.SEVERAL:
        return str(qualifier.label)
    number = show(figure["value"])
    return number if qualifier == Qualifier.EXACT else f"{qualifier.label} {number}"


def _grouped(number):
    whole = number.to_integral_value() if number == number.to_integral_value() else number
    return number_format(whole, force_grouping=True)


def _rounded(number):
    """Write a number of millions or billions with that word, where it takes no more than one decimal."""
    for size, word in MAGNITUDES:
        if number >= size and number % (size / 10) == 0:
            return f"{_grouped(number / size)} {word}"
    return _grouped(number)


def _plural(unit, value):
    if not unit or value == 1:
        return unit
    head, last = unit[: unit.rfind(" ") + 1], unit[unit.rfind(" ") + 1 :]
    return head + _plural_word(last)


def _plural_word(word):
    if word in SAME_IN_PLURAL:
        return word
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + ("es" if re.search(r"(s|x|z|ch|sh)$", word) else "s")


def _time(written):
    """Return the part of an EDTF date between slashes as `<time>`; what has no plain words stands as written."""
    match = _DATE.fullmatch(written)
    if not match or (match[2] or "01") > "12":
        return format_html('<span class="as-written">{}</span>', written)
    _year, month, day, doubt = match.groups()
    exact = written.rstrip("?~%")
    words = _spelled(dates.parse_bounds(exact).earliest, month, day)
    title = format_html(' title="{}"', written) if doubt else ""
    return format_html('<time datetime="{}"{}>{}</time>', exact, title, _doubted(words, doubt))


def _spelled(first, month, day):
    return date_format(first, "j F Y" if day else "F Y" if month else "Y")


def _doubted(words, doubt):
    about = {"": "{}", "~": _("about {}"), "?": _("{} (uncertain)"), "%": _("about {} (uncertain)")}
    return about[doubt].format(words)
