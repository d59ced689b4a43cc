"""Rules over one value or one list, as functions that raise ValidationError; model, admin and loader share them."""

import datetime
import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django_countries import countries

from cooperation.choices import WITHOUT_NUMBER, PartyKind, Qualifier, Rank, Scope

RESERVED_SLUGS = ("facets",)
EXTERNAL_LISTS = {
    "wikidata": re.compile(r"Q[1-9]\d*"),
    "sipri": re.compile(r".{1,200}"),
    "kiel": re.compile(r".{1,200}"),
}
NAME_LANGUAGES = ("fr", "uk")
AMOUNT_DIGITS = {"max_digits": 16, "decimal_places": 2}

validate_slug_form = RegexValidator(
    r"\A[a-z0-9]+(-[a-z0-9]+)*\Z", "“%(value)s” is not an id; use small letters, digits and single hyphens.", "id"
)
validate_currency = RegexValidator(
    r"\A[A-Z]{3}\Z", "“%(value)s” is not a currency; use an ISO 4217 code such as EUR.", "currency"
)
validate_unit = RegexValidator(
    r"\A[a-z]+([ -][a-z]+)*\Z",
    "“%(value)s” is not a unit; use a word in the singular such as aircraft or battery.",
    "unit",
)


def validate_slug(value):
    """Refuse what is no slug of the portal, or a slug that is kept for an address."""
    validate_slug_form(value)
    if value in RESERVED_SLUGS:
        raise ValidationError("“%(value)s” is kept for an address; use another id.", code="id", params={"value": value})


def validate_country(value):
    """Refuse what is no ISO 3166-1 alpha-2 code."""
    if value not in countries.countries:
        message = "“%(value)s” is not a country; use an ISO 3166 code of two letters such as FR."
        raise ValidationError(message, code="country", params={"value": value})


def validate_state_country(kind, country):
    """Refuse a state without its country code."""
    if kind == PartyKind.STATE and not country:
        raise ValidationError("A state needs its country code.", code="country")


def validate_subject(program, partnership):
    """Refuse a development that is not about exactly one program or partnership."""
    if bool(program) == bool(partnership):
        raise ValidationError(
            "A development is about a program or about a partnership: name one of them.", code="subject"
        )


def validate_stage_given(program, stage):
    """Refuse a development of a program that has no stage."""
    if program and not stage:
        raise ValidationError("A development of a program needs a stage.", code="stage")


def validate_rank(rank, reason):
    """Refuse a rank other than normal without a written reason, and a reason without such a rank."""
    if (rank == Rank.NORMAL) == bool(reason):
        message = "A rank other than normal needs a written reason, and only such a rank."
        raise ValidationError(message, code="rank_reason")


def validate_names(value):
    """Refuse names that are not `{fr: text, uk: text}` with one or both keys."""
    _validate_text_mapping(value, NAME_LANGUAGES, "names")


def validate_external_ids(value):
    """Refuse ids of other lists that are unknown here, or not in the form of that list."""
    _validate_text_mapping(value, tuple(EXTERNAL_LISTS), "external_ids")
    for key, outside_id in value.items():
        if not EXTERNAL_LISTS[key].fullmatch(outside_id):
            message = "“%(value)s” is not an id of %(list)s."
            raise ValidationError(message, code="external_ids", params={"value": outside_id, "list": key})


def validate_aliases(value):
    """Refuse aliases that are not a list of different, non-empty texts."""
    is_texts = isinstance(value, list) and all(isinstance(alias, str) and alias.strip() for alias in value)
    if not is_texts or len(set(value)) != len(value):
        raise ValidationError("Aliases are a list of different names.", code="aliases")


def validate_not_future(day):
    """Refuse a day that has not begun anywhere on Earth."""
    if day > (timezone.now() + datetime.timedelta(hours=14)).date():
        message = "%(day)s lies in the future; an article is dated by the day it appeared."
        raise ValidationError(message, code="future", params={"day": day.isoformat()})


def validate_party_count(parties):
    """Refuse a partnership of fewer than two parties; `parties` may be records or ids."""
    if len(set(parties)) < 2:
        raise ValidationError("A partnership needs at least two different parties.", code="parties")


def validate_citation_count(count):
    """Refuse a development without a citation."""
    if count < 1:
        raise ValidationError("A development needs at least one citation: an article and its words.", code="citations")


def validate_begun(written, earliest, reported_on):
    """Refuse a development that begins after the article that first reports it: plans are not developments."""
    if earliest and earliest > reported_on:
        message = "“%(date)s” begins after the day of the article, %(day)s; a promised day is the `due` of the promise."
        raise ValidationError(message, code="date", params={"date": written, "day": reported_on.isoformat()})


def validate_category_use(systems, category):
    """Refuse a category of a program's own beside systems, which bring their categories with them."""
    if systems and category:
        message = "A program with systems has their categories; name one of its own only where it has no system."
        raise ValidationError(message, code="category")


def validate_figure(figure, measure):
    """Refuse a quantity or amount that does not fit its qualifier.

    `figure` is a mapping of value, min, max, qualifier and a measure: `unit` for quantities, `currency` for amounts.
    An empty mapping, no statement, is fine.
    """
    if not figure:
        return
    qualifier = figure.get("qualifier")
    if not qualifier:
        raise ValidationError("A number needs its qualifier, such as exact or about.", code="figure")
    has_value, has_span = "value" in figure, "min" in figure and "max" in figure
    if qualifier == Qualifier.BETWEEN:
        fits, need = has_span and not has_value, "min and max, and no value"
    elif qualifier in WITHOUT_NUMBER:
        fits, need = not has_value and "min" not in figure and "max" not in figure, "no number"
    else:
        fits, need = has_value and "min" not in figure and "max" not in figure, "value, and no min or max"
    if not fits:
        raise ValidationError(
            "“%(qualifier)s” takes %(need)s.", code="figure", params={"qualifier": qualifier, "need": need}
        )
    _validate_numbers(figure)
    if qualifier not in WITHOUT_NUMBER and not figure.get(measure):
        raise ValidationError("A number needs its %(measure)s.", code="figure", params={"measure": measure})


def _validate_numbers(figure):
    for key in ("value", "min", "max"):
        number = figure.get(key)
        if number is not None and not (0 <= number < Decimal(10) ** 14 and number == round(number, 2)):
            message = "“%(key)s” is a number from 0 to below 10^14 with at most two decimals."
            raise ValidationError(message, code="figure", params={"key": key})
    if "min" in figure and figure["min"] >= figure["max"]:
        raise ValidationError("“min” must be below “max”.", code="figure")


def _validate_text_mapping(value, allowed, what):
    if not isinstance(value, dict):
        raise ValidationError(
            "%(what)s is a mapping with %(allowed)s.", code=what, params=_mapping_words(what, allowed)
        )
    for key, text in value.items():
        if key not in allowed or not isinstance(text, str) or not text.strip():
            message = "%(what)s takes texts under %(allowed)s."
            raise ValidationError(message, code=what, params=_mapping_words(what, allowed))


def _mapping_words(what, allowed):
    return {"what": what, "allowed": ", ".join(allowed)}


def validate_scopes(scopes):
    """Raise ValidationError unless `scopes` is a list of one scope or more, each once."""
    known = isinstance(scopes, list) and all(isinstance(scope, str) and scope in Scope.values for scope in scopes)
    if not known or not scopes or len(set(scopes)) != len(scopes):
        raise ValidationError(
            "Choose one or more of %(allowed)s.", code="scopes", params={"allowed": ", ".join(Scope.values)}
        )
