"""Saving at the desks: what becomes of what is typed, and what is refused at which field."""

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model

from cooperation import ledger
from cooperation.models import Article, Development, Official, Partnership, Party, System
from tests import factories
from tests.admin.browsing import build_url, read_errors, read_form, read_page, send

pytestmark = pytest.mark.django_db

QUOTE_LOST = ["These words do not occur in the text of the article."]
UNCITED = ["A development needs at least one citation: an article and its words."]


def fresh(record):
    return type(record).objects.get(pk=record.pk)


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


NEEDED = {
    "party": ["kind", "name", "slug"],
    "official": ["name", "party", "slug"],
    "system": ["category", "name", "slug"],
    "instrument": ["kind", "name", "slug"],
    "publisher": ["kind", "name", "slug"],
    "partnership": ["name", "slug"],
    "program": ["mode", "name", "partnership", "slug"],
    "article": ["kind", "language", "published", "publisher", "slug", "title"],
    "development": ["citations", "citations-0-article", "citations-0-quote", "date", "program", "summary"],
}


@pytest.mark.parametrize("noun", NEEDED)
def test_empty_form_names_the_fields_that_are_needed(staff, noun):
    response = send(staff, build_url(apps.get_model("cooperation", noun), "add"))
    assert sorted(read_errors(response)) == NEEDED[noun]


def test_half_filled_rows_name_the_fields_that_are_needed(staff, world):
    required = ["This field is required."]
    row = {"citations__TOTAL_FORMS": "2", "citations-1__quote": "Both discussed missiles."}
    assert read_errors(send(staff, build_url(world["article"]), **row)) == {"citations-1-development": required}
    assert read_errors(send(staff, build_url(world["development"]), **row)) == {"citations-1-article": required}
    row = {"citations__TOTAL_FORMS": "1", "citations-0__quote": "Both discussed missiles."}
    response = send(staff, build_url(Article, "add"), **row)
    assert sorted(read_errors(response)) == sorted(["citations-0-development", "citations-0-quote", *NEEDED["article"]])
    row = {"roles_held__TOTAL_FORMS": "3", "roles_held-2__role": "operator"}
    assert read_errors(send(staff, build_url(world["program"]), **row)) == {"roles_held-2-party": required}


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
    message = "“minister” is already the id of one of the officials; parties and officials share their ids."
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
