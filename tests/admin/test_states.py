"""Publishing, withdrawing and deleting at the desks."""

import pytest

from cooperation import ledger
from cooperation.admin import base
from cooperation.models import Article, Development, Party, Program, Publisher
from tests import factories
from tests.admin.browsing import build_url, read_form, read_messages, read_page, send

pytestmark = pytest.mark.django_db


def run(client, action, *records, **more):
    """Run an action of the list on `records` and return the page that answers."""
    data = {"action": action, "_selected_action": [record.pk for record in records], **more}
    return client.post(build_url(records[0], "changelist"), data, follow=True)


def read_states(*records):
    return [type(record).objects.values_list("state", flat=True).get(pk=record.pk) for record in records]


@pytest.fixture
def drafts():
    """A draft article that reports a draft development of a draft program, and all that these name."""
    parties = [factories.make_party(slug="france"), factories.make_party(slug="ukraine")]
    partnership = factories.make_partnership(parties, slug="france-ukraine")
    program = factories.make_program(partnership, slug="aircraft")
    article = factories.make_article(factories.make_publisher(slug="gazette"), slug="report")
    development = factories.make_development(program, slug="agreed")
    factories.make_citation(article, development)
    return {
        "parties": parties,
        "partnership": partnership,
        "program": program,
        "article": article,
        "agreed": development,
    }


def test_publish_lists_all_that_is_missing_with_links(staff, drafts):
    response = run(staff, "publish", drafts["partnership"])
    france, ukraine = (build_url(party) for party in drafts["parties"])
    assert read_messages(response) == [
        "Nothing was published, because this is missing:"
        f'<div>france-ukraine: party “France” (france) is not published. <a href="{france}">Open “France”</a></div>'
        f'<div>france-ukraine: party “Ukraine” (ukraine) is not published. <a href="{ukraine}">Open “Ukraine”</a></div>'
        "“Publish with all that it names” publishes the drafts among them along."
    ]
    assert read_states(drafts["partnership"]) == ["draft"]


def test_publish_lists_a_broken_rule_with_a_link_to_the_record_itself(staff):
    alone = factories.make_partnership(slug="alone")
    (message,) = read_messages(run(staff, "publish_along", alone))
    assert message == (
        "Nothing was published, because this is missing:<div>alone: A partnership needs at least two different "
        f'parties. <a href="{build_url(alone)}">Open “Alone”</a></div>'
    )


def test_publish_with_a_name_like_markup_is_escaped(staff):
    party = factories.make_party(slug="p", name="<b>Bold</b>")
    assert read_messages(run(staff, "publish", party)) == [
        f'Published: <a href="{build_url(party)}">&lt;b&gt;Bold&lt;/b&gt;</a>.'
    ]


def test_publish_along_publishes_what_is_named(staff, drafts):
    run(staff, "publish_along", drafts["partnership"])
    assert read_states(drafts["partnership"], *drafts["parties"]) == ["published"] * 3
    assert read_states(drafts["program"], drafts["article"]) == ["draft", "draft"]


def test_publish_reported_publishes_article_developments_and_subjects(staff, drafts):
    run(staff, "publish_reported", drafts["article"])
    published = [drafts["article"], drafts["agreed"], drafts["program"], drafts["partnership"], *drafts["parties"]]
    assert read_states(*published) == ["published"] * 6
    program = Program.objects.get()
    assert (program.public, program.stage) == (True, "agreed")


def test_publish_reported_leaves_withdrawn_developments(staff, drafts):
    ledger.withdraw([drafts["agreed"]])
    run(staff, "publish_reported", drafts["article"])
    assert read_states(drafts["article"], drafts["agreed"]) == ["published", "withdrawn"]


def test_publish_of_a_hidden_record_names_the_withdrawn_one(staff, world):
    ledger.withdraw([world["party"]])
    (message,) = read_messages(run(staff, "publish_along", world["program"]))
    link = f'<a href="{build_url(world["party"])}">Open “Ukraine”</a>'
    assert message.startswith("Nothing was published, because this is missing:")
    assert f"<div>rockets-for-ukraine: party “Ukraine” (ukraine) is not published. {link}</div>" in message
    assert read_states(world["party"], world["program"]) == ["withdrawn", "published"]


def test_publish_of_a_public_record_says_that_it_was_so(staff, world):
    assert read_messages(run(staff, "publish", world["program"])) == ["All of them were published before."]


def test_publish_of_a_program_without_a_public_development_says_what_it_waits_for(staff, world):
    ledger.withdraw([world["development"]])
    link = f'<a href="{build_url(world["program"])}">Rockets-For-Ukraine</a>'
    assert read_messages(run(staff, "publish", world["program"])) == [
        f"Published before, and hidden until one of their developments is public: {link}."
    ]


def test_withdrawal_hides_what_names_the_record(staff, world):
    response = run(staff, "withdraw", world["publisher"])
    link = f'<a href="{build_url(world["publisher"])}">Gazette</a>'
    assert read_messages(response) == [f"Withdrawn: {link}. What names them is hidden with them."]
    assert read_states(world["publisher"], world["article"]) == ["withdrawn", "published"]
    assert [model.objects.filter(public=True).count() for model in (Article, Development, Program)] == [0, 0, 0]


def test_actions_without_the_right_to_change_are_not_offered_and_do_nothing(log_in_with, world):
    client = log_in_with("view_party")
    draft = factories.make_party(slug="draft")
    run(client, "publish", draft)
    run(client, "withdraw", world["party"])
    assert read_states(draft, world["party"]) == ["draft", "published"]
    tags = read_page(client.get(build_url(Party, "changelist"))).tags
    assert "action" not in [attrs.get("name") for _, attrs in tags]


def test_publish_along_of_what_the_user_may_not_change_is_refused(log_in_with, drafts):
    client = log_in_with("view_partnership", "change_partnership", "view_party")
    (message,) = read_messages(run(client, "publish_along", drafts["partnership"]))
    assert message.startswith("Nothing was published: you may not change the party “")
    assert read_states(drafts["partnership"], *drafts["parties"]) == ["draft"] * 3


def test_button_saves_and_publishes(staff):
    party = factories.make_party(slug="france")
    url = build_url(party)
    response = staff.post(url, {**read_form(staff, url), "name": "France", "_publish": "1"})
    assert (response.status_code, response.headers["Location"]) == (302, url)
    assert Party.objects.values_list("name", "state", "public").get() == ("France", "published", True)
    names = [attrs.get("name") for _, attrs in read_page(staff.get(url)).tags]
    assert ("_withdraw" in names, "_publish" in names) == (True, False)


def test_button_that_cannot_publish_saves_all_the_same(staff, drafts):
    url = build_url(drafts["partnership"])
    response = staff.post(url, {**read_form(staff, url), "summary": "Kept.", "_publish": "1"}, follow=True)
    saved, refused = read_messages(response)
    assert (saved, refused.split(":")[0]) == ("Saved.", "Nothing was published, because this is missing")
    drafts["partnership"].refresh_from_db()
    assert (drafts["partnership"].summary, drafts["partnership"].state) == ("Kept.", "draft")
    assert "kept" in drafts["partnership"].search_text


def test_button_that_withdraws_needs_no_second_page(staff, world):
    send(staff, build_url(world["program"]), _withdraw="1")
    assert read_states(world["program"]) == ["withdrawn"]


def test_delete_of_a_named_record_is_refused_with_the_list(staff, world):
    url = build_url(world["program"], "delete")
    response = staff.get(url)
    link = f'<a href="{build_url(world["development"])}">rockets-agreed</a>'
    assert response.context["protected"] == [f"Development: {link}"]
    assert staff.post(url, {"post": "yes"}).context["protected"] == [f"Development: {link}"]
    assert Program.objects.count() == 1


def test_delete_of_an_article_names_the_developments_it_earns(staff, world):
    response = staff.get(build_url(world["article"], "delete"))
    assert response.context["protected"] == [
        f'Development: <a href="{build_url(world["development"])}">rockets-agreed</a>'
    ]


def test_delete_of_a_party_names_what_relates_to_it(staff, world):
    france = Party.objects.get(slug="france")
    kinds = [line.split(":")[0] for line in staff.get(build_url(france, "delete")).context["protected"]]
    assert sorted(kinds) == ["Instrument", "Partnership", "Program", "System"]


def test_delete_settles_what_the_record_was_counted_in(staff, world):
    response = staff.post(build_url(world["development"], "delete"), {"post": "yes"})
    assert response.status_code == 302
    assert (Development.objects.count(), Program.objects.get().stage, Program.objects.get().public) == (0, "", False)


def test_delete_action_refuses_named_records_and_takes_families_whole(staff, world):
    parent = factories.make_party(slug="parent")
    child = factories.make_party(slug="child", parent=parent)
    run(staff, "delete_selected", parent, post="yes")
    assert Party.objects.filter(slug="parent").count() == 1
    run(staff, "delete_selected", parent, child, post="yes")
    assert Party.objects.filter(slug__in=["parent", "child"]).count() == 0
    response = run(staff, "delete_selected", world["publisher"], post="yes")
    assert response.context["protected"] == [f'Article: <a href="{build_url(world["article"])}">Report</a>']
    assert Publisher.objects.count() == 1


def test_delete_names_no_more_records_than_can_be_read(staff, world, monkeypatch):
    monkeypatch.setattr(base, "MOST_KEEPERS", 2)
    with ledger.writing():
        for _ in range(3):
            factories.make_program(world["partnership"])
    lines = staff.get(build_url(world["partnership"], "delete")).context["protected"]
    assert ([line.split(":")[0] for line in lines[:2]], lines[2:]) == (["Program"] * 2, ["And more."])


@pytest.mark.parametrize(("number", "more"), [(2, []), (3, ["And more."])])
def test_delete_names_a_program_once_whatever_the_roles_in_it(staff, world, monkeypatch, number, more):
    monkeypatch.setattr(base, "MOST_KEEPERS", 2)
    with ledger.writing():
        party = factories.make_party()
        for _ in range(number):
            factories.make_program(world["partnership"], roles={"supplier": [party], "licensor": [party]})
    lines = staff.get(build_url(party, "delete")).context["protected"]
    assert ([line.split(":")[0] for line in lines[:2]], lines[2:]) == (["Program"] * 2, more)
