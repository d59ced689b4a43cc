"""What readers with copies are told: a new edition when the public changes, and what was public and is withdrawn."""

import datetime
from itertools import pairwise

import pytest
from django.db import transaction

from cooperation import ledger
from cooperation.models import Article, Development, Edition, Official, Party, Program, Withdrawal
from cooperation.models.editions import read_edition
from tests import factories

pytestmark = pytest.mark.django_db
LONG_AGO = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture
def world(db):
    return factories.make_world()


def age(*models):
    """Make all rows old, as if they had been written long ago."""
    for model in models:
        model.objects.update(modified=LONG_AGO)


def find_fresh(model):
    return sorted(model.objects.exclude(modified=LONG_AGO).values_list("slug", flat=True))


def withdrawn():
    return sorted(Withdrawal.objects.values_list("noun", "slug"))


def test_no_edition_before_the_first_write():
    assert read_edition() is None


def test_each_public_write_is_a_new_edition_in_a_second_of_its_own(world):
    editions = [read_edition()]
    for _ in range(3):
        ledger.publish([factories.make_party()])
        editions.append(read_edition())
    assert len({edition.key for edition in editions}) == 4
    steps = [later.at - earlier.at for earlier, later in pairwise(editions)]
    assert min(steps) >= datetime.timedelta(seconds=1)
    assert Edition.objects.count() == 1


@pytest.mark.parametrize(
    "write",
    [
        lambda world: ledger.record(factories.make_party(name="Elbonia")),
        lambda world: ledger.delete(factories.make_party()),
        lambda world: factories.make_partnership([world["party"], factories.make_party()]),
        lambda world: ledger.withdraw([factories.make_program(world["partnership"])]),
        lambda world: factories.make_development(world["program"]),
        lambda world: factories.make_citation(
            factories.make_article(world["publisher"]), factories.make_development(world["program"])
        ),
    ],
    ids=["record", "delete", "with-a-public-party", "withdraw", "of-a-public-program", "cited"],
)
def test_draft_begins_no_edition(world, write):
    before = read_edition().key
    write(world)
    assert read_edition().key == before


@pytest.mark.parametrize("noun", ["party", "official", "partnership", "program", "development", "article"])
def test_public_record_that_changes_begins_an_edition(world, noun):
    before = read_edition().key
    world[noun].refresh_from_db()
    ledger.record(world[noun])
    assert read_edition().key != before


def test_public_record_that_is_deleted_begins_an_edition(world):
    for each in (
        world["program"].roles_held.first(),
        world["development"],
        world["article"],
    ):
        before = read_edition().key
        ledger.delete(each)
        assert read_edition().key != before, each


def test_ledger_that_wrote_nothing_keeps_the_edition(world):
    before = read_edition().key
    with ledger.writing():
        pass
    assert read_edition().key == before


def test_write_that_fails_keeps_the_edition(world):
    before = read_edition().key
    with transaction.atomic():
        factories.make_party()
        transaction.set_rollback(True)
    assert read_edition().key == before


def test_draft_leaves_no_trace(world):
    draft = factories.make_party()
    ledger.withdraw([draft])
    ledger.delete(factories.make_party())
    assert withdrawn() == []


def test_record_published_and_withdrawn_in_one_transaction_leaves_no_trace(world):
    with ledger.writing():
        brief = factories.make_party()
        ledger.publish([brief])
        ledger.withdraw([brief])
    assert withdrawn() == []


def test_record_whose_publication_was_refused_leaves_no_trace(world):
    party = factories.make_party()
    with pytest.raises(ledger.NotPublishable):
        ledger.publish([party, factories.make_program(world["partnership"], [factories.make_system()])])
    assert (withdrawn(), Party.objects.visible().filter(pk=party.pk).exists()) == ([], False)


def test_withdrawn_record_takes_along_what_names_it(world):
    before = Withdrawal(at=read_edition().at)
    ledger.withdraw([Party.objects.get(slug="france")])
    assert withdrawn() == [
        ("development", "rockets-agreed"),
        ("instrument", "fund"),
        ("partnership", "france-ukraine"),
        ("party", "france"),
        ("program", "rockets-for-ukraine"),
        ("system", "rocket"),
    ]
    assert {each.at for each in Withdrawal.objects.all()} != {before.at}


def test_record_that_is_public_again_is_forgotten(world):
    ledger.withdraw([world["official"]])
    assert ("official", "minister") in withdrawn()
    ledger.publish([world["official"]])
    assert withdrawn() == []


def test_second_withdrawal_tells_its_own_moment(world):
    publisher = factories.make_publisher()
    ledger.publish([publisher])
    ledger.withdraw([publisher])
    Withdrawal.objects.update(at=LONG_AGO)
    ledger.publish([publisher])
    ledger.withdraw([publisher])
    assert Withdrawal.objects.get().at > LONG_AGO


def test_deleted_record_is_withdrawn(world):
    ledger.delete(world["development"])
    assert withdrawn() == [("development", "rockets-agreed"), ("program", "rockets-for-ukraine")]


def test_program_changes_with_each_public_development(world):
    older = factories.make_development(world["program"], slug="older", date="2026-01", stage="interest")
    factories.make_citation(world["article"], older)
    age(Program)
    ledger.publish([older])
    assert find_fresh(Program) == ["rockets-for-ukraine"]
    age(Program)
    older.summary = "Told otherwise."
    ledger.record(older)
    assert find_fresh(Program) == ["rockets-for-ukraine"]
    age(Program)
    ledger.withdraw([older])
    assert find_fresh(Program) == ["rockets-for-ukraine"]


def test_program_changes_with_a_deleted_development(world):
    older = factories.make_development(world["program"], slug="older", date="2026-01", stage="interest")
    factories.make_citation(world["article"], older)
    ledger.publish([older])
    age(Program)
    ledger.delete(older)
    assert find_fresh(Program) == ["rockets-for-ukraine"]


def test_both_programs_change_when_a_development_moves(world):
    other = factories.make_program(world["partnership"], slug="other")
    second = factories.make_development(world["program"], slug="second")
    factories.make_citation(world["article"], second)
    ledger.publish([other, second])
    age(Program)
    second.program = other
    ledger.record(second)
    assert find_fresh(Program) == ["other", "rockets-for-ukraine"]


def test_nothing_changes_with_drafts(world):
    age(Program, Development, Article, Official)
    draft = factories.make_development(world["program"], slug="draft")
    article = factories.make_article(world["publisher"], slug="draft")
    factories.make_citation(article, world["development"])
    factories.make_citation(article, draft)
    draft.summary = "Told otherwise."
    ledger.record(draft)
    ledger.delete(draft)
    assert (find_fresh(Program), find_fresh(Development), find_fresh(Article)) == ([], [], ["draft"])


def test_development_changes_with_the_articles_that_report_it(world):
    article = factories.make_article(world["publisher"], slug="second")
    factories.make_citation(article, world["development"])
    age(Development, Program)
    ledger.publish([article])
    assert (find_fresh(Development), find_fresh(Program)) == (["rockets-agreed"], ["rockets-for-ukraine"])
    age(Development, Program)
    factories.make_citation(article, world["development"], "Both discussed missiles.")
    assert (find_fresh(Development), find_fresh(Program)) == (["rockets-agreed"], ["rockets-for-ukraine"])
    age(Development, Program)
    ledger.withdraw([article])
    assert (find_fresh(Development), find_fresh(Program)) == (["rockets-agreed"], ["rockets-for-ukraine"])


def test_partnership_changes_with_statements_on_the_whole(world):
    statement = factories.make_development(partnership=world["partnership"], slug="words", stage="", date="2025")
    factories.make_citation(world["article"], statement)
    age(type(world["partnership"]))
    ledger.publish([statement])
    assert find_fresh(type(world["partnership"])) == ["france-ukraine"]
