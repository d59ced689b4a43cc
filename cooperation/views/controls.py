"""What a list shows of the address: fields to fill in, values to take out, orders, and what is kept unseen. Pure."""

from dataclasses import dataclass
from typing import Any

from cooperation.filters import CLOCKS

KINDS = {"q": "search", "since": "date", "until": "date", "sort": "select"}
NOT_NARROWING = ("sort", "page", "page_size", *CLOCKS)


@dataclass(frozen=True)
class Chip:
    """One chosen value of a parameter, in words; taking it out is one click."""

    name: str
    value: str
    label: str
    text: str


@dataclass(frozen=True)
class Control:
    """A field of the form: its values as given, and what is wrong with them."""

    name: str
    kind: str
    label: Any
    help_text: Any
    values: list
    errors: list
    choices: list

    @property
    def value(self):
        """Return the value of a field that takes one: the last one given."""
        return self.values[-1] if self.values else ""


@dataclass(frozen=True)
class Order:
    """An order that the head of a column offers: how it runs, empty if another one does, and what a click asks for."""

    direction: str
    turned: str


def build_controls(bound_forms, query):
    """Return the fields of a list's form: those of `KINDS` that it has, and each that is wrong."""
    return [
        _build_control(name, field, form.errors.get(name, []), query.getlist(name))
        for form in bound_forms
        for name, field in form.fields.items()
        if name not in CLOCKS and (name in KINDS or name in form.errors)
    ]


def find_kept(controls, query, *left_out):
    """Return (name, value) pairs of the address that no control holds, but `left_out`; the page starts anew."""
    held = {"page", *left_out, *(control.name for control in controls)}
    return [(name, value) for name, values in query.lists() if name not in held for value in values]


def build_chips(form, facets, query):
    """Return a chip for each value that narrows the list; the words are the facet's where it has them."""
    asked = [facet for facet in facets if facet.name in query]
    words = {(facet.name, str(value.value)): value.label for facet in asked for value in facet.values}
    return [
        Chip(name, value, field.label, (words.get((name, value)) or _find_choice(field, value)).replace("\0", "�"))
        for name, field in form.fields.items()
        if name not in NOT_NARROWING
        for value in query.getlist(name)
        if value
    ]


def build_orders(sort, asked):
    """Return the `Order` of each name that the SortFilter `sort` knows; `asked` is what the address asks for."""
    current = asked or sort.default
    return {name: _build_order(name, descends, current) for name, (_, descends) in sort.orders.items()}


def _build_order(name, descends, current):
    """Return an order; one that does not run yet starts as its name says, and each further click turns it round."""
    if current.removeprefix("-") != name:
        return Order("", name)
    is_turned = current.startswith("-")
    return Order("descending" if descends != is_turned else "ascending", name if is_turned else f"-{name}")


def _find_choice(field, value):
    return dict(getattr(field, "choices", [])).get(value, value)


def _build_control(name, field, errors, values):
    kind = KINDS.get(name, "text")
    choices = _drop_default(field.choices) if kind == "select" else []
    shown_as = "text" if errors and kind != "search" else kind
    return Control(name, shown_as, field.label, field.help_text, values, errors, choices)


def _drop_default(choices):
    """Leave out the choice that says the same as giving none."""
    default = dict(choices).get("")
    return [(value, label) for value, label in choices if not value or label != default]
