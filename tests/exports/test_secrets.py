"""What is not for everybody is in no file, feed or sitemap, and a draft moves nothing that can be seen of them."""

import io
import re

import openpyxl
import pytest
import time_machine

from cooperation import ledger
from cooperation.choices import TextKind
from cooperation.exports.columns import TABLES
from cooperation.sitemaps import SITEMAPS
from tests import factories

pytestmark = pytest.mark.django_db
SECRET = "nobody-may-read-this"
ADDRESSES = [
    *(f"/{noun}{suffix}" for noun in TABLES for suffix in (".csv", ".json", ".atom", ".xlsx")),
    "/programs.csv?rows=developments",
    "/programs/rockets-for-ukraine.atom",
    "/partnerships/france-ukraine.atom",
    "/articles/report.bib",
    "/articles/report.ris",
    "/articles/report.csl.json",
    "/sitemap.xml",
    *(f"/sitemap-{section}.xml" for section in SITEMAPS),
]


@pytest.fixture
def world():
    return factories.make_world()


def read(client, address):
    """Return what can be seen: the headers but for the running count, and the body, of a workbook all cells."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    return {n: v for n, v in answer.headers.items() if n != "RateLimit"}, show(answer.getvalue(), address)


def show(body, address):
    """Return the body as text."""
    if not address.endswith(".xlsx"):
        return body.decode()
    sheets = openpyxl.load_workbook(io.BytesIO(body)).worksheets
    return repr([list(sheet.iter_rows(values_only=True)) for sheet in sheets])


def test_full_text_of_an_article_is_in_no_format(world, client):
    text = f"{factories.QUOTE} {SECRET}"
    article = factories.make_article(world["publisher"], text=text, text_kind=TextKind.FULL)
    factories.make_citation(article, world["development"])
    ledger.publish([article])
    assert article.slug in read(client, "/articles.csv")[1]
    assert [address for address in ADDRESSES if SECRET in read(client, address)[1]] == []


def test_drafts_and_changes_of_drafts_move_nothing(world, client):
    with time_machine.travel("2026-11-24T12:00:00Z", tick=False):
        before = {address: read(client, address) for address in ADDRESSES}
    drafts = make_drafts(world)
    with time_machine.travel("2026-11-24T12:00:00Z", tick=False):
        assert {address: read(client, address) for address in ADDRESSES} == before
    for draft in drafts:
        draft.refresh_from_db()
        ledger.record(draft)
    with time_machine.travel("2026-11-24T12:00:00Z", tick=False):
        assert {address: read(client, address) for address in ADDRESSES} == before
    assert [address for address, (headers, body) in before.items() if re.search(SECRET, f"{headers}{body}")] == []


def make_drafts(world):
    """Return a draft of each noun, linked with what is public."""
    party = factories.make_party(slug=f"{SECRET}-party")
    system = factories.make_system([world["party"]], slug=f"{SECRET}-system", parent=world["system"])
    program = factories.make_program(world["partnership"], [system], slug=f"{SECRET}-program")
    article = factories.make_article(world["publisher"], slug=f"{SECRET}-article")
    development = factories.make_development(world["program"], slug=f"{SECRET}-development")
    factories.make_citation(article, development)
    return [party, system, program, article, development]
