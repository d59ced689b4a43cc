"""Pages in the words of schema.org, as JSON-LD: data sets with their files, articles, parties, officials and systems.

Programs, partnerships and statements have no type there that says what they are, so they get none.
"""

import json

from cooperation.choices import ArticleKind, PartyKind
from cooperation.models import Article, Instrument, Official, Party, Publisher, System

CONTEXT = "https://schema.org"
WIKIDATA = "https://www.wikidata.org/entity/"
PORTAL = {"@type": "Organization", "name": "Cooperation Portal"}
PARTY_TYPES = {
    PartyKind.STATE: "Country",
    PartyKind.INTERNATIONAL_ORGANISATION: "Organization",
    PartyKind.GOVERNMENT_BODY: "GovernmentOrganization",
    PartyKind.ARMED_FORCE: "GovernmentOrganization",
    PartyKind.COMPANY: "Corporation",
    PartyKind.RESEARCH_BODY: "ResearchOrganization",
    PartyKind.OTHER: "Organization",
}
PRESS = (ArticleKind.PRESS, ArticleKind.AGENCY)
# Inside <script> only `<` could end the block; the other two are what Django escapes as well.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def write_linked(graph):
    """Return the things of `graph` as JSON that may stand inside a `<script>`."""
    linked = {"@context": CONTEXT, "@graph": graph}
    return json.dumps(linked, ensure_ascii=False).translate(ESCAPES)


def build_dataset(title, description, address, language, licence, files):
    """Return a list as a data set; `files` are (media type, address) pairs."""
    return {
        "@type": "Dataset",
        "name": title,
        "description": description,
        "url": address,
        "inLanguage": language,
        "license": {"@type": "CreativeWork", "name": licence},
        "isAccessibleForFree": True,
        "creator": PORTAL,
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": media_type, "contentUrl": place} for media_type, place in files
        ],
    }


def build_way(steps):
    """Return the way to a page; `steps` are (name, address) pairs from the first page on."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": address}
            for position, (name, address) in enumerate(steps, 1)
        ],
    }


def build_thing(record, address):
    """Return what a record with its relations at hand is, its page at the absolute `address`; None without a type."""
    build = BUILDERS.get(type(record))
    if build is None:
        return None
    filled = {"url": address, **_name(record), **build(record)}
    return {key: value for key, value in filled.items() if value}


def _name(record):
    if isinstance(record, Article):
        return {}
    others = [*record.names.values(), *getattr(record, "aliases", [])]
    wikidata = record.external_ids.get("wikidata")
    return {
        "name": record.name,
        "alternateName": [name for name in dict.fromkeys(others) if name != record.name],
        "sameAs": wikidata and WIKIDATA + wikidata,
    }


def _build_party(party):
    return {"@type": PARTY_TYPES[PartyKind(party.kind)], "parentOrganization": _refer(party.parent)}


def _build_official(official):
    return {"@type": "Person", "jobTitle": official.position, "affiliation": _refer(official.party)}


def _build_system(system):
    makers = [_refer(maker) for maker in system.makers.all()]
    return {"@type": "Product", "category": str(system.get_category_display()), "manufacturer": makers}


def _build_instrument(instrument):
    return {"@type": "FinancialProduct", "provider": _refer(instrument.provider)}


def _build_publisher(publisher):
    type_ = "NewsMediaOrganization" if publisher.kind in PRESS else "Organization"
    return {"@type": type_, "mainEntityOfPage": publisher.address}


def _build_article(article):
    return {
        "@type": "NewsArticle" if article.kind in PRESS else "CreativeWork",
        "headline": article.title,
        "datePublished": article.published.isoformat(),
        "inLanguage": article.language,
        "publisher": {"@type": "Organization", "name": article.publisher.name},
        "sameAs": article.address,
    }


def _refer(party):
    return party and {"@type": PARTY_TYPES[PartyKind(party.kind)], "name": party.name}


BUILDERS = {
    Party: _build_party,
    Official: _build_official,
    System: _build_system,
    Instrument: _build_instrument,
    Publisher: _build_publisher,
    Article: _build_article,
}
