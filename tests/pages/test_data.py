"""The data dictionary: every column of every table, in every language; and the ways to files on the pages."""

import re

import pytest
from django.utils import translation
from django.utils.html import escape

from cooperation.exports.columns import TABLES
from tests import factories
from tests.pages.conftest import find_errors

pytestmark = pytest.mark.django_db
PREFIXES = {"en": "", "fr": "/fr", "uk": "/uk"}


@pytest.mark.parametrize("prefix", PREFIXES.values())
def test_dictionary_has_every_column_of_every_table(client, prefix):
    html = client.get(f"{prefix}/about/data/").content.decode()
    sections = re.split(r'<section aria-labelledby="', html)[1:]
    told = {part.partition('"')[0]: re.findall(r"<code>(.*?)</code>", part) for part in sections}
    assert told == {noun: [column.name for column in table.columns] for noun, table in TABLES.items()}
    assert find_errors(html) == []


def test_dictionary_says_the_licence_and_follows_the_language(client, settings):
    settings.PORTAL_LICENCE = "CC0"
    assert "Licence des données : CC0" in client.get("/fr/about/data/").content.decode()


def test_words_of_each_column_are_translated(client):
    pages = {code: client.get(f"{prefix}/about/data/").content.decode() for code, prefix in PREFIXES.items()}
    for column in (column for table in TABLES.values() for column in table.columns):
        words = {}
        for code, html in pages.items():
            with translation.override(code):
                words[code] = str(column.description)
            assert escape(words[code]) in html, (code, column.name)
        assert len(set(words.values())) == len(PREFIXES), column.name


@pytest.mark.parametrize("noun", TABLES)
def test_list_offers_its_rows_as_files_and_as_a_feed(client, noun):
    factories.make_world()
    html = client.get(f"/fr/{noun}/?q=&sort=name&page=1&nonsense=1").content.decode()
    for suffix in (".csv", ".xlsx", ".json", ".atom"):
        address = f'href="/fr/{noun}{suffix}?sort=name"'
        assert html.count(address) == 2, suffix
        assert client.head(f"/fr/{noun}{suffix}?sort=name").status_code == 200


def test_list_keeps_of_a_day_what_its_file_takes(client):
    factories.make_world()
    html = client.get("/articles/?as_of=2026-02-09&known_on=2026-02-09").content.decode()
    assert 'href="/articles.csv?known_on=2026-02-09"' in html


def test_list_with_a_wrong_parameter_offers_nothing(client):
    html = client.get("/programs/?mode=nonsense").content.decode()
    assert (html.count(".csv"), html.count("application/atom+xml")) == (0, 0)


def test_program_and_partnership_name_their_feeds(client):
    factories.make_world()
    for path in ("programs/rockets-for-ukraine", "partnerships/france-ukraine"):
        html = client.get(f"/{path}/?as_of=2026-02-09").content.decode()
        assert html.count(f'href="/{path}.atom?as_of=2026-02-09"') == 2  # in the head, and to be seen
    assert "application/atom+xml" not in client.get("/parties/france/").content.decode()
