"""Developments with the words that earn them: on their own page, on their program's and on their article's."""

import datetime

import pytest

from cooperation import ledger
from cooperation.models import Citation, Development, Program
from tests import factories
from tests.admin.browsing import build_url, read_errors, read_page, send

pytestmark = pytest.mark.django_db

QUOTE_LOST = ["These words do not occur in the text of the article."]
TEXTLESS = ["The article has no text yet; add the text that these words come from."]
UNCITED = ["A development needs at least one citation: an article and its words."]


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def add_program(client, world, **changes):
    """Send the form for a program with one new development."""
    inline = {
        "developments-2__TOTAL_FORMS": "1",
        "developments-2-0__date": "2026-02",
        "developments-2-0__stage": "preparing",
        "developments-2-0__moves": "on",
        "developments-2-0__summary": "France gets aircraft ready.",
        "developments-2-0__article": world["article"].pk,
        "developments-2-0__quote": factories.QUOTE,
        "developments-2-0__quantity_basis": "so-far",
    }
    fields = {"name": "Aircraft", "slug": "aircraft", "partnership": world["partnership"].pk, "mode": "supply"}
    return send(client, build_url(Program, "add"), **{**fields, **inline, **changes})


def test_new_program_is_a_draft_with_its_development_and_quote(staff, world):
    assert add_program(staff, world).status_code == 302
    program = Program.objects.get(slug="aircraft")
    assert (program.state, program.public, program.stage) == ("draft", False, "")
    made = program.developments.values_list("slug", "state", "date", "stage", "moves", "quantity_basis", "reported_on")
    day = world["article"].published
    assert list(made) == [("aircraft-202602-preparing-minister", "draft", "2026-02", "preparing", True, "so-far", day)]
    citation = Citation.objects.get(development__program=program)
    assert (citation.article, citation.quote, citation.start) == (world["article"], factories.QUOTE, 0)


def test_new_development_searches_for_its_article_instead_of_listing_all(staff, world):
    tags = read_page(staff.get(build_url(world["program"]))).tags
    (select,) = [attrs for _, attrs in tags if attrs.get("name") == "developments-2-__prefix__-article"]
    assert (select["class"], select["data-model-name"]) == ("admin-autocomplete", "citation")


def test_new_program_names_the_errors_of_its_development_at_their_fields(staff, world):
    wrong = {"developments-2-0__quote": "Words that nobody said.", "developments-2-0__date": "2026-03"}
    early = "“2026-03” begins after the day of the article, 2026-02-09; a promised day is the `due` of the promise."
    errors = read_errors(add_program(staff, world, **wrong))
    assert errors == {"developments-2-0-quote": QUOTE_LOST, "developments-2-0-date": [early]}
    empty = {"developments-2-0__article": "", "developments-2-0__quote": "", "developments-2-0__stage": ""}
    required = ["This field is required."]
    assert read_errors(add_program(staff, world, **empty)) == {
        "developments-2-0-article": required,
        "developments-2-0-quote": required,
        "developments-2-0-stage": ["A development of a program needs a stage."],
    }
    assert not Program.objects.filter(slug="aircraft").exists()


def test_new_development_with_a_taken_id_is_refused(staff, world):
    factories.make_development(world["program"], slug="aircraft-202602-preparing-minister")
    taken = (
        "“aircraft-202602-preparing-minister” is a development already: cite the article there, or give this one an id "
        "of its own."
    )
    assert read_errors(add_program(staff, world)) == {"developments-2-0-__all__": [taken]}


def test_program_page_changes_a_development_in_its_row(staff, world):
    response = send(staff, build_url(world["program"]), **{"developments-0__stage": "delivered"})
    assert response.status_code == 302
    assert (fresh(world["development"]).stage, fresh(world["program"]).stage) == ("delivered", "delivered")


def test_program_page_refuses_a_date_after_the_article(staff, world):
    response = send(staff, build_url(world["program"]), **{"developments-0__date": "2026-02-10"})
    assert list(read_errors(response)) == ["developments-0-date"]


def add_development(client, world, **changes):
    """Send the form for a development with one citation."""
    fields = {
        "program": world["program"].pk,
        "date": "2026-02-09",
        "stage": "contracted",
        "summary": "A contract.",
        "citations-0__article": world["article"].pk,
        "citations-0__quote": factories.QUOTE,
    }
    return send(client, build_url(Development, "add"), **{**fields, **changes})


def test_development_without_an_id_is_given_one(staff, world):
    assert add_development(staff, world, quantity_value="6", quantity_unit="aircraft").status_code == 302
    made = Development.objects.get(summary="A contract.")
    assert made.slug == "rockets-for-ukraine-20260209-contracted-minister"
    assert made.quantity == {"value": 6, "qualifier": "exact", "unit": "aircraft"}


def test_development_with_an_id_keeps_it(staff, world):
    assert add_development(staff, world, slug="my-own").status_code == 302
    assert Development.objects.filter(slug="my-own", state="draft").count() == 1


def test_development_without_a_citation_is_refused_at_its_fields(staff, world):
    required = ["This field is required."]
    response = add_development(staff, world, **{"citations-0__article": "", "citations-0__quote": ""})
    errors = read_errors(response)
    assert errors == {"citations-0-article": required, "citations-0-quote": required, "citations": UNCITED}


def test_development_with_two_subjects_or_speakers_names_the_fields(staff, world):
    two = {"partnership": world["partnership"].pk, "said_by_party": world["party"].pk}
    errors = read_errors(add_development(staff, world, said_by_official=world["official"].pk, **two))
    assert errors == {
        "program": ["A development is about a program or about a partnership: name one of them."],
        "said_by_party": ["One speaker said it: name an official or a party, not both."],
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rank": "preferred"}, "rank_reason"),
        ({"due": "soon"}, "due"),
        ({"date": "lately"}, "date"),
        ({"stage": ""}, "stage"),
        ({"amount_currency": "euro"}, "amount_currency"),
        ({"slug": "No Slug"}, "slug"),
    ],
)
def test_development_names_its_error_at_the_field(staff, world, change, field):
    assert list(read_errors(add_development(staff, world, **change))) == [field]


def test_development_with_half_a_figure_is_refused_at_the_figure(staff, world):
    errors = read_errors(add_development(staff, world, quantity_value="6"))
    assert errors == {"quantity_qualifier": ["A number needs its unit."]}
    errors = read_errors(add_development(staff, world, amount_qualifier="between", amount_value="6"))
    assert errors == {"amount_qualifier": ["“between” takes min and max, and no value."]}


def test_development_before_its_article_is_refused_at_the_article(staff, world):
    early = "“2026-02-10” begins after the day of the article, 2026-02-09; a promised day is the `due` of the promise."
    assert read_errors(add_development(staff, world, date="2026-02-10")) == {"citations-0-article": [early]}


def test_last_citation_of_a_development_cannot_be_deleted(staff, world):
    response = send(staff, build_url(world["development"]), **{"citations-0__DELETE": "on"})
    assert read_errors(response) == {"citations": UNCITED}
    message = "Development “rockets-agreed” (rockets-agreed) would be left without a citation; cite it elsewhere first."
    response = send(staff, build_url(world["article"]), **{"citations-0__DELETE": "on"})
    assert read_errors(response) == {"citations": [message]}
    assert Citation.objects.count() == 1


def test_same_words_twice_are_refused_at_the_quote(staff, world):
    row = {
        "citations__TOTAL_FORMS": "2",
        "citations-1__article": world["article"].pk,
        "citations-1__quote": factories.QUOTE,
    }
    message = "This article already cites these words for this development."
    assert read_errors(send(staff, build_url(world["development"]), **row)) == {"citations-1-quote": [message]}


def test_article_page_cites_a_development(staff, world):
    row = {
        "citations__TOTAL_FORMS": "2",
        "citations-1__development": world["development"].pk,
        "citations-1__quote": "Both discussed missiles.",
    }
    assert send(staff, build_url(world["article"]), **row).status_code == 302
    assert list(Citation.objects.values_list("quote", flat=True)) == [factories.QUOTE, "Both discussed missiles."]


def test_citation_moved_to_another_development_settles_both(staff, world):
    other = factories.make_development(world["program"], slug="other")
    earlier = factories.make_article(world["publisher"], published=datetime.date(2026, 1, 1), slug="earlier")
    ledger.publish([earlier])
    development = factories.make_development(world["program"], slug="moved-from", date="2025")
    factories.make_citation(earlier, development)
    citation = factories.make_citation(world["article"], development, "Both discussed missiles.")
    prefix = f"citations-{list(world['article'].citations.all()).index(citation)}"
    assert send(staff, build_url(world["article"]), **{f"{prefix}__development": other.pk}).status_code == 302
    assert (fresh(other).reported_on, fresh(development).reported_on) == (factories.DAY, earlier.published)


def test_article_that_loses_cited_words_is_refused_at_the_quote(staff, world):
    response = send(staff, build_url(world["article"]), text="Other words.")
    assert read_errors(response) == {"citations-0-quote": QUOTE_LOST}


def test_text_and_quote_of_a_published_article_are_corrected_together(staff, world):
    corrected = {"text": "France told Kyiv.", "citations-0__quote": "France told Kyiv."}
    assert send(staff, build_url(world["article"]), **corrected).status_code == 302
    citation = Citation.objects.get()
    assert (citation.quote, citation.start, citation.end) == ("France told Kyiv.", 0, 17)


def test_article_that_loses_cited_words_is_refused_without_sight_of_citations(log_in_with, world):
    client = log_in_with("change_article")
    response = send(client, build_url(world["article"]), text="Other words.")
    assert list(read_errors(response)) == ["text"]


def test_article_dated_before_its_developments_is_refused_at_them(staff, world):
    early = "“2026-02-09” begins after the day of the article, 2026-02-08; a promised day is the `due` of the promise."
    response = send(staff, build_url(world["article"]), published="2026-02-08")
    assert read_errors(response) == {"citations-0-development": [early]}


@pytest.fixture
def swapped(world):
    """An article that cites one development twice."""
    article = factories.make_article(world["publisher"], text="aaa bbb, then ccc ddd.")
    development = factories.make_development(world["program"])
    for quote in ("aaa bbb", "ccc ddd"):
        factories.make_citation(article, development, quote)
    return article, development


@pytest.mark.parametrize("desk", [0, 1])
def test_two_quotes_of_one_development_change_places_in_one_save(staff, swapped, desk):
    first, second = swapped[0].citations.order_by("pk")
    swap = {"citations-0__quote": "ccc ddd", "citations-1__quote": "aaa bbb"}
    assert send(staff, build_url(swapped[desk]), **swap).status_code == 302
    assert (fresh(first).quote, fresh(first).start) == ("ccc ddd", 14)
    assert (fresh(second).quote, fresh(second).start) == ("aaa bbb", 0)
    assert first.history.count() == second.history.count() == 2


def test_quote_takes_the_place_that_another_leaves(staff, swapped):
    article, development = swapped
    moved = {"citations-0__quote": "ccc ddd", "citations-1__quote": "then"}
    assert send(staff, build_url(development), **moved).status_code == 302
    places = article.citations.order_by("pk").values_list("quote", "start")
    assert list(places) == [("ccc ddd", 14), ("then", 9)]


def test_citation_of_an_article_without_text_is_refused_at_the_quote(staff, world):
    blank = factories.make_article(world["publisher"], text="")
    response = add_development(staff, world, **{"citations-0__article": blank.pk})
    assert read_errors(response) == {"citations-0-quote": TEXTLESS}
    response = add_program(staff, world, **{"developments-2-0__article": blank.pk})
    assert read_errors(response) == {"developments-2-0-quote": TEXTLESS}
    row = {
        "citations__TOTAL_FORMS": "1",
        "citations-0__development": world["development"].pk,
        "citations-0__quote": factories.QUOTE,
    }
    assert read_errors(send(staff, build_url(blank), **row)) == {"citations-0-quote": TEXTLESS}
    assert send(staff, build_url(blank), text=factories.TEXT, **row).status_code == 302
    assert blank.citations.get().start == 0


def test_text_of_a_cited_article_cannot_be_taken_away(staff, world):
    response = send(staff, build_url(world["article"]), text="")
    assert read_errors(response) == {"citations-0-quote": TEXTLESS}


def test_draft_article_may_lack_its_text(staff, world):
    blank = factories.make_article(world["publisher"], text="")
    assert send(staff, build_url(blank), title="Still without text").status_code == 302
    assert (fresh(blank).title, fresh(blank).text) == ("Still without text", "")
