"""Published records for the pages, as many sets as a test asks for, and a reader of what a page says."""

import datetime
import re
from html import unescape

import html5lib
import pytest

from cooperation import ledger
from tests import factories
from tests.keeping import once

DAY = datetime.date(2026, 2, 9)
TEXT = (
    "Intro words.\n\nFrance told Ukraine that aircraft are ready, and that this may go faster. Both discussed missiles."
)
READY = "France told Ukraine that aircraft are ready"


@pytest.fixture
def make_scene(db):
    """Return a function that makes and publishes the n-th set of connected records."""
    return build_scene


@pytest.fixture
def scene(make_scene):
    return make_scene(1)


@pytest.fixture
def read(client):
    """Return a function that asks for a page and gives back (status, its words in one line)."""

    def ask(address):
        answer = client.get(address)
        return answer.status_code, words_of(answer.content.decode())

    return ask


def words_of(html):
    """Return the words of the main part of a page, without tags, with one blank between them."""
    main = html[html.index("<main") : html.index("</main>")]
    words = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main))).strip()
    return re.sub(r" ([,.;:])", r"\1", words)


def find_errors(html):
    """Return what a strict HTML5 parser complains about."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(html)
    return [(position, code) for position, code, _ in parser.errors]


@once
def build_scene(n):
    with ledger.writing():
        records = write_scene(n)
        ledger.publish(records.values())
    for record in records.values():
        record.refresh_from_db()
    return records


def write_scene(n):
    """Write drafts, all connected; return them by what they are in the story."""
    supplier = factories.make_party(slug=f"supplier-{n}", name=f"Supplier {n}", kind="state", country="FR")
    recipient = factories.make_party(slug=f"recipient-{n}", name=f"Recipient {n}", kind="state", country="UA")
    ministry = factories.make_party(
        slug=f"ministry-{n}", name=f"Ministry {n}", kind="government-body", parent=recipient
    )
    maker = factories.make_party(slug=f"maker-{n}", name=f"Maker {n}")
    official = factories.make_official(ministry, slug=f"minister-{n}", name=f"Minister {n}", position="Minister")
    family = factories.make_system([maker], slug=f"family-{n}", name=f"Family {n}", category="combat-aircraft")
    system = factories.make_system([maker], slug=f"jet-{n}", name=f"Jet {n}", category="combat-aircraft", parent=family)
    variant = factories.make_system([maker], slug=f"variant-{n}", name=f"Variant {n}", parent=system)
    fund = factories.make_instrument(
        slug=f"fund-{n}", name=f"Fund {n}", provider=supplier, ceiling_amount=90_000_000, ceiling_currency="EUR"
    )
    publisher = factories.make_publisher(slug=f"gazette-{n}", name=f"Gazette {n}", reliability="C")
    partnership = factories.make_partnership(
        [supplier, recipient], slug=f"alliance-{n}", name=f"Alliance {n}", started="2022~", summary="They cooperate."
    )
    roles = {"supplier": [supplier], "recipient": [recipient]}
    program = factories.make_program(
        partnership, [system], roles, [fund], slug=f"jets-{n}", name=f"Jets for recipient {n}"
    )
    article = factories.make_article(
        publisher, slug=f"report-{n}", title=f"Report {n}", text=TEXT, said_by_official=official, channel="telegram"
    )
    said = {"said_by_official": official, "said_as": "Minister of Defence", "channel": "telegram"}
    ready = factories.make_development(
        program,
        slug=f"jets-ready-{n}",
        stage="preparing",
        summary=f"Jets {n} are being prepared.",
        quantity_value=6,
        quantity_qualifier="up-to",
        quantity_unit="aircraft",
        **said,
    )
    factories.make_citation(article, ready, READY)
    whole = factories.make_development(
        partnership=partnership, slug=f"whole-{n}", stage="", summary=f"Alliance {n} turns to missiles.", **said
    )
    factories.make_citation(article, whole, "Both discussed missiles.")
    return {
        "supplier": supplier,
        "recipient": recipient,
        "ministry": ministry,
        "maker": maker,
        "official": official,
        "family": family,
        "system": system,
        "variant": variant,
        "instrument": fund,
        "publisher": publisher,
        "partnership": partnership,
        "program": program,
        "article": article,
        "development": ready,
        "whole": whole,
    }


def add_development(scene, program, **fields):
    """Publish a development of the program, cited from the scene's article, and the program with it."""
    with ledger.writing():
        development = factories.make_development(program, **fields)
        factories.make_citation(scene["article"], development, "Both discussed missiles.")
        ledger.publish([program, development])
    return development
