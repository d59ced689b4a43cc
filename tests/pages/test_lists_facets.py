"""The panel of facets with its top values, and the pages of all values of one."""

import re

import pytest

from cooperation import ledger
from cooperation.filters import FILTERS
from cooperation.views import facets
from tests import factories

VALUE = re.compile(r'<a id="value-([\w-]+)"\s+href="([^"]*)"')


@pytest.fixture
def crowd(scene):
    """Ten more parties with a role in the program, so that the panel cannot show all."""
    with ledger.writing():
        parties = [factories.make_party(slug=f"crew-{n}", name=f"Crew {n}") for n in range(10)]
        ledger.publish(parties)
        roles = {"supplier": [scene["supplier"]], "recipient": [scene["recipient"]], "manufacturer": parties}
        ledger.record(scene["program"], roles=roles)
    return parties


def find_values(client, address, facet):
    """Return {value: link} of one facet on a page."""
    values = VALUE.findall(client.get(address).content.decode())
    return {name.removeprefix(f"{facet}-"): link for name, link in values if name.startswith(f"{facet}-")}


def test_panel_shows_top_values_and_leads_to_the_others(crowd, client):
    body = client.get("/programs/?mode=supply").content.decode()
    assert len(find_values(client, "/programs/?mode=supply", "party")) == facets.TOP
    assert 'href="/programs/facets/party/?mode=supply"' in body
    assert "All 12 under Party" in body
    assert "Recipient 1" not in body[body.index('id="facets"') :]  # not even folded


def test_panel_keeps_chosen_values_in_sight(crowd, client):
    found = find_values(client, "/programs/?party=recipient-1&party=crew-9", "party")
    assert len(found) == facets.TOP + 2
    assert found["recipient-1"] == "/programs/?party=crew-9"


def test_page_of_values_lists_all_and_leads_back(crowd, client):
    address = "/programs/facets/party/?mode=supply&party=crew-1&page_size=50&page=1"
    found = find_values(client, address, "party")
    assert len(found) == 12
    assert found["crew-1"] == "/programs/?mode=supply&amp;page_size=50"
    assert found["crew-2"] == "/programs/?mode=supply&amp;party=crew-1&amp;party=crew-2&amp;page_size=50"
    body = client.get(address).content.decode()
    assert '<a href="/programs/?mode=supply&amp;party=crew-1&amp;page_size=50">Back to the list</a>' in body
    assert '<a href="/programs/">Clear all</a>' in body


@pytest.mark.parametrize("language", ["", "/fr", "/uk"])
@pytest.mark.parametrize("noun", [noun for noun in FILTERS if FILTERS[noun].facets])
def test_each_facet_of_each_noun_has_a_page(noun, language, scene, client):
    listed = {facet.name for facet in client.get(f"{language}/{noun}/").context["facets"]}
    assert listed
    for name in FILTERS[noun].facets:
        answer = client.get(f"{language}/{noun}/facets/{name}/")
        assert answer.status_code == 200
        assert bool(answer.context["facet"].values) is (name in listed)


@pytest.mark.parametrize(
    "address",
    ["/programs/facets/", "/programs/facets/colour/", "/officials/facets/party/", "/programs/facets/q/"],
)
def test_unknown_facet_is_not_found(address, scene, client):
    assert client.get(address).status_code == 404


def test_values_are_found_by_name(crowd, client):
    assert list(find_values(client, "/programs/facets/party/?named=CREW%203", "party")) == ["crew-3"]
    answer = client.get("/programs/facets/party/?named=submarine&mode=supply")
    body = answer.content.decode()
    assert "No value has this name" in body
    assert '<input type="hidden" name="mode" value="supply">' in body
    assert '<a href="/programs/?mode=supply">Back to the list</a>' in body


def test_many_values_come_page_by_page(crowd, client, monkeypatch):
    monkeypatch.setattr(facets, "PER_PAGE", 5)
    pages = [find_values(client, f"/programs/facets/party/?page={n}", "party") for n in (1, 2, 3)]
    assert [len(page) for page in pages] == [5, 5, 2]
    assert len({value for page in pages for value in page}) == 12
    body = client.get("/programs/facets/party/?named=1&page=2&mode=supply").content.decode()
    assert "This list has only 1 page." in body
    assert 'rel="next" href="/programs/facets/party/?page=2"' in client.get("/programs/facets/party/").content.decode()
    assert client.get("/programs/facets/party/?page=4").status_code == 404


def test_invalid_query_is_told_as_on_the_list(scene, read, client):
    status, words = read("/programs/facets/mode/?mode=barter&since=never")
    assert status == 200
    assert "“barter” is not known; use one of supply," in words
    assert "“never” is not a day; write it as 2026-02-09." in words
    assert '<form class="filters"' in client.get("/programs/facets/mode/?mode=barter").content.decode()
    assert 'action="/programs/"' in client.get("/programs/facets/mode/?mode=barter").content.decode()


@pytest.mark.parametrize("page", ["abc", "0", "9" * 5000, "%00"])
def test_malformed_page_is_told(page, scene, client):
    answer = client.get(f"/programs/facets/mode/?page={page}")
    assert (answer.status_code, answer.context["facet"]) == (200, None)


@pytest.mark.parametrize("named", ["%00", "<script>alert(1)</script>", "x" * 5000, "%ff%fe"])
def test_hostile_name_finds_nothing(named, scene, client):
    answer = client.get("/programs/facets/mode/", query_params={"named": named})
    assert (answer.status_code, answer.context["facet"].values) == (200, [])
    assert "<script>alert" not in answer.content.decode()


def test_drafts_are_no_values(scene, client):
    hidden = factories.make_party(slug="hidden", name="Hidden")
    program = factories.make_program(scene["partnership"], mode="training", roles={"supplier": [hidden]})
    development = factories.make_development(program, slug="secret")
    factories.make_citation(scene["article"], development, "Both discussed missiles.")
    assert program.public is False
    assert list(find_values(client, "/programs/facets/mode/", "mode")) == ["supply"]
    assert "hidden" not in find_values(client, "/programs/facets/party/", "party")
    shown = client.get("/programs/facets/party/?named=hidden").context["facet"]
    assert (shown.values, shown.total) == ([], 0)


def test_scale_keeps_its_order_and_other_values_are_ranked(make_scene, client):
    make_scene(1)
    make_scene(2)
    scene = make_scene(3)
    development = factories.make_development(scene["program"], stage="interest", date="2026-02-09", slug="early")
    factories.make_citation(scene["article"], development, "Both discussed missiles.")
    ledger.publish([development])
    (stages,) = [f for f in client.get("/developments/").context["facets"] if f.name == "stage"]
    assert [(value.value, value.count) for value in stages.values] == [("interest", 1), ("preparing", 3)]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("noun", "queries"), [("programs", 4), ("parties", 4), ("developments", 4)])
def test_page_of_values_query_count(noun, queries, count, make_scene, client, django_assert_num_queries):
    for n in range(count):
        make_scene(n)
    with django_assert_num_queries(queries):
        client.get(f"/{noun}/facets/{FILTERS[noun].facets[0]}/")
