"""Saving at the desks: what becomes of what is typed, and what is refused at which field."""

import datetime

import pytest
from django.contrib.auth import get_user_model

from cooperation import ledger
from cooperation.models import Article, Citation, Development, Official, Partnership, Party, Program, System
from tests import factories
from tests.admin.conftest import build_url, read_errors, read_form, read_page, send

pytestmark = pytest.mark.django_db

QUOTE_LOST = ["These words do not occur in the text of the article."]
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


def test_program_with_systems_and_a_category_is_refused_at_the_category(staff, world):
    message = "A program with systems has their categories; name one of its own only where it has no system."
    assert read_errors(send(staff, build_url(world["program"]), category="missile")) == {"category": [message]}


def test_draft_may_be_saved_incomplete_and_a_published_record_not(staff, world):
    alone = factories.make_partnership(slug="alone")
    assert send(staff, build_url(alone), summary="Nobody yet.").status_code == 302
    assert fresh(alone).summary == "Nobody yet."
    refused = send(staff, build_url(world["partnership"]), parties=[world["party"].pk])
    assert read_errors(refused) == {"parties": ["A partnership needs at least two different parties."]}


def test_published_record_naming_a_draft_is_refused_at_the_field(staff, world):
    draft = factories.make_system(slug="draft-system")
    chosen = [world["system"].pk, draft.pk]
    message = "system “Draft-System” (draft-system) is not published."
    assert read_errors(send(staff, build_url(world["program"]), systems=chosen)) == {"systems": [message]}
    party = factories.make_party(slug="draft-party")
    refused = send(staff, build_url(world["official"]), party=party.pk)
    assert read_errors(refused) == {"party": ["party “Draft-Party” (draft-party) is not published."]}


def test_published_program_with_a_draft_party_in_a_role_is_refused_at_the_role(staff, world):
    party = factories.make_party(slug="draft-party")
    row = {"roles_held__TOTAL_FORMS": "3", "roles_held-2__role": "operator", "roles_held-2__party": party.pk}
    message = "party “Draft-Party” (draft-party) is not published."
    assert read_errors(send(staff, build_url(world["program"]), **row)) == {"roles_held-2-party": [message]}


def test_roles_are_added_and_deleted_and_settled(staff, world):
    row = {"roles_held__TOTAL_FORMS": "3", "roles_held-2__role": "operator", "roles_held-2__party": world["party"].pk}
    response = send(staff, build_url(world["program"]), **row, **{"roles_held-0__DELETE": "on"})
    assert response.status_code == 302
    held = {role: [party.slug for party in parties] for role, parties in fresh(world["program"]).roles.items()}
    assert held == {"supplier": ["france"], "operator": ["ukraine"]}


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
    factories.make_citation(earlier, world["development"])
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


def test_other_names_and_ids_are_plain_fields(staff):
    fields = {
        "name": "France",
        "slug": "france",
        "kind": "state",
        "country": "FR",
        "names_fr": "France",
        "names_uk": "",
        "external_ids_wikidata": "Q142",
        "aliases": "Paris\n\n French Republic ",
    }
    assert send(staff, build_url(Party, "add"), **fields).status_code == 302
    party = Party.objects.get()
    assert (party.names, party.external_ids) == ({"fr": "France"}, {"wikidata": "Q142"})
    assert (party.aliases, party.state) == (["Paris", "French Republic"], "draft")
    form = read_form(staff, build_url(party))
    shown = [form[name] for name in ("names_fr", "names_uk", "external_ids_wikidata", "aliases")]
    assert shown == [["France"], [""], ["Q142"], ["Paris\nFrench Republic"]]
    assert send(staff, build_url(party)).status_code == 302
    assert fresh(party).aliases == ["Paris", "French Republic"]


def test_other_names_and_ids_name_their_errors(staff, world):
    response = send(staff, build_url(world["party"]), external_ids_wikidata="142", aliases="Kyiv\nKyiv", country="")
    assert read_errors(response) == {
        "external_ids": ["“142” is not an id of wikidata."],
        "aliases": ["Aliases are a list of different names."],
        "country": ["A state needs its country code."],
    }


def test_slug_of_a_saved_record_is_read_only(staff, world):
    assert "slug" not in read_form(staff, build_url(world["party"]))
    assert send(staff, build_url(world["party"]), slug="renamed", name="Renamed").status_code == 302
    assert Party.objects.filter(slug="ukraine", name="Renamed").count() == 1


def test_slug_that_an_official_has_is_refused_at_the_slug(staff, world):
    fields = {"name": "Minister", "slug": "minister", "kind": "company"}
    message = "“minister” is already the id of a official; parties and officials share their ids."
    assert read_errors(send(staff, build_url(Party, "add"), **fields)) == {"slug": [message]}


def test_saving_never_publishes(staff, world):
    draft = factories.make_party(slug="draft")
    assert send(staff, build_url(draft), state="published", public="on", name="Changed").status_code == 302
    assert (fresh(draft).name, fresh(draft).state, fresh(draft).public) == ("Changed", "draft", False)


def test_saving_settles_relations_and_search(staff, world):
    other = factories.make_party(slug="other")
    ledger.publish([other])
    assert send(staff, build_url(world["system"]), makers=[other.pk], aliases="Фалькон").status_code == 302
    assert list(System.objects.matching("фалькон").values_list("slug", flat=True)) == ["rocket"]
    ledger.withdraw([other])
    assert (fresh(world["system"]).public, fresh(world["program"]).public) == (False, False)


def test_second_editor_is_told_who_saved_first(staff, world, client):
    partnership = world["partnership"]
    opened = read_form(staff, build_url(partnership))
    colleague = get_user_model().objects.create_superuser("colleague", "", "x")
    client.force_login(colleague)
    assert send(client, build_url(partnership), summary="Theirs.").status_code == 302
    response = client.post(build_url(partnership), {**opened, "summary": "Mine."})
    message = "colleague changed this record while you were editing; your text is still here, reload to see theirs."
    assert read_errors(response) == {"__all__": [message]}
    assert read_page(response).data["summary"] == ["Mine."]
    assert fresh(partnership).summary == "Theirs."


def test_second_editor_of_a_row_is_refused_and_of_other_rows_not(staff, world):
    opened = read_form(staff, build_url(world["program"]))
    assert send(staff, build_url(world["development"]), summary="Theirs.").status_code == 302
    refused = staff.post(build_url(world["program"]), {**opened, "developments-0-summary": "Mine."})
    assert list(read_errors(refused)) == ["developments-0-__all__"]
    assert fresh(world["development"]).summary == "Theirs."


def test_editor_of_one_noun_cannot_add_a_development_without_citing(log_in_with, world):
    client = log_in_with("change_program", "add_development", "view_development")
    form = read_form(client, build_url(world["program"]))
    assert "developments-2-TOTAL_FORMS" not in form
    assert client.get(build_url(Development, "add")).status_code == 403


def test_popup_adds_a_record_and_says_so(staff, world):
    fields = {"name": "Other", "slug": "other", "party": world["party"].pk}
    response = send(staff, build_url(Official, "add") + "?_popup=1", **fields)
    assert response.status_code == 200
    assert response.template_name[-1] == "admin/popup_response.html"
    assert Official.objects.filter(slug="other").count() == 1


def test_article_address_without_a_scheme_is_https(staff, world):
    assert send(staff, build_url(world["article"]), address="example.org/a").status_code == 302
    assert Article.objects.get().address == "https://example.org/a"


def test_partnership_with_a_date_that_is_none_is_refused_at_the_date(staff):
    fields = {"name": "Other", "slug": "other", "started": "lately"}
    assert list(read_errors(send(staff, build_url(Partnership, "add"), **fields))) == ["started"]
