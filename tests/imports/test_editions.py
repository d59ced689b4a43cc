"""Imports again: the same file, a corrected mapping, a newer edition; and what is published or edited stays."""

import pytest
from django.contrib.auth import get_user_model

from cooperation import ledger
from cooperation.models import Article, Citation, Development, Program
from tests.imports.making import MAPPING, deal, gift, import_kiel, import_sipri, make_world, reasons

pytestmark = pytest.mark.django_db
LAUNCHER = {"designation": "Rocket launcher", "description": "SAM system", "category": "Air defence systems"}
PATHS = ["/api/v1/programs/facets/", "/api/v1/programs/launchers-for-ukraine/", "/api/v1/developments/"]
PATHS += ["/api/v1/articles/", "/api/v1/partnerships/france-ukraine/", "/api/v1/search/?q=launcher", "/programs/"]


@pytest.fixture(autouse=True)
def _world():
    make_world()


def counts(report):
    return {outcome: number for outcome, number in report.loaded.counts().items() if number}


def publish(*slugs):
    """Publish the developments, with all that they name."""
    ledger.publish(Development.objects.filter(slug__in=slugs), along=True)


@pytest.mark.parametrize(
    "run",
    [
        lambda: import_sipri(deal(), deal(year="2024"), deal(2, **LAUNCHER), deal(3, supplier="Czech Republic")),
        lambda: import_kiel(
            gift(value=5, delivered=3), gift(package="FRM2", source="."), gift(package="CZM1", donor="Czechia")
        ),
    ],
)
def test_second_run_is_unchanged(run):
    first = run()
    assert (first.loaded.rejected, reasons(first)) == ([], {})
    again = run()
    assert list(counts(again)) == ["unchanged"]
    assert again.outcomes.rows == first.outcomes.rows


@pytest.mark.parametrize("run", [lambda **o: import_sipri(deal(), **o), lambda **o: import_kiel(gift(value=5), **o)])
def test_dry_run_tells_the_same_and_writes_nothing(run):
    before = Article.objects.count(), Program.objects.count(), Development.objects.count()
    dry = run(dry_run=True)
    assert (Article.objects.count(), Program.objects.count(), Development.objects.count()) == before
    real = run()
    assert (dry.loaded.created, dry.outcomes.rows) == (real.loaded.created, real.outcomes.rows)


def test_draft_claim_on_a_published_program_changes_nothing_public(client):
    before = [client.get(path).content for path in PATHS]
    assert all(b"aunchers" in page for page in before[1:])
    modified = Program.objects.get(slug="launchers-for-ukraine").modified
    report = import_sipri(deal(**LAUNCHER), deal(2))
    import_kiel(gift(item="Rocket launcher", delivered=2, value=7))
    assert report.outcomes.counts()["used"] == 2
    assert Development.objects.filter(program__slug="launchers-for-ukraine").count() == 5
    assert [client.get(path).content for path in PATHS] == before
    assert Program.objects.get(slug="launchers-for-ukraine").modified == modified


def test_corrected_mapping_corrects_the_drafts():
    import_sipri(deal())
    report = import_sipri(deal(), mapping=MAPPING.replace("SAM: missile", "SAM: round"))
    assert counts(report) == {"updated": 1, "unchanged": 3}
    assert Development.objects.get(slug="sipri-900001-delivered-2023").quantity["unit"] == "round"


def test_what_is_published_stays_and_a_newer_figure_stands_beside_it():
    import_sipri(deal(number="4"))
    publish("sipri-900001-order", "sipri-900001-delivered-2023")
    report = import_sipri(deal(number="6"), mapping=MAPPING.replace("SAM: missile", "SAM: round"))
    assert counts(report) == {"created": 2, "unchanged": 2, "left_over": 1}
    rows = Development.objects.filter(slug__contains="delivered").order_by("slug")
    assert [(r.slug, r.state, int(r.quantity["value"]), r.quantity["unit"]) for r in rows] == [
        ("sipri-900001-delivered-2023", "published", 4, "missile"),
        ("sipri-900001-delivered-2023-r2", "draft", 6, "round"),
    ]
    assert rows[0].public
    assert counts(import_sipri(deal(number="6"), mapping=MAPPING.replace("SAM: missile", "SAM: round"))) == {
        "unchanged": 4,
        "left_over": 1,
    }


def test_published_article_is_not_written_again_but_continued():
    import_sipri(deal())
    publish("sipri-900001-order")
    text = Article.objects.get(slug="sipri-france-to-ukraine-2025-01-20").text
    import_sipri(deal(), deal(900002))
    articles = Article.objects.filter(publisher__slug="sipri").order_by("slug")
    assert [(a.slug, a.state, a.citations.count()) for a in articles] == [
        ("sipri-france-to-ukraine-2025-01-20", "published", 2),
        ("sipri-france-to-ukraine-2025-01-20-r2", "draft", 2),
    ]
    assert articles[0].text == text


def test_newer_edition_cites_what_is_the_same_and_adds_what_is_new():
    import_sipri(deal(year="2022", number="4"), generated="20 January 2024")
    report = import_sipri(deal(year="2022", number="4"), deal(year="2023", number="2"))
    assert reasons(report) == {}
    found = {d.slug: sorted(c.article.slug[-10:] for c in d.citations.all()) for d in Development.objects.all()}
    assert found == {
        "launchers-for-ukraine-20220209-agreed": ["report"],
        "sipri-900001-order": ["2024-01-20", "2025-01-20"],
        "sipri-900001-delivered-2022": ["2024-01-20", "2025-01-20"],
        "sipri-900001-delivered-2023": ["2025-01-20"],
    }
    assert counts(import_sipri(deal(year="2022", number="4"), deal(year="2023", number="2"))) == {"unchanged": 5}


def test_newer_edition_of_the_tracker_updates_the_drafts():
    import_kiel(gift(units=10))
    report = import_kiel(gift(units=12), gift(package="FRM2"))
    assert counts(report) == {"created": 2, "updated": 2, "unchanged": 1}
    development = Development.objects.get(slug="kiel-frm1-rocket-30-contracted")
    assert (int(development.quantity["value"]), development.citations.get().start) != (10, None)


def test_draft_that_a_person_edited_stays():
    import_sipri(deal(), deal(2))
    editor = get_user_model().objects.create_superuser("editor", "", "x")
    development = Development.objects.get(slug="sipri-900001-delivered-2023")
    development.summary, development.quantity = "Checked.", {"value": 5, "qualifier": "about", "unit": "missile"}
    development._history_user = editor
    ledger.record(development)
    report = import_sipri(deal(), deal(2))
    assert counts(report) == {"unchanged": 7}
    development.refresh_from_db()
    assert (development.summary, development.quantity["qualifier"]) == ("Checked.", "about")


def test_withdrawn_claim_stays_withdrawn():
    import_sipri(deal())
    ledger.withdraw(Development.objects.filter(slug="sipri-900001-order"))
    assert counts(import_sipri(deal())) == {"unchanged": 4}
    assert Development.objects.get(slug="sipri-900001-order").state == "withdrawn"
    ledger.withdraw(Program.objects.filter(slug="sipri-900001"))
    assert reasons(import_sipri(deal())) == {13: ("refused", "its program “sipri-900001” is withdrawn")}


def test_two_exports_of_one_day_share_an_article_and_keep_each_other_s_words():
    import_sipri(deal())
    import_sipri(deal(2))
    import_sipri(deal())
    assert Article.objects.get(publisher__slug="sipri").citations.count() == 4
    assert Citation.objects.filter(start=None).count() == 0


def test_program_named_by_the_mapping_that_is_not_here_is_told():
    report = import_sipri(deal(), mapping=MAPPING + 'programs: {"900001": nowhere}\n')
    assert reasons(report) == {13: ("refused", "the mapping names the program “nowhere”, but there is none here")}
    report = import_sipri(deal(), mapping=MAPPING + 'programs: {"900001": {id: null, reason: A test.}}\n')
    assert reasons(report) == {13: ("not of this portal", "A test.")}
