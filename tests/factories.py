"""One function a model: a minimal valid record, saved as a draft through the ledger, without hidden children."""

import datetime
from itertools import count

from django.utils import timezone

from cooperation import ledger, models, tokens
from cooperation.choices import Scope
from tests.keeping import once

numbers = count(1)
DAY = datetime.date(2026, 2, 9)
TEXT = "France told Ukraine that it is getting aircraft ready. Both discussed missiles."
QUOTE = "France told Ukraine that it is getting aircraft ready."


def unique(word):
    """Return an id that no other record of the test run has."""
    return f"{word}-{next(numbers)}"


def make(model, relations=None, **fields):
    """Save a record of `model` through the ledger and return it."""
    record = model(**fields)
    ledger.record(record, **(relations or {}))
    return record


def make_party(**fields):
    slug = fields.pop("slug", None) or unique("party")
    return make(models.Party, **{"slug": slug, "name": slug.title(), "kind": "company", **fields})


def make_official(party, **fields):
    slug = fields.pop("slug", None) or unique("official")
    return make(models.Official, **{"slug": slug, "name": slug.title(), "party": party, **fields})


def make_system(makers=(), **fields):
    slug = fields.pop("slug", None) or unique("system")
    record = {"slug": slug, "name": slug.title(), "category": "missile", **fields}
    return make(models.System, {"makers": makers}, **record)


def make_instrument(**fields):
    slug = fields.pop("slug", None) or unique("instrument")
    return make(models.Instrument, **{"slug": slug, "name": slug.title(), "kind": "loan", **fields})


def make_publisher(**fields):
    slug = fields.pop("slug", None) or unique("publisher")
    return make(models.Publisher, **{"slug": slug, "name": slug.title(), "kind": "press", **fields})


def make_partnership(parties=(), **fields):
    slug = fields.pop("slug", None) or unique("partnership")
    return make(models.Partnership, {"parties": parties}, **{"slug": slug, "name": slug.title(), **fields})


def make_program(partnership, systems=(), roles=None, instruments=(), **fields):
    slug = fields.pop("slug", None) or unique("program")
    record = {"slug": slug, "name": slug.title(), "partnership": partnership, "mode": "supply", **fields}
    relations = {"systems": systems, "roles": roles or {}, "instruments": instruments}
    return make(models.Program, relations, **record)


def make_article(publisher, **fields):
    slug = fields.pop("slug", None) or unique("article")
    record = {"slug": slug, "title": slug.title(), "publisher": publisher, "published": DAY}
    return make(models.Article, **{**record, "language": "en", "kind": "press", "text": TEXT, **fields})


def make_development(program=None, **fields):
    """Make a development without a citation; `make_citation` adds one."""
    slug = fields.pop("slug", None) or unique("development")
    record = {"slug": slug, "program": program, "date": "2026-02-09", "stage": "agreed", "summary": slug, **fields}
    return make(models.Development, **record)


def make_citation(article, development, quote=QUOTE):
    return make(models.Citation, article=article, development=development, quote=quote)


@once
def make_world():
    """Make and publish one record of each noun, all connected; return them by the model's name in small letters."""
    with ledger.writing():
        records = make_connected_records()
        ledger.publish(records)
    return {type(record).__name__.lower(): record for record in records}


def make_connected_records():
    """Make one draft of each noun, and two states that cooperate; return them in a list."""
    france, ukraine = (
        make_party(slug="france", kind="state", country="FR"),
        make_party(slug="ukraine", kind="state", country="UA"),
    )
    official = make_official(ukraine, slug="minister")
    system = make_system([france], slug="rocket")
    instrument = make_instrument(slug="fund", provider=france)
    publisher = make_publisher(slug="gazette")
    partnership = make_partnership([france, ukraine], slug="france-ukraine")
    program = make_program(
        partnership, [system], {"supplier": [france], "recipient": [ukraine]}, [instrument], slug="rockets-for-ukraine"
    )
    article = make_article(publisher, slug="report", said_by_official=official)
    development = make_development(program, slug="rockets-agreed", said_by_official=official)
    make_citation(article, development)
    return [france, ukraine, official, system, instrument, publisher, partnership, program, article, development]


def make_token(owner, *scopes, **fields):
    """Make an API token, by default for a week and for everything; return it with its text."""
    record = {"name": "Import", "prefix": tokens.make_prefix(), "scopes": list(scopes or Scope.values), **fields}
    token = models.ApiToken(owner=owner, expires=timezone.now().date() + datetime.timedelta(days=7))
    for name, value in record.items():
        setattr(token, name, value)
    return token, tokens.issue(token)


def build_header(text):
    """Return the headers of a request that comes with the token that reads `text`."""
    return {"authorization": f"Bearer {text}"}
