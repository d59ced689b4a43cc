"""Developments made without a database, with what the pure functions read of them."""

import datetime
from decimal import Decimal

from cooperation.models import Article, Citation, Development, Official, Program, Publisher

FRANCE = Official(pk=1, slug="minister-of-france", name="Minister of France")
UKRAINE = Official(pk=2, slug="minister-of-ukraine", name="Minister of Ukraine")


def make(slug, stage, day, quantity=None, **fields):
    """Make a development of program 1, reported on its `day` by an article of its own unless `articles` are given.

    `quantity` is (value, unit) or a mapping; `amount` a mapping; `articles` are numbers or Articles.
    """
    articles = fields.pop("articles", (f"article-{slug}",))
    program = fields.pop("program", 1)
    figures = {"quantity": figure_of(quantity), "amount": fields.pop("amount", None)}
    reported_on = datetime.date.fromisoformat(fields.pop("reported_on", day))
    due_latest = fields.pop("due_latest", None)
    development = Development(slug=slug, stage=stage, program=make_program(program), **{"date": day, **fields})
    development.quantity, development.amount = figures["quantity"], figures["amount"]
    development.effective_day, development.reported_on = datetime.date.fromisoformat(day), reported_on
    development.due_latest = due_latest and datetime.date.fromisoformat(due_latest)
    development.public_citations = [cite(article, development, reported_on) for article in articles]
    return development


def make_program(number):
    return number and Program(pk=number, slug=f"program-{number}", name=f"Program {number}")


def cite(article, development, day):
    if not isinstance(article, Article):
        article = make_article(article, published=day)
    return Citation(article=article, article_id=article.pk, development=development)


def make_article(name, letter="", published=datetime.date(2026, 2, 9)):
    """Make an article whose publisher has the reliability `letter`; one of the same name is the same article."""
    publisher = Publisher(slug=f"publisher-{name}", name="Gazette", reliability=letter)
    number = int.from_bytes(str(name).encode())
    return Article(pk=number, slug=str(name), published=published, publisher=publisher)


def figure_of(quantity):
    if isinstance(quantity, tuple):
        value, unit = quantity
        return {"qualifier": "exact", "value": Decimal(value), "unit": unit}
    return quantity


def number(value, qualifier="exact", unit="aircraft", **parts):
    """Return a quantity of aircraft; `value` is None without a number and a pair for “between”."""
    if isinstance(value, tuple):
        parts = {"min": Decimal(value[0]), "max": Decimal(value[1]), **parts}
    elif value is not None:
        parts = {"value": Decimal(value), **parts}
    return {"qualifier": qualifier, "unit": unit, **parts}


def money(value, currency="EUR", qualifier="exact"):
    given = {} if value is None else {"value": Decimal(value)}
    return {"qualifier": qualifier, "currency": currency, **given}


def numbers_of(span):
    return span.lowest, span.best, span.highest


def slugs_of(claims):
    return [claim.development.slug for claim in claims]
