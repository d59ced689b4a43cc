"""`modified_since` tells what came, what changed, and what the public lost; of drafts it tells nothing."""

import datetime

import pytest
import time_machine

from cooperation import ledger
from cooperation.filters import FILTERS
from cooperation.models import Withdrawal
from tests import factories

LONG_AGO = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
SINCE = "modified_since=2026-02-01"
SINGULAR = {"parties": "party", "officials": "official", "publishers": "publisher", "articles": "article"}


def moment(slug):
    return Withdrawal.objects.get(slug=slug).at.isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize("noun", sorted(FILTERS))
def test_list_without_the_parameter_tells_no_withdrawals(world, get, noun):
    ledger.withdraw([world["article"], world["publisher"], world["official"], world["party"]])
    assert [row for row in get(f"{noun}/")[1]["results"] if "withdrawn" in row] == []


def test_withdrawn_record_is_told_after_the_rows(world, get):
    paper = factories.make_publisher(slug="paper")
    ledger.publish([paper])
    ledger.withdraw([paper])
    status, body = get(f"publishers/?{SINCE}")
    assert (status, body["count"]) == (200, 2)
    assert body["results"] == [
        get("publishers/gazette/")[1],
        {"id": "paper", "withdrawn": moment("paper")},
    ]


def test_what_is_hidden_with_another_is_withdrawn_for_its_noun(world, get):
    ledger.withdraw([world["official"]])
    for noun, slug in (("officials", "minister"), ("articles", "report"), ("developments", "rockets-agreed")):
        assert get(f"{noun}/?{SINCE}")[1]["results"] == [{"id": slug, "withdrawn": moment(slug)}]
    assert [row["id"] for row in get(f"parties/?{SINCE}")[1]["results"]] == ["france", "ukraine"]


def test_withdrawal_before_the_moment_is_not_told(world, get):
    ledger.withdraw([world["official"]])
    Withdrawal.objects.update(at=LONG_AGO)
    assert get(f"officials/?{SINCE}")[1]["results"] == []


def test_draft_is_not_told_and_a_record_that_is_back_is_a_row(world, get):
    draft = factories.make_official(world["party"], slug="draft")
    ledger.withdraw([draft, world["official"]])
    ledger.publish([world["official"]])
    assert [row.get("name") for row in get(f"officials/?{SINCE}")[1]["results"]] == ["Minister"]


def test_deleted_record_is_told(world, get):
    ledger.delete(world["development"])
    assert get(f"developments/?{SINCE}")[1]["results"] == [
        {"id": "rockets-agreed", "withdrawn": moment("rockets-agreed")}
    ]
    assert [row["id"] for row in get(f"programs/?{SINCE}")[1]["results"]] == ["rockets-for-ukraine"]


def test_withdrawals_stand_on_the_last_pages_and_count(world, get):
    papers = [factories.make_publisher(slug=f"paper-{letter}") for letter in "abc"]
    ledger.publish(papers)
    ledger.withdraw(papers)
    pages = [get(f"publishers/?{SINCE}&page_size=2&page={number}") for number in (1, 2, 3)]
    assert [[row["id"] for row in body["results"]] for _, body in pages[:2]] == [
        ["gazette", "paper-a"],
        ["paper-b", "paper-c"],
    ]
    assert [body["count"] for _, body in pages[:2]] == [4, 4]
    assert pages[2][0] == 404


def test_withdrawals_do_not_ask_other_parameters_and_have_no_fields(world, get):
    ledger.withdraw([world["official"]])
    rows = get(f"developments/?{SINCE}&stage=delivered&fields=summary")[1]["results"]
    assert rows == [{"id": "rockets-agreed", "withdrawn": moment("rockets-agreed")}]


def test_program_is_told_again_with_each_public_development(world, get):
    with time_machine.travel(datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC), tick=False):
        older = factories.make_development(world["program"], slug="older", date="2026-01", stage="interest")
        factories.make_citation(world["article"], older)
    rows = "programs/?modified_since=2099-01-01"
    with time_machine.travel(datetime.datetime(2099, 3, 1, tzinfo=datetime.UTC), tick=False):
        assert get(rows)[1]["results"] == []
        ledger.publish([older])
        assert [row["id"] for row in get(rows)[1]["results"]] == ["rockets-for-ukraine"]


@pytest.mark.parametrize("rows", [1, 3])
def test_queries(world, client, django_assert_num_queries, rows):
    papers = [factories.make_publisher() for _ in range(rows)]
    ledger.publish(papers)
    ledger.withdraw(papers)
    with django_assert_num_queries(6):
        assert client.get(f"/api/v1/publishers/?{SINCE}").json()["count"] == rows + 1
