"""Where a list has no rows: why, and the ways out with what they lead to."""

import pytest

from cooperation.views.lists import MOST_WAYS


def test_each_condition_that_is_to_blame_can_be_taken_out(make_scene, client, read):
    make_scene(1)
    make_scene(2)
    address = "/programs/?mode=supply&party=supplier-1&party=supplier-2&sort=name"
    ways = client.get(address).context["ways_out"]
    assert [(way.chip.value, way.total) for way in ways] == [("supplier-1", 1), ("supplier-2", 1)]
    assert (
        '<a href="/programs/?mode=supply&amp;party=supplier-2&amp;sort=name">' in client.get(address).content.decode()
    )
    assert "Without “Party: Supplier 1”: 1 entry Without “Party: Supplier 2”: 1 entry Clear all" in read(address)[1]


def test_no_way_out_is_offered_that_leads_to_nothing(scene, client):
    assert client.get("/programs/?q=submarine&mode=training").context["ways_out"] == []


def test_ways_out_are_not_counted_where_there_are_rows(scene, client):
    assert client.get("/programs/?mode=supply").context["ways_out"] == []


def test_ways_out_are_bounded(scene, client):
    query = "&".join(f"mode={mode}" for mode in ("training", "testing", "upgrade", "financing", "maintenance"))
    answer = client.get(f"/programs/?{query}&party=supplier-1&q=jets")
    assert len(answer.context["chips"]) > MOST_WAYS
    assert answer.context["ways_out"] == []


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("query", "queries"), [("q=submarine", 8), ("q=submarine&stage=agreed", 12)])
def test_empty_list_query_count(query, queries, count, make_scene, client, django_assert_num_queries):
    for n in range(count):
        make_scene(n)
    with django_assert_num_queries(queries):
        assert client.get(f"/programs/?{query}").context["rows"] == []


def test_day_without_rows_leads_to_today(scene, client, read):
    assert (
        "0 entries Nothing counts here on the day asked about. Back to today" in read("/programs/?as_of=2000-01-01")[1]
    )
    body = client.get("/programs/?as_of=2000-01-01&mode=supply&page_size=50").content.decode()
    assert body.count('<a href="/programs/?mode=supply&amp;page_size=50">Back to today</a>') == 2  # banner and list


def test_wrong_value_stands_in_a_field_with_its_label(scene, client):
    body = client.get("/programs/?mode=barter").content.decode()
    assert '<label for="f-mode">Mode</label>' in body
    assert body.count('aria-invalid="true"') == 1


def test_title_says_what_narrows_and_which_page(make_scene, client):
    make_scene(1)
    make_scene(2)
    body = client.get("/programs/?mode=supply&page_size=1&page=2").content.decode()
    title = " ".join(body[body.index("<title>") + 7 : body.index("</title>")].split())
    assert title == "Programs (Mode: Supply) · Page 2 · Cooperation Portal"


def test_answer_is_the_whole_page_whoever_asks(scene, client):
    plain = client.get("/programs/?mode=supply")
    asked = client.get("/programs/?mode=supply", headers={"HX-Request": "true", "HX-Boosted": "true"})
    assert asked.content == plain.content
    assert asked.headers["Vary"] == plain.headers["Vary"]
