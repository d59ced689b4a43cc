"""The ledger: what it derives, what it refuses, what it lists."""

import datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from simple_history.models import HistoricalRecords

from cooperation import ledger
from cooperation.models import Article, Citation, Development, Party, Program, ProgramRole
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return factories.make_world()


def fresh(record):
    return type(record).objects.get(pk=record.pk)


def add_development(world, stage, date="2026-02-09", article=None, **fields):
    development = factories.make_development(world["program"], stage=stage, date=date, **fields)
    factories.make_citation(article or world["article"], development)
    ledger.publish([development])
    return development


def test_publish_makes_everything_public(world):
    assert [type(r).__name__ for r in world.values() if not fresh(r).public] == []
    program = fresh(world["program"])
    assert (program.stage, program.latest_day) == ("agreed", factories.DAY)
    assert fresh(world["partnership"]).latest_day == factories.DAY


def test_withdrawn_party_hides_all_that_names_it_and_keeps_their_states(world):
    ledger.withdraw([world["party"]])
    hidden = {name for name, record in world.items() if not fresh(record).public}
    assert hidden == {"party", "official", "partnership", "program", "article", "development"}
    assert fresh(world["program"]).state == "published"
    ledger.publish([world["party"]])
    assert {name for name, record in world.items() if not fresh(record).public} == set()


def test_withdrawn_article_hides_its_developments_and_settles_their_programs(world):
    ledger.withdraw([world["article"]])
    program = fresh(world["program"])
    assert (fresh(world["development"]).public, program.public, program.stage, program.latest_day) == (
        False,
        False,
        "",
        None,
    )


def test_stage_is_that_of_the_latest_day_then_the_furthest(world):
    add_development(world, "contracted", "2026-01")
    assert fresh(world["program"]).stage == "agreed"
    add_development(world, "pledged")
    assert fresh(world["program"]).stage == "pledged"


@pytest.mark.parametrize("fields", [{"moves": False}, {"rank": "deprecated", "rank_reason": "a misreading"}])
def test_stage_leaves_out_what_does_not_move_or_is_deprecated(world, fields):
    add_development(world, "delivered", **fields)
    assert fresh(world["program"]).stage == "agreed"


def test_effective_day_is_not_later_than_the_first_report(world):
    early = factories.make_article(world["publisher"], published=datetime.date(2026, 2, 3))
    development = add_development(world, "delivered", "2026-02")
    assert fresh(development).effective_day == datetime.date(2026, 2, 9)
    factories.make_citation(early, development)
    assert fresh(development).effective_day == datetime.date(2026, 2, 9)
    ledger.publish([early])
    assert fresh(development).effective_day == datetime.date(2026, 2, 3)


def test_moved_development_settles_both_programs(world):
    other = factories.make_program(world["partnership"])
    ledger.publish([other])
    development = fresh(world["development"])
    development.program = other
    ledger.record(development)
    assert (fresh(other).stage, fresh(other).public) == ("agreed", True)
    assert (fresh(world["program"]).stage, fresh(world["program"]).public) == ("", False)


def test_publish_lists_all_that_is_missing_and_changes_nothing():
    party = factories.make_party()
    partnership = factories.make_partnership([party])
    program = factories.make_program(partnership)
    development = factories.make_development(program)
    with pytest.raises(ledger.NotPublishable) as refusal:
        ledger.publish([partnership, development])
    assert [(o.record, o.key, o.missing) for o in refusal.value.obstacles] == [
        (partnership, "parties", party),
        (partnership, "parties", None),
        (development, "program", program),
        (development, "citations", None),
    ]
    assert fresh(partnership).state == fresh(development).state == "draft"


def test_refused_publication_leaves_the_rest_of_the_block_settled(world):
    with ledger.writing():
        program = factories.make_program(world["partnership"])
        development = factories.make_development(world["program"], stage="delivered", state="published")
        factories.make_citation(world["article"], development)
        with pytest.raises(ledger.NotPublishable):
            ledger.publish([factories.make_partnership(), program])
    assert (fresh(world["program"]).stage, fresh(program).state) == ("delivered", "draft")


def test_publish_along_publishes_the_drafts_that_are_named(world):
    maker = factories.make_party()
    system = factories.make_system([maker])
    program = factories.make_program(world["partnership"], [system])
    article = factories.make_article(factories.make_publisher())
    development = factories.make_development(program)
    factories.make_citation(article, development)
    changed = ledger.publish([development], along=True)
    assert {r.slug for r in changed} == {
        r.slug for r in (maker, system, program, article, article.publisher, development)
    }
    assert fresh(program).public


def test_publish_refuses_a_development_that_begins_after_its_article(world):
    development = factories.make_development(world["program"], date="2026-03")
    factories.make_citation(world["article"], development)
    with pytest.raises(ledger.NotPublishable, match="begins after the day of the article"):
        ledger.publish([development])


def test_delete_of_a_named_record_is_refused_with_the_naming_ones(world):
    with pytest.raises(ProtectedError) as refusal:
        ledger.delete(world["system"])
    assert refusal.value.protected_objects == [world["program"]]
    with pytest.raises(ProtectedError):
        ledger.delete(world["article"])
    assert Article.objects.count() == 1


def test_delete_of_a_development_settles_its_program(world):
    add_development(world, "delivered")
    ledger.delete(Development.objects.get(stage="delivered"))
    assert fresh(world["program"]).stage == "agreed"
    assert Citation.objects.count() == 1


def test_record_relocates_the_quotes_of_a_changed_text(world):
    article = world["article"]
    article.text = f"In Paris. {factories.QUOTE}"
    ledger.record(article)
    citation = article.citations.get()
    assert article.text[citation.start : citation.end] == factories.QUOTE


def test_quotes_that_come_to_begin_alike_do_not_clash(world):
    article = factories.make_article(world["publisher"], text="six jets. six jets now.")
    for quote in ("six jets.", "six jets now."):
        factories.make_citation(article, world["development"], quote)
    article.text = "six jets. now six jets now."
    ledger.record(article)
    article.text = "six jets."
    ledger.record(article)
    assert sorted(article.citations.values_list("quote", "start")) == [("six jets now.", None), ("six jets.", 0)]


def test_search_text_follows_names_and_aliases(world):
    system = world["system"]
    system.aliases = ["Ракета-Ї"]
    ledger.record(system)
    assert [p.slug for p in Program.objects.matching("ракета")] == ["rockets-for-ukraine"]


def test_failed_block_leaves_nothing(world):
    def fail():
        with ledger.writing():
            factories.make_party(slug="lost")
            raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        fail()
    assert not Party.objects.filter(slug="lost").exists()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"stage": ""}, "development_program_stage"),
        ({"stage": "signed"}, "development_stage_code"),
        ({"rank": "preferred"}, "development_rank_reason"),
        ({"quantity_value": 6}, "development_quantity_whole"),
        (
            {"quantity_qualifier": "between", "quantity_min": 4, "quantity_max": 2, "quantity_unit": "battery"},
            "development_quantity_whole",
        ),
        ({"amount_qualifier": "exact", "amount_value": 6}, "development_amount_whole"),
        ({"program": None}, "development_one_subject"),
    ],
)
def test_database_refuses_what_breaks_a_rule(world, fields, constraint):
    development = fresh(world["development"])
    for name, value in fields.items():
        setattr(development, name, value)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ledger.record(development)


def test_obstacle_names_the_root_of_what_is_hidden(world):
    ledger.withdraw([world["party"]])
    development = factories.make_development(world["program"])
    factories.make_citation(factories.make_article(world["publisher"]), development)
    with pytest.raises(ledger.NotPublishable) as refusal:
        ledger.publish([development], along=True)
    assert {o.missing for o in refusal.value.obstacles} == {world["party"]}
    with pytest.raises(ledger.NotPublishable):
        ledger.publish([world["program"]])


def test_publish_along_reaches_a_draft_behind_a_published_record(world):
    party = fresh(world["party"])
    party.state = "draft"
    ledger.record(party)
    assert not fresh(world["program"]).public
    assert [r.slug for r in ledger.publish([world["program"]], along=True)] == ["ukraine"]
    assert fresh(world["program"]).public


def test_article_that_would_date_a_development_back_is_refused(world):
    older = factories.make_article(world["publisher"], published=datetime.date(2026, 1, 1))
    factories.make_citation(older, world["development"])
    with pytest.raises(ledger.NotPublishable, match="begins after the day of the article, 2026-01-01"):
        ledger.publish([older])


def read_history(model):
    """Return what history says of the rows of `model`, entry by entry, with what was linked."""
    entries = []
    for row in model.objects.order_by("pk"):
        for entry in row.history.order_by("history_id"):
            fields = {f.attname: getattr(entry, f.attname) for f in model.history.model.tracked_fields}
            del fields["id"]
            fields.pop("created", None)
            for field in model.history.model._history_m2m_fields:
                fields[field.name] = sorted(
                    getattr(entry, field.name).values_list(f"{field.m2m_reverse_field_name()}__slug")
                )
            named = (entry.history_type, entry.history_user_id, entry.history_change_reason)
            entries.append((*named, {name: value for name, value in fields.items() if not name.endswith("_id")}))
    return entries


def write_programs(write):
    """Write two programs and change them again, with `write(drafts)`."""
    parties = [factories.make_party(slug=slug) for slug in ("a", "b", "c")]
    systems = [factories.make_system(slug=slug) for slug in ("r", "s", "t")]
    instrument = factories.make_instrument(slug="loan")
    partnership = factories.make_partnership(parties, slug="all")
    programs = [Program(slug=f"p{n}", name=f"P{n}", partnership=partnership, mode="supply") for n in range(2)]
    write([(programs[0], {"systems": systems[:2], "roles": {"supplier": parties[:2]}}), (programs[1], {})])
    programs[0].name, programs[1].category = "Other", "missile"
    changes = {"roles": {"supplier": parties[1:]}, "instruments": [instrument], "systems": systems[1:]}
    write([(programs[0], changes), (programs[1], {"systems": []})])


def test_record_all_leaves_what_record_leaves():
    left = []
    for write in (ledger.record_all, lambda drafts: [ledger.record(row, **relations) for row, relations in drafts]):
        with transaction.atomic():
            write_programs(write)
            roles = ProgramRole.objects.order_by("role", "party__slug").values_list(
                "program__slug", "role", "party__slug"
            )
            rows = Program.objects.order_by("slug").values_list(
                "slug", "name", "category", "search_text", "systems__slug"
            )
            deleted = ProgramRole.history.filter(history_type="-").count()
            left.append([read_history(Program), read_history(ProgramRole), sorted(rows), list(roles), deleted])
            transaction.set_rollback(True)
    assert left[0] == left[1]
    assert [entry[0] for entry in left[0][0]] == ["+", "~", "~", "~", "~", "~", "+", "~"]


def test_record_all_names_the_token_in_history(rf):
    with_token = rf.get("/")
    with_token.auth = "loader-1"
    HistoricalRecords.context.request = with_token
    try:
        ledger.record_all([(Party(slug="elbonia", name="Elbonia", kind="company"), {})])
    finally:
        del HistoricalRecords.context.request
    assert Party.objects.get().history.get().history_change_reason == "API token loader-1"
