"""Loading: upsert, identity, errors in words, nothing half done."""

import random

import pytest

from cooperation import ledger
from cooperation.bundles.dumper import dump_documents
from cooperation.models import Article, Citation, Development, Partnership, Party, Program, System
from tests.bundles.conftest import ARTICLE, REFERENCE, load, problems

pytestmark = pytest.mark.django_db


def repeat(**changes):
    """Return an article of 10 February that repeats the pledge of the 9th."""
    fields = {"quantity": "{value: 6, unit: rocket}", "summary": "Six, again.", **changes}
    return f"""
articles:
  - id: later
    title: Six rockets
    publisher: gazette
    published: 2026-02-10
    language: en
    kind: press
    said_by: minister
    text: The minister promised six rockets.
    developments:
      - program: rockets
        date: 2026-02-09
        stage: pledged
        summary: {fields["summary"]}
        quantity: {fields["quantity"]}
        quote: promised six rockets
"""


def test_load_creates_and_a_second_run_reports_unchanged():
    first = load(REFERENCE, ARTICLE)
    assert (dict(first.counts())["created"], first.rejected) == (10, [])
    before = list(Program.objects.values_list("modified", flat=True))
    second = load(REFERENCE, ARTICLE)
    assert {k: v for k, v in second.counts().items() if v} == {"unchanged": 10}
    assert list(Program.objects.values_list("modified", flat=True)) == before
    program = Program.objects.visible().get()
    assert (program.stage, program.categories) == ("pledged", ["missile"])


def test_dry_run_reports_the_same_and_writes_nothing():
    report = load(REFERENCE, ARTICLE, dry_run=True)
    assert len(report.created) == 10
    assert Party.objects.count() == Citation.objects.count() == 0


def test_absent_key_leaves_null_clears_and_a_list_replaces():
    load(REFERENCE)
    load("systems: [{id: rocket, name: Big Rocket}]")
    rocket = System.objects.get()
    assert (rocket.name, rocket.category, rocket.aliases) == ("Big Rocket", "missile", ["Ракета"])
    load("systems: [{id: rocket, aliases: null, makers: []}]")
    rocket.refresh_from_db()
    assert (rocket.aliases, rocket.makers.count()) == ([], 0)
    load("systems: [{id: rocket, makers: [ukraine]}]")
    assert [maker.slug for maker in rocket.makers.all()] == ["ukraine"]


def test_state_of_an_existing_record_changes_only_where_it_is_given():
    load(REFERENCE)
    ledger.withdraw([System.objects.get()])
    load("systems: [{id: rocket, name: Rocket 2}]")
    assert System.objects.get().state == "withdrawn"
    load("systems: [{id: rocket, state: published}]")
    assert System.objects.get().public


def test_development_gets_an_id_once_and_is_matched_by_what_it_says():
    load(REFERENCE, ARTICLE)
    assert set(Development.objects.values_list("slug", flat=True)) == {
        "rockets-20260209-agreed-minister",
        "rockets-20260209-pledged-minister",
    }


def test_another_article_with_the_same_statement_adds_a_citation():
    load(REFERENCE, ARTICLE)
    report = load(repeat())
    assert report.updated == ["developments/rockets-20260209-pledged-minister"]
    pledge = Development.objects.get(stage="pledged")
    assert (pledge.summary, pledge.citations.count(), str(pledge.effective_day)) == (
        "Six are promised.",
        2,
        "2026-02-09",
    )
    assert {k: v for k, v in load(repeat()).counts().items() if v} == {"unchanged": 2}


@pytest.mark.parametrize("quantity", ["{value: 7, unit: rocket}", "{value: 6, unit: launcher}"])
def test_the_same_statement_with_another_figure_is_an_error(quantity):
    sentence = "differs from what “rockets-20260209-pledged-minister” says already; give it its own id to keep both."
    together = problems(REFERENCE, ARTICLE, repeat(quantity=quantity))
    load(REFERENCE, ARTICLE)
    assert together == [f"2.yaml, line 16, quantity: {sentence}"]
    assert problems(repeat(quantity=quantity)) == [f"0.yaml, line 16, quantity: {sentence}"]


def test_an_article_may_correct_its_own_figure():
    load(REFERENCE, ARTICLE)
    report = load(ARTICLE.replace("value: 6", "value: 8"))
    assert report.updated == ["developments/rockets-20260209-pledged-minister"]
    assert Development.objects.get(stage="pledged").quantity["value"] == 8


def test_changed_quote_moves_the_citation_and_keeps_its_number():
    load(REFERENCE, ARTICLE)
    load(ARTICLE.replace("quote: Six rockets were promised.", "quote: Six rockets"))
    assert [c.quote for c in Citation.objects.order_by("start")] == ["Both agreed on rockets.", "Six rockets"]


def test_text_and_quotes_may_change_together_but_no_cited_words_may_be_lost():
    load(REFERENCE, ARTICLE)
    assert load(ARTICLE.replace("Both agreed on rockets.", "The two agreed on rockets.")).rejected == []
    lost = ARTICLE.replace("Both agreed on rockets. Six", "Some").partition("    developments:")[0]
    assert problems(lost) == [
        "0.yaml, line 11, text: the words “The two agreed on rockets.” do not occur in the text of report."
    ]


def test_left_over_developments_are_reported_and_withdrawn_on_request():
    load(REFERENCE, ARTICLE)
    shorter = ARTICLE[: ARTICLE.index("      - program: rockets\n        stage: pledged")]
    assert load(shorter).left_over == ["developments/rockets-20260209-pledged-minister"]
    assert Program.objects.get().stage == "pledged"
    assert load(shorter, withdraw=True).withdrawn == ["developments/rockets-20260209-pledged-minister"]
    assert Program.objects.get().stage == "agreed"
    assert {k: v for k, v in load(shorter, withdraw=True).counts().items() if v} == {"unchanged": 2}


def test_left_over_development_that_another_article_reports_is_not_withdrawn():
    load(REFERENCE, ARTICLE, repeat())
    shorter = ARTICLE[: ARTICLE.index("      - program: rockets\n        stage: pledged")]
    assert load(shorter, withdraw=True).left_over == ["developments/rockets-20260209-pledged-minister"]
    assert Development.objects.get(stage="pledged").state == "published"


def test_all_errors_are_told_at_once_with_file_line_and_key():
    broken = """parties:
  - {id: France, name: France, kind: state}
  - {id: norway, name: Norway, kind: country, country: NOR}
  - {id: norway, name: Norway, kind: state, country: NO}
  - {id: x, name: X, kind: company, colour: red}
articles:
  - id: a
    published: 2025-13-40
"""
    assert problems(broken) == [
        "0.yaml, line 2, id: “France” is not an id; use small letters, digits and single hyphens.",
        "0.yaml, line 3, country: is longer than 2 characters.",
        "0.yaml, line 3, kind: “country” is not known; use one of state, international-organisation, government-body, "
        "armed-force, company, research-body, other.",
        "0.yaml, line 4, id: “norway” is already defined in 0.yaml, line 3.",
        "0.yaml, line 5, colour: the key “colour” is not known; did you mean “country”? use one of id, name, kind, "
        "country, parent, names, aliases, external_ids, state.",
        "0.yaml, line 8, published: “2025-13-40” is not a day; write it as 2026-02-09.",
    ]
    assert Party.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            ("quote: Both agreed", "quote: All agreed"),
            "line 16, quote: these words do not occur in the text of the article",
        ),
        (
            ("program: rockets", "program: missiles"),
            "line 13, program: “missiles” is neither in the input nor in the database",
        ),
        (
            ("stage: agreed", "date: 2026-03\n        stage: agreed"),
            "line 14, date: “2026-03” begins after the day of the article",
        ),
        (("stage: agreed", "due: soon\n        stage: agreed"), "line 14, due: “soon” is not a date that can be read"),
        (("value: 6", "min: 6, max: 2"), "line 20, quantity: “min” must be below “max”."),
        (("value: 6, unit: rocket", "value: 6"), "line 20, quantity: A number needs its unit."),
        (
            ("stage: agreed", "rank: preferred\n        stage: agreed"),
            "rank_reason: A rank other than normal needs a written reason",
        ),
        (("published: 2026-02-09", "published: 2199-01-01"), "line 6, published: 2199-01-01 lies in the future"),
        (("        stage: agreed\n", ""), "stage: A development of a program needs a stage."),
    ],
)
def test_statement_that_breaks_a_rule_is_refused_at_its_key(change, sentence):
    found = problems(REFERENCE, ARTICLE.replace(*change, 1))
    assert [p for p in found if sentence in p], found
    assert Article.objects.count() == 0


def test_records_that_break_a_rule_over_rows_are_refused():
    assert problems(REFERENCE.replace("parties: [france, ukraine]", "parties: [france]")) == [
        "0.yaml, line 12, parties: A partnership needs at least two different parties."
    ]
    assert problems(REFERENCE.replace("systems: [rocket]", "systems: [rocket]\n    category: naval")) == [
        "0.yaml, line 19, category: A program with systems has their categories; name one of its own only where it has "
        "no system."
    ]


def test_circle_of_parents_is_refused():
    circle = "parties:\n- {id: a, name: A, kind: company, parent: b}\n- {id: b, name: B, kind: company, parent: a}"
    (sentence,) = problems(circle)
    assert sentence in (
        "0.yaml, line 2, parent: a circle of parents: a → b → a.",
        "0.yaml, line 3, parent: a circle of parents: b → a → b.",
    )


def test_published_record_that_names_a_draft_is_refused():
    load(REFERENCE.replace("category: missile,", "category: missile, state: draft,").partition("programs:")[0])
    assert problems("programs:" + REFERENCE.partition("programs:")[2]) == [
        "0.yaml, line 6, systems: system “Rocket” (rocket) is not published."
    ]


def test_party_and_official_share_their_ids():
    load(REFERENCE)
    assert problems("officials: [{id: france, name: F, party: ukraine}]") == [
        "0.yaml, line 1, id: “france” is already the id of another party or official; they share their ids."
    ]


def test_two_articles_cannot_have_one_address():
    with_address = ARTICLE.replace("kind: press", "kind: press\n    address: https://example.org/a")
    load(REFERENCE, with_address)
    other = with_address.replace("id: report", "id: other").partition("    developments:")[0]
    assert problems(other) == ["0.yaml, line 9, address: the article “report” has this address."]


def test_shuffled_loading_gives_the_same_database():
    texts = [REFERENCE, ARTICLE, repeat()]
    load(*texts)
    expected = list(dump_documents())
    for seed in range(3):
        for model in (Citation, Development, Article, Program):
            for row in model.objects.all():
                ledger.delete(row)
        later = texts[1:]
        random.Random(seed).shuffle(later)
        load(REFERENCE, *later) if seed else [load(REFERENCE), *map(load, reversed(texts[1:]))]
        assert list(dump_documents()) == expected


def test_draft_default_keeps_everything_from_the_public():
    load(REFERENCE, ARTICLE, default_state="draft")
    assert (Program.objects.count(), Program.objects.visible().count(), Party.objects.visible().count()) == (1, 0, 0)


EARLIER = """
articles:
  - id: earlier
    title: Before
    publisher: gazette
    published: 2026-02-09
    language: en
    kind: press
    text: Rockets will come.
    developments:
      - {id: pledge, quote: Rockets will come.}
"""
STATED = ARTICLE.replace(
    "- program: rockets\n        stage: pledged", "- id: pledge\n        program: rockets\n        stage: pledged"
)
STATED = STATED.replace("published: 2026-02-09", "published: 2026-02-10").replace(
    "stage: pledged", "stage: pledged\n        date: 2026-02-08"
)


@pytest.mark.parametrize("together", [True, False])
def test_citation_alone_never_decides_even_if_it_came_first(together):
    reports = [load(REFERENCE, STATED, EARLIER)] if together else [load(REFERENCE, STATED), load(EARLIER)]
    assert [report.rejected for report in reports] == [[]] * len(reports)
    pledge = Development.objects.get(slug="pledge")
    assert (pledge.date, pledge.said_by.slug, pledge.channel) == ("2026-02-08", "minister", "telegram")
    assert str(pledge.reported_on) == "2026-02-09"


def test_earlier_article_that_states_another_day_is_refused():
    load(REFERENCE, STATED)
    stating = EARLIER.replace("{id: pledge,", "{id: pledge, program: rockets,")
    assert [p.partition(": ")[2][:45] for p in problems(stating)] == [
        "differs from what “pledge” says already; give"
    ] * 2


def test_article_moved_before_its_developments_is_refused():
    load(REFERENCE, ARTICLE)
    assert problems("articles: [{id: report, published: 2026-02-01}]")[0].startswith(
        "0.yaml, line 1, date: “2026-02-09” begins after the day of the article, 2026-02-01"
    )


def test_passages_may_change_places():
    both = ARTICLE.replace("stage: pledged", "stage: agreed").replace(
        "        quantity: {value: 6, unit: rocket}\n", ""
    )
    assert load(REFERENCE, both).rejected == []
    turned = both.replace(
        "Both agreed on rockets. Six rockets were promised.", "Six rockets were promised. Both agreed on rockets."
    )
    assert load(turned).rejected == []
    assert [c.quote for c in Citation.objects.order_by("start")] == [
        "Six rockets were promised.",
        "Both agreed on rockets.",
    ]


def test_development_may_be_counted_in_a_later_one_of_the_input():
    counted = ARTICLE.replace("stage: agreed", "stage: agreed\n        counted_in: pledge").replace(
        "- program: rockets\n        stage: pledged", "- id: pledge\n        program: rockets\n        stage: pledged"
    )
    assert load(REFERENCE, counted).rejected == []
    assert Development.objects.get(stage="agreed").counted_in.slug == "pledge"


def test_program_that_moves_settles_both_partnerships():
    load(REFERENCE, ARTICLE)
    other = "partnerships: [{id: other, name: Other, parties: [france, ukraine]}]"
    load(f"{other}\nprograms: [{{id: rockets, partnership: other}}]")
    days = dict(Partnership.objects.values_list("slug", "latest_day"))
    assert (days["france-ukraine"], str(days["other"])) == (None, "2026-02-09")
