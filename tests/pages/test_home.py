"""The first page: what is new with its words, how far programs are, what is still to come, and ways on."""

import datetime

import pytest
from django.utils import timezone

from cooperation import ledger
from cooperation.facets import FacetValue
from cooperation.views import home
from tests import factories

SUPPLY = "Jets 1 are being prepared."


@pytest.fixture
def promised(scene):
    """Publish a promise of 4 aircraft that was due and of which one was delivered."""
    with ledger.writing():
        counted = {"quantity_qualifier": "exact", "quantity_unit": "aircraft", "said_by_party": scene["supplier"]}
        promise = factories.make_development(
            scene["program"], slug="four-pledged", stage="pledged", date="2026-01-05", due="2026-02-01",
            summary="Four jets are pledged.", quantity_value=4, **counted,
        )  # fmt: skip
        arrival = factories.make_development(
            scene["program"], slug="one-delivered", stage="partly-delivered", date="2026-01-20",
            summary="One jet is there.", quantity_value=1, **counted,
        )  # fmt: skip
        for development in (promise, arrival):
            factories.make_citation(scene["article"], development, "aircraft are ready")
        ledger.publish([promise, arrival])
    return scene


def make_more_programs(scene, count):
    """Publish further programs of the scene's partnership, each with a development."""
    with ledger.writing():
        programs = [factories.make_program(scene["partnership"], slug=f"more-{n}") for n in range(count)]
        told = [factories.make_development(program) for program in programs]
        for development in told:
            factories.make_citation(scene["article"], development, "aircraft are ready")
        ledger.publish([*programs, *told])


@pytest.mark.parametrize("count", [1, 3])
def test_home_query_count(count, make_scene, client, django_assert_num_queries):
    for n in range(count):
        make_scene(n)
    with django_assert_num_queries(18):
        answer = client.get("/")
    assert [bar.count for bar in answer.context["phases"]] == [count]
    assert len(answer.context["partnerships"]) == count
    assert len(answer.context["news"]) == 2 * count


@pytest.mark.parametrize("count", [1, 3])
def test_home_query_count_on_a_day(count, make_scene, client, django_assert_num_queries):
    for n in range(count):
        make_scene(n)
    with django_assert_num_queries(20):
        answer = client.get("/?known_on=2026-02-20")
    assert len(answer.context["partnerships"]) == count


def test_home_says_what_is_new_with_its_words(scene, read):
    _, words = read("/")
    assert (
        "9 February 2026 Jets 1 are being prepared. Preparing Jets for recipient 1 · up to 6 aircraft "
        "France told Ukraine that aircraft are ready said by Minister 1, Minister of Defence · Telegram "
        "in our abstract of Gazette 1, 9 February 2026: Report 1"
    ) in words


def test_home_shows_the_quote_of_a_full_text_in_its_language(scene, client):
    with ledger.writing():
        article = scene["article"]
        article.text_kind, article.language = "full", "fr"
        ledger.record(article)
    body = client.get("/").content.decode()
    quote = body[body.index("<blockquote") : body.index("</blockquote>")]
    assert ' lang="fr"' in quote
    assert "France told Ukraine that aircraft are ready" in quote


def test_home_links_stage_and_figure_to_the_words(scene, client):
    body = client.get("/").content.decode()
    assert '<a class="badge phase-work" href="/articles/report-1/#cited-jets-ready-1">Preparing</a>' in body
    assert '<a class="to-words" href="/articles/report-1/#cited-jets-ready-1">up to 6 aircraft</a>' in body


def test_home_says_how_many_articles_say_so(scene, read):
    with ledger.writing():
        other = factories.make_article(scene["publisher"], text="Once more: France told Ukraine that all is well.")
        citation = factories.make_citation(other, scene["development"], "France told Ukraine")
        ledger.publish([other])
    assert citation.start is not None
    assert "The words of 2 articles" in read("/")[1]


def test_home_news_has_the_latest_first_and_no_more_than_fit(make_scene, client):
    for n in range(4):
        make_scene(n)
    with ledger.writing():
        late = make_scene(9)
        late["article"].published = datetime.date(2026, 2, 20)
        late["development"].date = "2026-02-15"
        ledger.record(late["article"])
        ledger.record(late["development"])
    news = client.get("/").context["news"]
    assert len(news) == home.NEWS
    assert news[0].slug == "jets-ready-9"


def test_home_counts_programs_by_phase_and_mode_and_party(scene, read):
    _, words = read("/")
    today = timezone.localdate()
    assert f"How far programs are 1 program on {today.day} {today:%B %Y}, by phase Work 1" in words
    assert "Programs by mode Supply 1 Who takes part in most programs Recipient 1 1 Supplier 1 1" in words


def test_home_links_counts_to_the_list_and_keeps_the_day(scene, client):
    body = client.get("/?as_of=2026-03-01").content.decode()
    for parameter in ("phase=work", "mode=supply", "party=supplier-1"):
        assert f'href="/programs/?{parameter}&amp;as_of=2026-03-01"' in body
    assert 'href="/changes/?as_of=2026-03-01"' in body


def test_home_says_what_is_overdue(promised, read):
    _, words = read("/?as_of=2026-02-11")
    assert (
        "Overdue promises 1 promise whose day has passed "
        "Four jets are pledged. Promised for 1 February 2026, 10 days ago Jets for recipient 1"
    ) in words


def test_home_says_what_is_open(promised, read):
    _, words = read("/?as_of=2026-02-11")
    assert (
        "Open promises 1 promise not delivered in full "
        "3 of 4 aircraft 37 days since the first promise, 5 January 2026 Jets for recipient 1"
    ) in words


def test_home_leads_from_promises_to_the_program(promised, client):
    body = client.get("/").content.decode()
    assert 'href="/programs/jets-1/#four-pledged"' in body
    assert '<a href="/programs/jets-1/#promises-title">3 of 4 aircraft</a>' in body


def test_home_without_promises_says_so(scene, read):
    _, words = read("/")
    assert "No promise is known to be overdue." in words
    assert "No promise of a number is known to be open." in words


def test_home_names_a_contradiction(promised, client, read):
    with ledger.writing():
        other = factories.make_development(
            promised["program"], slug="five-pledged", stage="pledged", date="2026-01-05", summary="Five, they say.",
            quantity_value=5, quantity_qualifier="exact", quantity_unit="aircraft", said_by_party=promised["maker"],
        )  # fmt: skip
        factories.make_citation(promised["article"], other, "aircraft are ready")
        ledger.publish([other])
    assert "Promised: 5 aircraft, but also 4 aircraft Jets for recipient 1" in read("/")[1]
    assert 'href="/programs/jets-1/#contradictions-title"' in client.get("/").content.decode()


def test_home_gives_no_totals_of_promises_beyond_what_it_looks_through(promised, read, monkeypatch):
    make_more_programs(promised, 2)
    monkeypatch.setattr(home, "LATELY", 2)
    _, words = read("/")
    assert "3 of 4 aircraft" in words
    assert "not delivered in full" not in words
    assert "whose day has passed" not in words
    assert "Found among the 2 programs with the latest developments" in words


def test_home_asked_about_a_day_tells_what_was_true(promised, read):
    _, words = read("/?as_of=2026-01-10")
    assert "1 program on 10 January 2026, by phase Promise 1" in words
    assert "4 of 4 aircraft 5 days since the first promise" in words
    assert "No promise is known to be overdue." in words
    assert SUPPLY not in words


def test_home_says_who_works_with_whom(scene, read):
    assert "Alliance 1 Recipient 1, Supplier 1 about 2022 9 February 2026 1 program" in read("/")[1]


def test_home_leads_on(scene, client):
    body = client.get("/").content.decode()
    onward = body[body.index('class="onward"') :]
    for address in ("/changes/", "/programs/", "/systems/", "/articles/", "/publishers/", "/about/", "/api/docs/"):
        assert f'href="{address}"' in onward


def test_home_empty_tells_readers_what_will_be_here(db, read):
    _, words = read("/")
    assert "Nothing is published yet As soon as the editors publish the first articles" in words
    assert "Log in as an editor" in words
    assert "load_articles" not in words


def test_home_empty_tells_staff_what_to_do(db, admin_client):
    body = admin_client.get("/").content.decode()
    assert "python manage.py load_articles" in body
    assert 'href="/admin/"' in body


@pytest.mark.parametrize("day", ["as_of=2020-01-01", "known_on=2020-01-01", "as_of=yesterday"])
def test_home_of_a_day_without_anything_leads_back_to_today(day, scene, read):
    _, words = read(f"/?{day}")
    assert "Nothing is known of that day" in words
    assert "Back to today" in words
    assert SUPPLY not in words


def test_home_leaves_out_what_is_hidden(scene, read):
    ledger.withdraw([scene["article"]])
    assert SUPPLY not in read("/")[1]


def test_bars_are_as_long_as_their_share_of_the_longest():
    values = [FacetValue(value, value, count, False) for value, count in (("a", 1), ("b", 3), ("c", 3))]
    assert [(bar.value, bar.share) for bar in home.build_bars(values)] == [
        ("b", "100.00%"),
        ("c", "100.00%"),
        ("a", "33.33%"),
    ]


def test_stack_follows_the_order_of_the_list_and_fills_the_whole():
    values = [FacetValue(value, value, count, False) for value, count in (("a", 1), ("b", 3))]
    assert [(bar.value, bar.start, bar.share) for bar in home.build_stack(values)] == [
        ("a", "0.00%", "25.00%"),
        ("b", "25.00%", "75.00%"),
    ]
