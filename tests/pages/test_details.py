"""The detail pages: the answers first, then the words; and nothing that is not public."""

import re

import pytest
from django.contrib.auth.models import User

from cooperation import facets, ledger
from tests import factories
from tests.keeping import once
from tests.pages.conftest import build_scene, find_errors

PAGES = {
    "/partnerships/alliance-{}/": (
        26,
        "Cooperation of Recipient {0} and Supplier {0}; 1 program; last heard of on 9 February 2026.",
        "Parties Recipient {0}, Supplier {0} Started about 2022 Programs",
    ),
    "/programs/jets-{}/": (
        13,
        "Supplier {0} supplies Recipient {0} with Jet {0}; preparing since 9 February 2026, says Minister {0}; "
        "1 article, 1 origin. Preparing Latest development: 9 February 2026, Jets {0} are being prepared. On this page",
        "Mode Supply Systems Jet {0} Category Combat aircraft Who takes part Partnership Alliance {0} "
        "Supplier Supplier {0} Recipient Recipient {0}",
    ),
    "/systems/jet-{}/": (
        20,
        "Combat aircraft made by Maker {0}; 1 program.",
        "Category Combat aircraft Makers Maker {0} Family Family {0} Jet {0} Variant {0} Programs",
    ),
    "/parties/recipient-{}/": (
        13,
        "State; 1 program; 1 partner.",
        "Kind State Country Ukraine Belong to it Ministry {0} Makes none known Provides none known Roles "
        "Recipient · 1 program Jets for recipient {0} Preparing Programs",
    ),
    "/officials/minister-{}/": (
        7,
        "Minister (Ministry {0}); 2 statements; the latest on 9 February 2026.",
        "Office Minister Speaks for Ministry {0} Spoken through Telegram (2 statements) Spoken of "
        "Jets for recipient {0} 1 statement, the last 9 February 2026 Statements",
    ),
    "/instruments/fund-{}/": (
        13,
        "Loan of Supplier {0}; up to EUR 90 million; 1 program.",
        "Kind Loan Provider Supplier {0} Ceiling up to EUR 90 million Programs By phase Work 1 program",
    ),
    "/publishers/gazette-{}/": (
        12,
        "Press; fairly reliable; 1 article; first with 2 developments.",
        "Kind Press Reliability C · Fairly reliable",
    ),
    "/articles/report-{}/": (
        5,
        "Gazette {0}, 9 February 2026; said by Minister {0}; 2 developments.",
        "Published 9 February 2026 Language English Kind Press Said by Minister {0}",
    ),
}


@pytest.mark.parametrize("address", PAGES)
def test_detail_answers_first(address, scene, read):
    status, words = read(address.format(1))
    assert status == 200
    _, sentence, facts = PAGES[address]
    assert sentence.format(1) in words
    assert facts.format(1) in words


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("address", PAGES)
def test_detail_query_count(address, count, db, client, django_assert_num_queries):
    build_scene_with_rows(count)
    with django_assert_num_queries(PAGES[address][0]):
        assert client.get(address.format(1)).status_code == 200


@once
def build_scene_with_rows(count):
    scene = build_scene(1)
    with ledger.writing():
        for n in range(count):
            add_rows(scene, n)


def add_rows(scene, n):
    """Give each page of the scene one more of everything that it lists."""
    system = factories.make_system([scene["maker"]], parent=scene["system"])
    party = factories.make_party(parent=scene["recipient"])
    official = factories.make_official(scene["recipient"])
    roles = {"supplier": [scene["supplier"]], "recipient": [scene["recipient"]], "funder": [party]}
    program = factories.make_program(scene["partnership"], [scene["system"], system], roles, [scene["instrument"]])
    article = factories.make_article(scene["publisher"], said_by_official=scene["official"])
    words = {"said_by_official": scene["official"], "stage": "delivered"}
    words |= {"amount_value": n + 1, "amount_qualifier": "exact", "amount_currency": "EUR"}
    developments = [
        factories.make_development(program, **words),
        factories.make_development(scene["program"], **words),
        factories.make_development(partnership=scene["partnership"], **words),
    ]
    for development in developments:
        factories.make_citation(article, development)
        factories.make_citation(scene["article"], development, "Both discussed missiles.")
    ledger.publish([system, party, official, program, article, *developments])


@pytest.mark.parametrize("address", [*PAGES, "/developments/jets-ready-{}/"])
def test_hidden_record_answers_like_an_unknown_one(address, scene, client):
    unknown = client.get(address.format(2))
    withdrawn = {"developments": "development", "systems": "system", "parties": "recipient"}
    noun = address.split("/")[1]
    ledger.withdraw([scene[withdrawn.get(noun, noun.removesuffix("s"))]])
    hidden = client.get(address.format(1))
    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert hidden.content == unknown.content
    assert hidden.headers == unknown.headers


def test_draft_answers_like_an_unknown_one(scene, client):
    factories.make_program(scene["partnership"], slug="secret")
    assert client.get("/programs/secret/").content == client.get("/programs/unknown/").content


def test_program_stage_block_holds_the_words(scene, client):
    body = client.get("/programs/jets-1/").content.decode()
    start = body.index('id="stage"')
    block = body[start : body.index("</section>", start)]
    for part in (
        '<a class="badge phase-work" href="/articles/report-1/#cited-jets-ready-1">Preparing</a>',
        "France told Ukraine that aircraft are ready",
        '<a href="/publishers/gazette-1/">Gazette 1</a>',
        '<time datetime="2026-02-09">9 February 2026</time>',
        'href="/articles/report-1/#cited-jets-ready-1"',
        '<a href="/officials/minister-1/">Minister 1</a>, <span>Minister of Defence</span>',
        'href="#jets-ready-1"',
    ):
        assert part in block


def test_program_story_counts_articles_and_origins(scene, read):
    again = factories.make_article(scene["publisher"], text="Aircraft are ready.", said_by_official=scene["official"])
    factories.make_citation(again, scene["development"], "Aircraft are ready.")
    ledger.publish([again])
    _, words = read("/programs/jets-1/")
    assert "1 development · 2 articles, 1 origin" in words


def test_program_says_quantities_in_words(scene, read):
    _, words = read("/programs/jets-1/")
    assert "said by Minister 1, Minister of Defence · Telegram · up to 6 aircraft" in words


def test_program_folds_deprecated_developments(scene, client):
    late = factories.make_development(
        scene["program"], slug="late", stage="delivered", rank="deprecated", rank_reason="The ministry denied it."
    )
    factories.make_citation(scene["article"], late, "Both discussed missiles.")
    ledger.publish([late])
    body = client.get("/programs/jets-1/").content.decode()
    folded = body[body.index('<details class="aside">') :]
    assert "1 development that no longer counts" in folded
    assert 'id="late"' in folded
    assert "Deprecated: <span>The ministry denied it.</span>" in folded
    assert "Preparing</a>" in body[: body.index('<details class="aside">')]


def test_program_whose_developments_are_all_deprecated(scene, read):
    scene["development"].rank, scene["development"].rank_reason = "deprecated", "Wrong."
    ledger.record(scene["development"])
    status, words = read("/programs/jets-1/")
    assert status == 200
    assert "with Jet 1; nothing that counts is known." in words
    assert "Nothing that counts says how far it is." in words
    assert read("/programs/")[1].count("Jets for recipient 1") == 0


def test_partnership_groups_programs_by_phase(scene, client):
    add_rows(scene, 1)
    phases = client.get("/partnerships/alliance-1/").context["phases"]
    assert [(group.phase.value, group.total, len(group.rows)) for group in phases] == [("result", 2, 2)]


def test_partnership_lists_programs_without_a_stage_last(scene, client, read):
    program = factories.make_program(scene["partnership"], name="Old tranche")
    development = factories.make_development(program, moves=False, amount_qualifier="undisclosed")
    factories.make_citation(scene["article"], development, "Both discussed missiles.")
    ledger.publish([program, development])
    answer = client.get("/partnerships/alliance-1/")
    phases = [(group.phase and group.phase.value, [p.name for p in group.rows]) for group in answer.context["phases"]]
    assert phases == [("work", ["Jets for recipient 1"]), (None, ["Old tranche"])]
    assert find_errors(answer.content.decode()) == []
    _, words = read("/partnerships/alliance-1/")
    assert "Not stated What Mode How far Since Sources Old tranche Supply not stated not stated 1 article" in words
    assert "no speaker is named · amount: not disclosed" in read(f"/programs/{program.slug}/")[1]


@pytest.mark.parametrize(
    "address", ["/programs/jets-1/", "/partnerships/alliance-1/", "/officials/minister-1/", "/developments/", "/"]
)
@pytest.mark.parametrize("text_kind", ["abstract", "full", "passages"])
def test_words_of_our_abstract_are_not_the_outlets(address, text_kind, scene, client, read):
    scene["article"].text_kind = text_kind
    ledger.record(scene["article"])
    is_ours = text_kind == "abstract"
    assert ("<blockquote" in client.get(address).content.decode()) is not is_ours
    _, words = read(address)
    assert ("in our abstract of Gazette 1, 9 February 2026: Report 1" in words) is is_ours
    assert "Gazette 1, 9 February 2026: Report 1" in words


@pytest.mark.parametrize(
    ("address", "hidden"),
    [
        ("/parties/recipient-1/", "ministry"),
        ("/parties/ministry-1/", "official"),
        ("/parties/maker-1/", "system"),
        ("/parties/supplier-1/", "instrument"),
        ("/parties/supplier-1/", "partnership"),
        ("/systems/family-1/", "system"),
        ("/systems/jet-1/", "program"),
        ("/partnerships/alliance-1/", "program"),
        ("/partnerships/alliance-1/", "whole"),
        ("/officials/minister-1/", "development"),
        ("/instruments/fund-1/", "program"),
        ("/publishers/gazette-1/", "article"),
        ("/articles/report-1/", "development"),
    ],
)
def test_relations_show_public_records_only(address, hidden, scene, client):
    record = scene[hidden]
    assert record.slug in client.get(address).content.decode()
    ledger.withdraw([record])
    assert record.slug not in client.get(address).content.decode()


def test_citation_of_a_hidden_article_is_not_shown(scene, client):
    draft = factories.make_article(scene["publisher"], slug="draft-report", text="A secret is told.")
    factories.make_citation(draft, scene["development"], "A secret is told.")
    body = client.get("/programs/jets-1/").content.decode()
    assert "draft-report" not in body
    assert "A secret is told." not in body


@pytest.mark.parametrize(
    ("slug", "address"),
    [("jets-ready-1", "/programs/jets-1/#jets-ready-1"), ("whole-1", "/partnerships/alliance-1/#whole-1")],
)
def test_development_redirects_to_its_subject(slug, address, scene, client):
    answer = client.get(f"/developments/{slug}/")
    assert (answer.status_code, answer.headers["Location"]) == (302, address)


def test_article_marks_and_links_its_passages(scene, client):
    body = client.get("/articles/report-1/").content.decode()
    assert (
        '<mark id="cited-jets-ready-1"><a class="passage" href="#reports-jets-ready-1" '
        'aria-describedby="reports-jets-ready-1.summary">France told Ukraine that aircraft are ready<sup> 1</sup></a>'
        "</mark>, and that this may go faster. "
    ) in body
    assert '<li id="reports-jets-ready-1">' in body
    assert re.search(r'href="/programs/jets-1/#jets-ready-1"\s*>Jets 1 are being prepared\.</a>', body)
    assert 'href="#cited-jets-ready-1"' in body


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_full_text_is_for_signed_in_readers(is_signed_in, scene, client):
    scene["article"].text_kind = "full"
    ledger.record(scene["article"])
    if is_signed_in:
        client.force_login(User.objects.create_user("reader"))
    answer = client.get("/articles/report-1/")
    body = answer.content.decode()
    assert ("Intro words." in body) is is_signed_in
    assert ("may go faster" in body) is is_signed_in
    assert "aircraft are ready" in body
    assert "Cookie" in answer.headers["Vary"]
    assert answer.headers["Cache-Control"] == f"no-cache, {'private' if is_signed_in else 'public'}"


def test_program_page_names_contradictions(scene, read):
    figure = {"stage": "delivered", "quantity_unit": "launcher", "quantity_qualifier": "exact"}
    speakers = (("two-arrived", "supplier", 2), ("four-arrived", "recipient", 4))
    for slug, speaker, value in speakers:
        claim = factories.make_development(
            scene["program"], slug=slug, said_by_party=scene[speaker], quantity_value=value, **figure
        )
        factories.make_citation(scene["article"], claim, "Both discussed missiles.")
        ledger.publish([claim])
    _, words = read(f"/programs/{scene['program'].slug}/")
    section = words.partition("Where sources contradict each other")[2].partition("Promised and delivered What")[0]
    assert "Nothing is averaged. Delivered 4 launchers: 9 February 2026 · said by Recipient 1" in section
    assert "2 launchers: 9 February 2026 · said by Supplier 1" in section


def test_program_page_without_contradictions_says_nothing_of_them(scene, read):
    _, words = read(f"/programs/{scene['program'].slug}/")
    assert "ontradict" not in words


@pytest.mark.parametrize("address", ["/", *PAGES])
def test_what_is_hidden_within_a_request_is_left_out(make_scene, client, monkeypatch, address):
    """Between two queries of one page somebody may withdraw a record: its key is found, its row is not."""
    make_scene(1)

    def find_page(filterset, start, stop, counted=None):
        return [10**9, *facets.find_page(filterset, start, stop, counted)]

    monkeypatch.setattr("cooperation.views.details.base.find_page", find_page)
    monkeypatch.setattr("cooperation.views.home.find_page", find_page)
    assert client.get(address.format(1)).status_code == 200
