"""Citations are read back by parsers that are not ours; whatever a title holds, it stays in its field."""

import datetime

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from cooperation.choices import ArticleKind
from cooperation.exports.citations import (
    FORMATS,
    TYPES,
    Cite,
    Link,
    build_bibtex,
    build_citation,
    build_cite,
    build_csl,
    build_ris,
    pin,
    write_csl,
)
from cooperation.models import Article, Official, Party, Publisher

PAGE = "https://portal.example.org/articles/report/"
NOTE = f"Cooperation Portal: {PAGE}"
SOURCE = "https://gazette.example.org/a_b?x=1&y=%D0%B0"
DAY = datetime.date(2026, 11, 24)
EARLIER = datetime.date(2026, 2, 9)
CYRILLIC = "Україна – «Міраж» і ППО"
HOSTILE = [
    "Lone { brace",
    "Lone } brace",
    "}\r\n}\r\n@article{evil,\r\n title = {x}}",
    "TY  - JOUR\nER  - \nTY  - NEWS\nTI  - evil",
    "\u2028ER  - \u2028\x85TY  - JOUR\x0bTI  - evil\x0c\x1c\x1d\x1e",
    "Backslash at the end \\",
    "\\input{/etc/passwd} \\} \\{ % & $ # _ ~ ^ \"quoted\" 'quoted'",
    CYRILLIC,
    "Ї" * 300,
    "{" * 150 + "}" * 150,
]
AUTHORED = {ArticleKind.PRIMARY_DOCUMENT, ArticleKind.OFFICIAL_STATEMENT, ArticleKind.SOCIAL}


def make_article(**fields):
    """Return an article that is not stored; an official said it."""
    record = {
        "slug": "report",
        "title": "Jets for Ukraine",
        "publisher": Publisher(name="Gazette & Herald"),
        "published": EARLIER,
        "language": "uk",
        "kind": ArticleKind.PRESS,
        "address": SOURCE,
        "said_by_official": Official(name="Anna and Sons"),
    }
    return Article(**{**record, **fields})


def read_bibtex(text, *middleware):
    """Return (type, key, fields) of the one entry in `text`; fail on a second one, or on what cannot be read."""
    library = bibtexparser.parse_string(text, append_middleware=middleware)
    assert (len(library.blocks), library.failed_blocks) == (1, [])
    entry = library.entries[0]
    return entry.entry_type, entry.key, {field.key: field.value for field in entry.fields}


def read_ris(text):
    """Return the one record in `text`; fail on a second one."""
    [record] = rispy.loads(text, newline="\r\n")
    return record


def is_balanced(text):
    """Whether braces close in order, counted as BibTeX does: a backslash before one means nothing."""
    depth = 0
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0


def test_bibtex_of_press():
    assert build_bibtex(make_article(), PAGE) == (
        "@article{report,\n"
        "  title = {{Jets for Ukraine}},\n"
        "  journal = {{Gazette \\& Herald}},\n"
        "  date = {2026-02-09},\n"
        "  year = {2026},\n"
        "  month = feb,\n"
        "  language = {uk},\n"
        "  url = {https://gazette.example.org/a_b?x=1&y=%D0%B0},\n"
        "  note = {Cooperation Portal: https://portal.example.org/articles/report/},\n"
        "}\n"
    )


def test_bibtex_of_statement_is_read_back():
    text = build_bibtex(make_article(kind=ArticleKind.OFFICIAL_STATEMENT, address=""), PAGE)
    assert read_bibtex(text, LatexDecodingMiddleware()) == (
        "misc",
        "report",
        {
            "author": "Anna and Sons",
            "title": "Jets for Ukraine",
            "howpublished": "Gazette & Herald",
            "publisher": "Gazette & Herald",
            "date": "2026-02-09",
            "year": "2026",
            "month": "feb",
            "language": "uk",
            "url": PAGE,
            "note": NOTE,
        },
    )


def test_bibtex_escapes_what_latex_reads():
    _, _, fields = read_bibtex(build_bibtex(make_article(title=r"a & % $ # _ { } ~ ^ \ z"), PAGE))
    assert fields["title"] == (
        r"{a \& \% \$ \# \_ {\textbraceleft} {\textbraceright} {\textasciitilde} {\textasciicircum} {\textbackslash} z}"
    )


def test_bibtex_keeps_cyrillic():
    _, _, fields = read_bibtex(build_bibtex(make_article(title=CYRILLIC), PAGE))
    assert fields["title"] == f"{{{CYRILLIC}}}"


def test_bibtex_address_cannot_end_its_field():
    _, _, fields = read_bibtex(build_bibtex(make_article(address="https://example.org/}\\{\n"), PAGE))
    assert fields["url"] == "https://example.org/%7D%5C%7B%0A"


def test_ris_of_press():
    assert build_ris(make_article(), PAGE) == (
        "TY  - NEWS\r\n"
        "ID  - report\r\n"
        "TI  - Jets for Ukraine\r\n"
        "T2  - Gazette & Herald\r\n"
        "PY  - 2026\r\n"
        "DA  - 2026/02/09\r\n"
        "LA  - uk\r\n"
        "UR  - https://gazette.example.org/a_b?x=1&y=%D0%B0\r\n"
        "N1  - Cooperation Portal: https://portal.example.org/articles/report/\r\n"
        "ER  - \r\n"
    )


def test_ris_of_document_is_read_back():
    assert read_ris(build_ris(make_article(kind=ArticleKind.PRIMARY_DOCUMENT, address=""), PAGE)) == {
        "type_of_reference": "RPRT",
        "id": "report",
        "authors": ["Anna and Sons"],
        "title": "Jets for Ukraine",
        "publisher": "Gazette & Herald",
        "year": "2026",
        "date": "2026/02/09",
        "language": "uk",
        "urls": [PAGE],
        "notes": [NOTE],
    }


def test_csl_of_social_post():
    assert build_csl(make_article(kind=ArticleKind.SOCIAL), PAGE) == [
        {
            "id": "report",
            "type": "post",
            "title": "Jets for Ukraine",
            "container-title": "Gazette & Herald",
            "issued": {"date-parts": [[2026, 2, 9]]},
            "language": "uk",
            "URL": SOURCE,
            "note": NOTE,
            "author": [{"literal": "Anna and Sons"}],
        }
    ]


def test_csl_of_database_has_publisher_and_no_author():
    [item] = build_csl(make_article(kind=ArticleKind.DATABASE), PAGE)
    assert (item["type"], item["publisher"]) == ("dataset", "Gazette & Herald")
    assert item.keys() & {"author", "container-title"} == set()


def test_csl_is_written_in_plain_letters():
    text = write_csl(make_article(title=CYRILLIC), PAGE)
    assert text.startswith('[\n  {\n    "id": "report",\n')
    assert f'"title": "{CYRILLIC}"' in text


def test_every_kind_has_its_types():
    assert set(TYPES) == set(ArticleKind)


@pytest.mark.parametrize("kind", list(ArticleKind))
def test_author_is_the_official_where_they_wrote_it(kind):
    article = make_article(kind=kind)
    found = {
        "author" in read_bibtex(build_bibtex(article, PAGE))[2],
        "authors" in read_ris(build_ris(article, PAGE)),
        "author" in build_csl(article, PAGE)[0],
    }
    assert found == {kind in AUTHORED}


@pytest.mark.parametrize("speaker", [{}, {"said_by_party": Party(name="Ministry")}])
def test_author_is_not_made_up(speaker):
    article = make_article(kind=ArticleKind.PRIMARY_DOCUMENT, said_by_official=None, **speaker)
    assert "author" not in build_bibtex(article, PAGE)
    assert "AU  - " not in build_ris(article, PAGE)
    assert "author" not in build_csl(article, PAGE)[0]


def check_fields_hold(title):
    """Fail unless all three formats have the fields of a plain title, and nothing of `title` outside its own."""
    plain, article = make_article(), make_article(title=title, publisher=Publisher(name=title))
    bibtex = build_bibtex(article, PAGE)
    assert is_balanced(bibtex)
    _, key, fields = read_bibtex(bibtex)
    assert (key, fields["url"], fields["note"]) == ("report", SOURCE, NOTE)
    assert fields.keys() == read_bibtex(build_bibtex(plain, PAGE))[2].keys()
    ris = build_ris(article, PAGE)
    assert len(ris.splitlines()) == len(build_ris(plain, PAGE).splitlines())
    assert [line[:6] for line in ris.splitlines()] == [line[:6] for line in build_ris(plain, PAGE).splitlines()]
    assert build_csl(article, PAGE)[0].keys() == build_csl(plain, PAGE)[0].keys()
    for text in (bibtex, ris, write_csl(article, PAGE)):
        assert len(text.encode()) > len(title.strip())


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_title_stays_in_its_field(title):
    check_fields_hold(title)


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_title_is_read_back_from_ris(title):
    seen = "".join(sign for sign in " ".join(title.split()) if sign.isprintable())
    assert read_ris(build_ris(make_article(title=title), PAGE))["title"] == seen
    assert build_csl(make_article(title=title), PAGE)[0]["title"] == seen


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40).map("x{}".format))
def test_any_title_stays_in_its_field(title):
    check_fields_hold(title)


def test_formats_are_named_as_their_readers_expect():
    assert [(f.name, f.suffix, f.content_type) for f in FORMATS] == [
        ("bib", ".bib", "application/x-bibtex"),
        ("ris", ".ris", "application/x-research-info-systems"),
        ("csl", ".csl.json", "application/vnd.citationstyles.csl+json"),
    ]


@pytest.mark.parametrize(
    ("query", "pinned"),
    [
        ("", "as_of=2026-02-09&known_on=2026-11-24"),
        ("party=b&party=a&q=x&page=2", "party=b&party=a&q=x&page=2&as_of=2026-02-09&known_on=2026-11-24"),
        ("as_of=2020-01-01&q=x&known_on=2020-01-01", "q=x&as_of=2026-02-09&known_on=2026-11-24"),
        ("as_of=1&as_of=2&stage=&stage=agreed&mode=", "stage=agreed&as_of=2026-02-09&known_on=2026-11-24"),
        ("q=%D0%B0%26%3C%22", "q=%D0%B0%26%3C%22&as_of=2026-02-09&known_on=2026-11-24"),
    ],
)
def test_pin_sets_both_days(query, pinned):
    assert pin("/programs/", QueryDict(query), EARLIER, DAY) == f"/programs/?{pinned}"


def test_pin_leaves_out_a_day_that_the_page_does_not_take():
    assert pin("/articles/", QueryDict("as_of=2020-01-01"), None, DAY) == "/articles/?known_on=2026-11-24"
    assert pin("/about/", QueryDict(""), None, None) == "/about/"


def test_citation_names_title_days_and_address():
    assert build_citation("Mirage 2000 fighters for Ukraine", PAGE, EARLIER, DAY, DAY) == (
        "Cooperation Portal, ‘Mirage 2000 fighters for Ukraine’, as of 9 February 2026, as known on 24 November 2026, "
        "<https://portal.example.org/articles/report/>, read on 24 November 2026."
    )


def test_citation_leaves_out_days_that_are_none():
    assert build_citation(gettext_lazy("A {title}\n in two lines"), PAGE, None, None, None) == (
        "Cooperation Portal, ‘A {title} in two lines’, <https://portal.example.org/articles/report/>."
    )


@pytest.mark.parametrize(("language", "day"), [("fr", "24 novembre 2026"), ("uk", "24 листопада 2026")])
def test_citation_writes_days_in_the_language(language, day):
    with translation.override(language):
        assert day in build_citation("Jets", PAGE, DAY, None, None)


def test_cite_is_pinned_in_sentence_and_link():
    cite = build_cite("Jets", PAGE, QueryDict("page=2"), as_of=None, known_on=DAY, read_on=None, rows="/rows.csv")
    address = f"{PAGE}?page=2&known_on=2026-11-24"
    sentence = f"Cooperation Portal, ‘Jets’, as known on 24 November 2026, <{address}>."
    assert cite == Cite(sentence, address, "/rows.csv", (), "")


def test_panel_shows_what_there_is():
    html = render_to_string("_cite.html", {"cite": Cite("A <sentence>.", f"{PAGE}?a=1&b=2")})
    assert "<p>A &lt;sentence&gt;.</p>" in html
    assert f'<a href="{PAGE}?a=1&amp;b=2"><code>{PAGE}?a=1&amp;b=2</code></a>' in html
    assert [word for word in ("<pre", "<ul", "download", "reference managers") if word in html] == []


def test_panel_offers_rows_formats_and_bibtex():
    cite = Cite("Sentence.", PAGE, "/rows.csv?a=1", (Link("BibTeX", "/a.bib"), Link("RIS", "/a.ris")), "@misc{<b>}\n")
    html = render_to_string("_cite.html", {"cite": cite})
    assert '<a href="/rows.csv?a=1">download them as a file</a>' in html
    assert '<a href="/a.bib">BibTeX</a>' in html
    assert '<a href="/a.ris">RIS</a>' in html
    assert "<pre><code>@misc{&lt;b&gt;}\n</code></pre>" in html
