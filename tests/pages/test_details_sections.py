"""The sections of the detail pages: in which order they tell, on which day, and what stands where there is nothing."""

import datetime
import re

import pytest
from django.db.models import Count, F

from cooperation import ledger
from cooperation.models import Partnership
from cooperation.views.details.base import find_last_heard_of
from tests import factories
from tests.facets.worlds import DAYS, make_random_world
from tests.pages.conftest import add_development, find_errors

SECTIONS = {
    "/programs/jets-1/": [
        "What it is",
        "Who takes part",
        "How far it is",
        "Promised and delivered",
        "Claims compared",
        "Timeline",
        "The words, by article",
        "Money",
        "Related programs",
    ],
    "/partnerships/alliance-1/": [
        "Who cooperates",
        "Programs",
        "How the programs went",
        "Contradictions and promises",
        "Timeline",
        "The words, by article",
        "What the programs add up to",
        "Related partnerships",
    ],
    "/systems/jet-1/": ["What it is", "Family", "Programs", "Quantities said of it", "Articles"],
    "/parties/supplier-1/": ["What it is", "Roles", "Programs", "Partners", "Partnerships", "Officials"],
    "/officials/minister-1/": ["Who it is", "Spoken of", "Statements"],
    "/instruments/fund-1/": ["What it is", "Programs", "Amounts said"],
    "/publishers/gazette-1/": ["What it is", "Articles", "Reported first"],
    "/articles/report-1/": ["Where it comes from", "Abstract", "What it reports", "Who else reports it"],
}
EMPTY = {
    "/programs/jets-1/": [
        "with Jet 1; nothing that counts is known.",
        "No source says how many.",
        "No source gives a figure.",
        "Nothing that counts is known.",
        "No article is known.",
        "No source gives an amount.",
        "No related program is known.",
    ],
    "/partnerships/alliance-1/": [
        "Cooperation of Recipient 1 and Supplier 1; no program; not heard of yet.",
        "No program is known.",
        "No contradiction is known.",
        "No promise is overdue.",
        "Nothing that counts is known.",
        "No program gives a figure.",
        "Its parties have no other partnership.",
    ],
    "/systems/jet-1/": ["made by Maker 1; no program.", "No program is known.", "No source says how many."],
    "/parties/supplier-1/": [
        "State; no program.",
        "No program names it in a role.",
        "No partner is known.",
        "No official is known.",
    ],
    "/officials/minister-1/": ["no statement is known.", "Spoken through not known", "No statement is known."],
    "/instruments/fund-1/": ["up to EUR 90 million; no program.", "No source gives an amount."],
    "/publishers/gazette-1/": ["fairly reliable; no article.", "Nothing is known that it was the first to report."],
    "/articles/report-1/": ["no public development cites it.", "No other article is known to report it."],
}


def headings(body):
    main = body[body.index("<main") : body.index("</main>")]
    return [" ".join(words.split()) for words in re.findall(r"<h2[^>]*>(.*?)</h2>", main, re.DOTALL)]


@pytest.mark.parametrize("address", SECTIONS)
def test_page_tells_its_story_in_order(address, scene, client):
    body = client.get(address).content.decode()
    assert headings(body) == SECTIONS[address]
    assert find_errors(body) == []


@pytest.mark.parametrize("address", SECTIONS)
def test_navigation_leads_to_each_section(address, scene, client):
    body = client.get(address).content.decode()
    nav = body[body.index('<nav class="contents') :].partition("</nav>")[0]
    anchors = re.findall(r'href="#([^"]+)"', nav)
    assert len(anchors) == len(SECTIONS[address])
    assert [anchor for anchor in anchors if f'id="{anchor}"' not in body] == []


@pytest.mark.parametrize("address", EMPTY)
def test_page_before_anything_was_known(address, scene, client, read):
    words = read(f"{address}?known_on=2026-02-08")[1]
    for sentence in EMPTY[address]:
        assert sentence in words
    assert find_errors(client.get(f"{address}?known_on=2026-02-08").content.decode()) == []


def test_program_with_neither_roles_nor_systems_says_so(scene, read):
    program = factories.make_program(scene["partnership"], slug="plain", mode="testing")
    add_development(scene, program, said_by_official=None, stage="proposed", date="2026-02")
    words = read("/programs/plain/")[1]
    assert "Testing; proposed, February 2026, no speaker is named; 1 article, 1 origin." in words
    assert "Systems none named Category not stated" in words
    assert "Roles none named" in words
    assert "Instruments none named" in words


def test_program_is_related_by_system_partnership_and_parties(scene, client):
    both = {"supplier": [scene["supplier"]], "recipient": [scene["recipient"]]}
    other = factories.make_partnership([scene["supplier"], scene["recipient"], scene["maker"]], slug="wider")
    made = [
        factories.make_program(scene["partnership"], [scene["system"]], slug="same-system"),
        factories.make_program(scene["partnership"], slug="same-partnership"),
        factories.make_program(other, roles=both, slug="same-parties"),
    ]
    ledger.publish([other])
    for program in made:
        add_development(scene, program)
    draft = factories.make_program(scene["partnership"], [scene["system"]], slug="draft-program")
    related = client.get("/programs/jets-1/").context["related"]
    assert {name: [row.slug for row in found.rows] for name, found in related.items()} == {
        "systems": ["same-system"],
        "partnership": ["same-partnership"],
        "parties": ["same-parties"],
    }
    assert related["systems"].address == "/programs/?system=jet-1"
    assert draft.slug not in client.get("/programs/jets-1/").content.decode()
    assert client.get("/programs/jets-1/?known_on=2026-02-08").context["related"] == {}


def test_program_names_few_related_programs_and_the_way_to_all(scene, client):
    for n in range(7):
        add_development(scene, factories.make_program(scene["partnership"], slug=f"further-{n}"))
    related = client.get("/programs/jets-1/").context["related"]
    assert [len(found.rows) for found in related.values()] == [5]
    assert (
        '<a href="/programs/?partnership=alliance-1">All of them as a list</a>'
        in client.get("/programs/jets-1/").content.decode()
    )


def test_program_shows_each_development_in_full_once(scene, client):
    body = client.get("/programs/jets-1/").content.decode()
    assert body.count('id="jets-ready-1"') == 1
    assert body.count("France told Ukraine that aircraft are ready") == 2  # at the stage, and folded in the timeline


def test_partnership_shows_few_programs_of_a_phase_and_the_way_to_all(scene, client, read):
    for n in range(9):
        add_development(scene, factories.make_program(scene["partnership"], slug=f"agreed-{n}", mode="testing"))
    answer = client.get("/partnerships/alliance-1/")
    groups = [(group.phase.value, group.total, len(group.rows)) for group in answer.context["phases"]]
    assert groups == [("promise", 9, 8), ("work", 1, 1)]
    assert "The latest 8 of 9. All of this phase" in read("/partnerships/alliance-1/")[1]
    body = answer.content.decode()
    assert 'href="/programs/?partnership=alliance-1&amp;mode=testing&amp;phase=promise">9 programs</a>' in body


def test_partnership_names_what_is_contradicted_and_overdue(scene, read):
    figure = {"stage": "delivered", "quantity_unit": "launcher", "quantity_qualifier": "exact"}
    add_development(scene, scene["program"], quantity_value=2, said_by_party=scene["supplier"], **figure)
    add_development(scene, scene["program"], quantity_value=4, said_by_party=scene["recipient"], **figure)
    late = factories.make_program(scene["partnership"], slug="late")
    add_development(scene, late, stage="pledged", summary="Guns by February.", due="2026-02-10")
    words = read("/partnerships/alliance-1/")[1]
    outlook = words.partition("Contradictions and promises Where")[2].partition("Timeline 5")[0]
    assert re.search(r"Jets for recipient 1: Delivered, \d launchers / \d launchers", outlook)
    assert "Guns by February. Late · Promised for 10 February 2026" in outlook
    assert "1 promise is overdue" in outlook


def test_partnership_is_related_through_its_parties(scene, client):
    near = factories.make_partnership([scene["supplier"], scene["maker"]], slug="near")
    far = factories.make_partnership([scene["maker"], scene["ministry"]], slug="far")
    ledger.publish([near, far])
    factories.make_partnership([scene["supplier"], scene["maker"]], slug="draft-partnership")
    assert [row.slug for row in client.get("/partnerships/alliance-1/").context["related"]] == ["near"]


def test_system_shows_the_whole_family_of_its_parent(scene, client):
    sister = factories.make_system(slug="sister", name="Sister", parent=scene["family"])
    ledger.publish([sister])
    factories.make_system(slug="draft-system", parent=scene["family"])

    def names(branch):
        return branch.system.slug, branch.is_here, [names(below) for below in branch.branches]

    tree = client.get("/systems/jet-1/").context["tree"]
    jet = ("jet-1", True, [("variant-1", False, [])])
    assert names(tree) == ("family-1", False, [jet, ("sister", False, [])])
    assert names(client.get("/systems/variant-1/").context["tree"]) == (
        "family-1",
        False,
        [("jet-1", False, [("variant-1", True, [])])],
    )


def test_system_counts_programs_of_those_below_alone(scene, client):
    pages = {name: client.get(f"/systems/{name}-1/").context for name in ("family", "jet", "variant")}
    counts = {name: (page["programs"].total, len(page["quantities"])) for name, page in pages.items()}
    assert counts == {"family": (1, 1), "jet": (1, 1), "variant": (0, 0)}


def test_party_partners_lead_to_what_is_between_both(scene, client):
    third = factories.make_party(slug="third", name="Third")
    hidden = factories.make_party(slug="hidden-party")
    program = factories.make_program(scene["partnership"], roles={"funder": [third]})
    ledger.publish([third])
    add_development(scene, program)
    factories.make_program(scene["partnership"], roles={"funder": [hidden]})
    answer = client.get("/parties/supplier-1/")
    partners = [(value.value, value.count) for value in answer.context["partners"]]
    assert partners == [("recipient-1", 2), ("third", 1)]
    link = '<a href="/programs/?party=supplier-1&amp;party=third">1 program</a>'
    assert link in answer.content.decode()
    assert client.get("/programs/?party=supplier-1&party=third").context["paging"].total == 1


def test_party_roles_count_programs_and_name_the_latest(scene, client):
    for n in range(6):
        program = factories.make_program(scene["partnership"], roles={"supplier": [scene["supplier"]]}, slug=f"p-{n}")
        add_development(scene, program, date=f"2026-02-0{n + 1}")
    (group,) = client.get("/parties/supplier-1/").context["roles"]
    assert (group.role.value, group.total) == ("supplier", 7)
    assert [program.slug for program in group.programs] == ["jets-1", "p-5", "p-4", "p-3", "p-2"]
    (group,) = client.get("/parties/supplier-1/?as_of=2026-02-02").context["roles"]
    assert (group.total, [program.slug for program in group.programs]) == (2, ["p-1", "p-0"])
    assert {program.stage_then for program in group.programs} == {"agreed"}


def test_party_officials_say_what_they_said_last(scene, client, read):
    silent = factories.make_official(scene["ministry"], slug="silent", name="Silent")
    ledger.publish([silent])
    words = read("/parties/ministry-1/")[1]
    assert re.search(
        r"Minister 1, Minister Said last: 9 February 2026, \w+ 1 \w+ .*Silent No statement is known\.", words
    )
    assert "Said last" not in read("/parties/ministry-1/?as_of=2026-02-08")[1]


def test_official_statements_by_program_and_channel(scene, client):
    spoken = {"said_by_official": scene["official"]}
    add_development(scene, scene["program"], channel="speech", **spoken)
    add_development(scene, scene["program"], channel="", **spoken)
    context = client.get("/officials/minister-1/").context
    assert [(program.slug, program.statement_count) for program in context["spoken_of"]] == [("jets-1", 3)]
    assert [(channel and channel.value, n) for channel, n in context["channels"]] == [
        ("telegram", 2),
        (None, 1),
        ("speech", 1),
    ]


def test_publisher_was_first_with_what_no_other_reported_earlier(scene, client):
    late = factories.make_publisher(slug="late-paper")
    ledger.publish([late])
    again = factories.make_article(late, slug="again", published="2026-02-10", text="Aircraft are ready.")
    factories.make_citation(again, scene["development"], "Aircraft are ready.")
    ledger.publish([again])
    assert client.get("/publishers/gazette-1/").context["first_total"] == 2
    context = client.get("/publishers/late-paper/").context
    assert (context["first_total"], context["years"]) == (0, [(2026, 1)])


def test_article_names_who_else_reports_it(scene, client):
    again = factories.make_article(scene["publisher"], slug="again", text="Aircraft are ready.")
    factories.make_citation(again, scene["development"], "Aircraft are ready.")
    ledger.publish([again])
    draft = factories.make_article(scene["publisher"], slug="draft-article", text="Aircraft are ready.")
    factories.make_citation(draft, scene["development"], "Aircraft are ready.")
    others = client.get("/articles/report-1/").context["others"]
    assert [(article.slug, article.shared) for article in others] == [("again", 1)]


@pytest.mark.parametrize("clock", ["as_of", "known_on"])
@pytest.mark.parametrize("seed", [41, 42])
def test_partnerships_heard_of_last_are_those_of_the_day(db, clock, seed):
    make_random_world(seed)
    rows = Partnership.objects.visible().annotate(shared=Count("parties"))
    latest_first = F("latest_then").desc(nulls_last=True)
    for day in ({}, *({clock: datetime.date.fromisoformat(day)} for day in DAYS[1:])):
        expected = list(rows.on_day(**day).order_by("-shared", latest_first, "slug").values_list("pk", "latest_then"))
        found = find_last_heard_of(rows, day, 10, "shared")
        assert [(row.pk, row.latest_then) for row in found] == expected
        assert find_last_heard_of(rows, day, 1, "shared") == found[:1]
    assert len(expected) > 1
