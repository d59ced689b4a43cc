"""What pictures say in few letters: the phases of a legend, and a total beside its bar."""

from django import template
from django.utils.formats import number_format

from cooperation.choices import Phase
from cooperation.templatetags.claims import span_words

register = template.Library()


@register.simple_tag
def list_phases():
    """Return the phases, in their order."""
    return list(Phase)


@register.simple_tag
def span_digits(total):
    """Return a total as “6”, “6 (5–7)”, “6+” or “≤ 7”; in words why there is no number, if there is none."""
    if not total.has_number:
        return ", ".join(str(qualifier.label) for qualifier in total.without_number)
    if total.lowest == total.best == total.highest:
        return _digits(total.best)
    if total.highest is None:
        return f"{_digits(total.best)}+"
    if total.lowest == 0 and total.best == total.highest:
        return f"≤ {_digits(total.best)}"
    return f"{_digits(total.best)} ({_digits(total.lowest)}–{_digits(total.highest)})"


@register.simple_tag
def step_name(total, measure):
    """Return what a step has come to in words: “Promised: 6 aircraft, not disclosed”."""
    numbers = [span_words(total, measure)] if total.has_number else []
    return f"{total.step.label}: {', '.join([*numbers, *(str(missing.label) for missing in total.without_number)])}"


def _digits(number):
    whole = number.to_integral_value()
    return number_format(whole if number == whole else number.normalize(), force_grouping=True)
