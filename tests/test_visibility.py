"""What an anonymous visitor can learn of drafts and withdrawn records: nothing, at any public address.

Every address of the URL resolver needs a row here. Each is asked before and after hidden records of all nouns come into
the database, connected to the public ones as closely as can be: the answers must be the same to the byte.
"""

import datetime
import re

import pytest
from django.urls import URLPattern, get_resolver

from cooperation import ledger
from cooperation.filters import FILTERS
from cooperation.sitemaps import SITEMAPS
from tests import factories

pytestmark = pytest.mark.django_db

MARK = "zyx"  # in every name, text and id of what is hidden
NOUNS = [
    "parties",
    "officials",
    "systems",
    "instruments",
    "publishers",
    "partnerships",
    "programs",
    "articles",
    "developments",
]
QUERIES = [
    "",
    "?q=rocket",
    f"?q={MARK}",
    "?sort=name",
    "?sort=-updated",
    "?page_size=1",
    "?page_size=1&page=2",
    "?party=france&party=ukraine",
    "?modified_since=2000-01-01",
]
CURSORS = ["?cursor=", "?cursor=&sort=name&fields=modified&modified_since=2000-01-01"]
SLUGS = {
    "parties": "france",
    "officials": "minister",
    "systems": "rocket",
    "instruments": "fund",
    "publishers": "gazette",
    "partnerships": "france-ukraine",
    "programs": "rockets-for-ukraine",
    "articles": "report",
    "developments": "rockets-agreed",
}
PLURALS = ["parties", "systems", "instruments", "officials", "publishers", "partnerships"]
FILES = ["/{noun}.csv?id={slug}", "/{noun}.xlsx?id={slug}", "/{noun}.json?id={slug}", "/{noun}.atom?id={slug}"]
PARAMETERS = ["party", "system", "instrument", "official", "publisher", "partnership"]

# Route of the resolver -> addresses to ask; None: answers the same whatever the records are, or asks for a log-in.
ROWS = {
    "": ["/", "/?as_of=2026-02-10", "/?known_on=2026-02-10"],
    "search/": ["/search/", "/search/?q=rocket", f"/search/?q={MARK}", "/search/?q=france"],
    "search/suggestions/": [f"/search/suggestions/?q={typed}" for typed in ("rocket", "r", "zy", MARK, "france")],
    "about/": ["/about/"],
    "pictures/": [f"/pictures/{query}" for query in QUERIES],
    "about/data/": ["/about/data/"],
    "about/design/": [f"/about/design/{query}" for query in QUERIES],
    "theme/": None,
    "admin-language/": None,
    "changes/": [
        "/changes/",
        "/changes/?from=2026-02-01&to=2026-02-10",
        "/changes/?from=2026-02-01&to=2026-02-10&clock=known_on",
        f"/changes/?from=2000-01-01&q={MARK}",
        "/changes/?from=2000-01-01&party=france&official=minister&publisher=gazette",
    ],
    "healthz": None,
    "robots.txt": ["/robots.txt"],
    "sitemap.xml": ["/sitemap.xml"],
    "sitemap-<section>.xml": ["/sitemap-pages.xml", *(f"/sitemap-{noun}.xml" for noun in NOUNS if noun in SITEMAPS)],
    "readyz": None,
    "accounts/login/": None,
    "accounts/logout/": None,
    "accounts/password-change/": None,
    "accounts/password-change/done/": None,
    "^api/": ["/api/unknown/"],
    "api/schema/": ["/api/schema/"],
    "api/docs/": ["/api/docs/"],
    "api/v1/": ["/api/v1/"],
    "api/v1/search/": ["/api/v1/search/?q=rocket", f"/api/v1/search/?q={MARK}"],
    "api/v1/codes/": ["/api/v1/codes/"],
    "api/v1/changes/": [
        "/api/v1/changes/",
        "/api/v1/changes/?from=2026-02-01&to=2026-02-10",
        "/api/v1/changes/?from=2026-02-01&to=2026-02-10&clock=known_on",
        f"/api/v1/changes/?from=2000-01-01&q={MARK}",
    ],
    "api/v1/bundles/": [
        "/api/v1/bundles/",
        "/api/v1/bundles/?party=france&party=ukraine",
        "/api/v1/bundles/?id=report",
        "/api/v1/bundles/?known_on=2026-02-10",
        f"/api/v1/bundles/?q={MARK}",
    ],
    "api/v1/programs/facets/": [
        "/api/v1/programs/facets/",
        "/api/v1/programs/facets/?party=france",
        f"/api/v1/programs/facets/?q={MARK}",
    ],
}
for suffix in (".bib", ".ris", ".csl.json"):
    ROWS[f"articles/<slug:slug>{suffix}"] = [
        f"/articles/{slug}{suffix}" for slug in ("report", f"{MARK}-article-draft")
    ]
for noun in ("programs", "partnerships"):
    slugs = (SLUGS[noun], f"{MARK}-{noun[:-1]}-draft")
    ROWS[f"{noun}/<slug:slug>.atom"] = [f"/{noun}/{slug}.atom{q}" for slug in slugs for q in ("", "?as_of=2026-02-10")]
for noun in NOUNS:
    for suffix in (".csv", ".json", ".atom"):
        ROWS[f"{noun}{suffix}"] = [f"/{noun}{suffix}{query}" for query in QUERIES]
    ROWS[f"{noun}.xlsx"] = None  # the moment at which it was made stands in it; its rows are those of the CSV
    ROWS[f"{noun}/"] = [f"/{noun}/{query}" for query in QUERIES]
    if facets := FILTERS[noun].facets:
        ROWS[f"{noun}/facets/<slug:name>/"] = [
            f"/{noun}/facets/{name}/{query}" for name in facets for query in ("", f"?named={MARK}", "?party=france")
        ]
    ROWS[f"{noun}/<slug:slug>/"] = [f"/{noun}/{SLUGS[noun]}/"]
    ROWS[f"api/v1/{noun}/"] = [f"/api/v1/{noun}/{query}" for query in (*QUERIES, *CURSORS) if "party" not in query]
    ROWS[f"api/v1/{noun}/<slug:id>/"] = [f"/api/v1/{noun}/{SLUGS[noun]}/"]
ROWS["programs.csv"] += ["/programs.csv?rows=developments", "/programs.csv?rows=developments&known_on=2026-02-10"]
ROWS["programs.json"] += ["/programs.json?rows=developments"]


def walk(patterns, prefix=""):
    """Yield the route of every public address."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        elif not route.startswith("admin/"):
            yield from walk(pattern.url_patterns, route)


def tidy(response):
    """Return status and body without what differs from one answer to the next."""
    body = re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", response.getvalue())
    return response.status_code, response.headers.get("Location"), body


def make_hidden(world, state):
    """Make one record of each noun that is not public, tied to the public ones."""

    def named(noun):
        return {"slug": f"{MARK}-{noun}-{state}", "name": f"{MARK} {noun} {state}"}

    france, ukraine = world["partnership"].parties.order_by("slug")
    text = f"{MARK} {factories.QUOTE}"
    party = factories.make_party(**named("party"), parent=france, country="FR", aliases=[f"{MARK} rocket"])
    official = factories.make_official(ukraine, **named("official"))
    system = factories.make_system([france, party], **named("system"), parent=world["system"])
    instrument = factories.make_instrument(**named("instrument"), provider=france)
    publisher = factories.make_publisher(**named("publisher"))
    partnership = factories.make_partnership([france, ukraine], **named("partnership"), summary="rocket")
    roles = {"supplier": [france], "funder": [party]}
    programs = [
        factories.make_program(
            world["partnership"], [world["system"]], roles, [world["instrument"]], **named("program")
        ),
        factories.make_program(partnership, [system], **named("other-program"), mode="training"),
    ]
    day = datetime.date(2026, 2, 8)
    articles = [
        factories.make_article(
            world["publisher"], slug=f"{MARK}-article-{state}", title=f"{MARK} rocket", text=text, published=day
        ),
        factories.make_article(publisher, slug=f"{MARK}-other-article-{state}", title=MARK, text=text, published=day),
    ]
    for article in articles:
        factories.make_citation(article, world["development"], quote=factories.QUOTE)
    developments = [
        factories.make_development(
            subject,
            slug=f"{MARK}-{subject.slug}"[:80] + f"-{number}-{state}",
            stage="delivered",
            summary=f"{MARK} rocket",
            said_by_party=france,
        )
        for number, subject in enumerate([world["program"], *programs])
    ]
    for development in developments:
        factories.make_citation(world["article"], development, quote="Both discussed missiles.")
        factories.make_citation(articles[0], development, quote=MARK)
    hidden = [party, official, system, instrument, publisher, partnership, *programs, *articles, *developments]
    if state == "withdrawn":
        ledger.withdraw(hidden)
    return hidden


@pytest.fixture
def world():
    return factories.make_world()


def test_every_public_address_has_a_row():
    routes = {route for route in walk(get_resolver().url_patterns) if route != "api/v1/" or route in ROWS}
    assert sorted(routes - set(ROWS)) == []
    assert sorted(set(ROWS) - routes) == []


def test_hidden_records_change_no_public_answer(world, client):
    addresses = [address for addresses in ROWS.values() if addresses for address in addresses]
    addresses += [
        f"/{noun}/?{p}={SLUGS[plural]}" for noun in NOUNS for p, plural in zip(PARAMETERS, PLURALS, strict=True)
    ]
    before = {address: tidy(client.get(address)) for address in addresses}
    make_hidden(world, "draft")
    make_hidden(world, "withdrawn")
    for address, answer in before.items():
        assert tidy(client.get(address)) == answer, address


def test_hidden_ids_answer_exactly_as_unknown_ones(world, client):
    for record in [*make_hidden(world, "draft"), *make_hidden(world, "withdrawn")]:
        noun = {"party": "parties"}.get(record._meta.model_name, f"{record._meta.model_name}s")
        unknown = "x" * len(record.slug)
        for address in (
            "/{noun}/{slug}/",
            "/api/v1/{noun}/{slug}/",
            "/{noun}/?id={slug}",
            "/api/v1/{noun}/?id={slug}",
            *FILES,
        ):
            found = client.get(address.format(noun=noun, slug=record.slug))
            missing = client.get(address.format(noun=noun, slug=unknown))
            assert found.status_code in (200, 400, 404), address
            status, location, body = tidy(found)
            assert (status, location, body.replace(record.slug.encode(), unknown.encode())) == tidy(missing), (
                address,
                record,
            )


def test_hidden_ids_in_filters_answer_exactly_as_unknown_ones(world, client):
    hidden = {record._meta.model_name: record.slug for record in make_hidden(world, "draft")}
    for parameter in PARAMETERS:
        unknown = "x" * len(hidden[parameter])
        for address in (
            "/programs/?{}={}",
            "/api/v1/programs/?{}={}",
            "/api/v1/programs/facets/?{}={}",
            "/developments/?{}={}",
            "/changes/?{}={}",
            "/api/v1/changes/?{}={}",
        ):
            status, _, body = tidy(client.get(address.format(parameter, hidden[parameter])))
            expected = tidy(client.get(address.format(parameter, unknown)))
            assert status == (400 if "/api/" in address else 200)
            assert (status, None, body.replace(hidden[parameter].encode(), unknown.encode())) == expected, address
