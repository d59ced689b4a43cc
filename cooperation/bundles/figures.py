"""The kinds of values that hold numbers: quantities, amounts and ceilings. See `kinds` for what a kind does."""

from dataclasses import dataclass
from decimal import Decimal

from cooperation import validators
from cooperation.bundles.kinds import CANNOT_CLEAR, Code, Text, read_mapping, refusal
from cooperation.choices import Basis, Per, Qualifier


@dataclass(frozen=True)
class FigureValue:
    """A quantity or an amount: numbers, a qualifier (default: exact, or between with min and max) and a measure."""

    measure: str
    parts: tuple
    empty = None

    def read(self, raw):
        """Return the mapping of its stated parts, checked as `validate_figure` says."""
        given = read_mapping(raw)
        unknown = sorted(set(given) - {name for name, _ in self.parts})
        if unknown:
            allowed = ", ".join(name for name, _ in self.parts)
            raise refusal("“%(key)s” is no part of it; use %(allowed)s.", key=unknown[0], allowed=allowed)
        figure = {name: kind.read(given[name]) for name, kind in self.parts if given.get(name) is not None}
        figure.setdefault("qualifier", Qualifier.BETWEEN.value if "min" in figure else Qualifier.EXACT.value)
        validators.validate_figure(figure, self.measure)
        if figure.get("basis") == Basis.SO_FAR:
            del figure["basis"]
        return figure

    def dump(self, record, name):
        """Return the stored mapping, or None."""
        figure = getattr(record, name)
        return (
            {key: str(value) if isinstance(value, str) else value for key, value in figure.items()} if figure else None
        )

    def schema(self):
        """Return the JSON Schema."""
        return {
            "type": "object",
            "properties": {name: kind.schema() for name, kind in self.parts},
            "additionalProperties": False,
            "minProperties": 1,
        }


@dataclass(frozen=True)
class Number:
    """A number from 0 with at most two decimals."""

    empty = CANNOT_CLEAR

    def read(self, raw):
        """Return the number as a Decimal."""
        if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
            raise refusal("must be a plain decimal number such as 6 or 0.5.")
        return Decimal(raw)

    def schema(self):
        """Return the JSON Schema."""
        return {"type": "number", "minimum": 0, "multipleOf": 0.01}


_NUMBERS = (("value", Number()), ("min", Number()), ("max", Number()), ("qualifier", Code(Qualifier)))
_CURRENCY = Text(max_length=3, validate=validators.validate_currency, pattern="^[A-Z]{3}$")
_UNIT = Text(max_length=40, validate=validators.validate_unit, pattern="^[a-z]+([ -][a-z]+)*$")
Quantity = FigureValue("unit", (*_NUMBERS, ("unit", _UNIT), ("basis", Code(Basis)), ("per", Code(Per))))
Amount = FigureValue("currency", (*_NUMBERS, ("currency", _CURRENCY)))


@dataclass(frozen=True)
class CeilingValue:
    """The most that an instrument can give: `{amount, currency}`."""

    empty = None

    def read(self, raw):
        """Return the mapping with both parts."""
        given = read_mapping(raw)
        if set(given) != {"amount", "currency"}:
            raise refusal("is a mapping of amount and currency.")
        figure = {
            "qualifier": Qualifier.EXACT,
            "value": Number().read(given["amount"]),
            "currency": _CURRENCY.read(given["currency"]),
        }
        validators.validate_figure(figure, "currency")
        return {"amount": figure["value"], "currency": figure["currency"]}

    def dump(self, record, name):
        """Return the stored mapping, or None."""
        return getattr(record, name)

    def schema(self):
        """Return the JSON Schema."""
        parts = {"amount": Number().schema(), "currency": _CURRENCY.schema()}
        return {"type": "object", "properties": parts, "required": list(parts), "additionalProperties": False}


Ceiling = CeilingValue()
