"""The Kiel tracker: packages, three ways to give no number, dates in words, addresses as articles."""

import datetime

import pytest

from cooperation.models import Article, Development, Program
from tests.imports.making import gift, import_kiel, make_world, reasons

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world():
    make_world()


def test_allocation_and_what_was_handed_over_are_claims_of_one_program():
    report = import_kiel(gift(delivered=4), gift(package="FRM2", units=3, delivered=3, donation="Commitment"))
    assert report.outcomes.counts()["used"] == 2
    rows = Development.objects.filter(slug__startswith="kiel").order_by("slug")
    assert [(r.slug, r.stage, r.date, int(r.quantity["value"])) for r in rows] == [
        ("kiel-frm1-rocket-30-contracted", "contracted", "2023-03-01", 10),
        ("kiel-frm1-rocket-30-contracted-handed-over", "partly-delivered", "2023-03-01/2025-01-20", 4),
        ("kiel-frm2-rocket-30-pledged", "pledged", "2023-03-01", 3),
        ("kiel-frm2-rocket-30-pledged-handed-over", "delivered", "2023-03-01/2025-01-20", 3),
    ]
    assert [r.said_by and r.said_by.slug for r in rows] == ["france", None, "france", None]
    program = Program.objects.get(slug="kiel-frm1-rocket-30")
    assert (program.state, program.external_ids, program.name) == (
        "draft",
        {"kiel": "FRM1"},
        "Rocket-30 from France for Ukraine",
    )


def test_value_of_a_package_is_counted_once():
    import_kiel(
        gift(value=5000000, item="Imaginary"),
        gift(value=5000000),
        gift(value=5000000, item="Shells", item_type="Ammunition"),
        gift(value=".", item="Mistral"),
    )
    rows = Development.objects.exclude(amount_qualifier="")
    assert [(r.slug, r.partnership.slug, r.amount) for r in rows] == [
        (
            "kiel-frm1-value-contracted",
            "france-ukraine",
            {"value": 5000000, "qualifier": "exact", "currency": "EUR"},
        )
    ]
    assert rows.get().citations.get().quote == (
        "Package FRM1: The value of what France allocated in this package is 5000000 EUR."
    )


@pytest.mark.parametrize(
    ("cell", "quantity"),
    [
        (".", None),
        (None, None),
        ("undisclosed", {"qualifier": "undisclosed"}),
        ("Undisclosed ", {"qualifier": "undisclosed"}),
        ("Not given", {"qualifier": "unknown"}),
        (7.0, {"value": 7, "qualifier": "exact", "unit": "system"}),
    ],
)
def test_no_value_undisclosed_and_not_given_are_three_things(cell, quantity):
    import_kiel(gift(units=cell))
    assert Development.objects.get(slug="kiel-frm1-rocket-30-contracted").quantity == quantity


@pytest.mark.parametrize(
    ("cell", "date", "day"),
    [
        (datetime.datetime(2023, 3, 1), "2023-03-01", "2023-03-01"),
        ("until 12/31/2022", "../2022-12-31", "2022-12-31"),
        ("from 01/01/2023 until 12/31/2023", "2023-01-01/2023-12-31", "2023-12-31"),
        ("From 01/01/2024 until 12/31/2026", "2024-01-01/2026-12-31", "2025-01-20"),
        ("unclear, 03/22", "2022-03?", "2022-03-31"),
        ("3/9/2022", "2022-03-09", "2022-03-09"),
        ("03/2022", "2022-03", "2022-03-31"),
    ],
)
def test_dates_in_words_become_edtf_and_give_the_article_its_day(cell, date, day):
    import_kiel(gift(announced=cell))
    development = Development.objects.get(slug="kiel-frm1-rocket-30-contracted")
    assert (development.date, str(development.reported_on)) == (date, day)


def test_one_address_is_one_article_said_by_the_donor():
    page, other = "https://www.gazette.example.org/a", "https://gov.example.fr/b"
    import_kiel(
        gift(source=f"{page} and {other}.", source_2=page),
        gift(package="FRM2", source=page, announced=datetime.datetime(2023, 5, 1)),
        gift(package="CZM1", donor="Czech Republic", source=other, official="1"),
        gift(package="FRM3", source="."),
    )
    articles = {a.address: a for a in Article.objects.filter(slug__startswith="kiel")}
    assert {
        address: (a.publisher.slug, str(a.published), a.kind, a.said_by and a.said_by.slug, a.citations.count())
        for address, a in articles.items()
    } == {
        page: ("gazette", "2023-05-01", "press", "france", 2),
        other: ("gov-example-fr", "2023-03-01", "official-statement", None, 2),
        "": ("kiel", "2025-01-20", "database", None, 1),
    }
    assert Development.objects.get(slug="kiel-frm1-rocket-30-contracted").citations.count() == 2


def test_address_of_an_article_that_is_here_is_left_to_it():
    import_kiel(gift(source="https://gazette.example.org/launchers"))
    article = Article.objects.get(slug__startswith="kiel")
    assert (article.address, article.publisher.slug) == ("", "gazette")
    assert "https://gazette.example.org/launchers" in article.text
    assert Article.objects.get(slug="report").text == "Both agreed on launchers."


def test_training_and_equipment_without_a_system_make_programs_of_their_kind():
    import_kiel(
        gift(item="Crews", item_type="Training", units=30),
        gift(item="Shells", item_type="Ammunition", units=1000),
        gift(package="FRM2", item=".", units="."),
    )
    programs = Program.objects.filter(slug__startswith="kiel").order_by("slug")
    assert [(p.slug, p.mode, p.category, p.systems.count()) for p in programs] == [
        ("kiel-frm1-crews", "training", "", 0),
        ("kiel-frm1-shells", "supply", "ammunition", 0),
        ("kiel-frm2", "supply", "air-defence", 0),
    ]


def test_two_rows_of_one_item_add_their_tranches():
    import_kiel(gift(units=10), gift(units=5, announced=datetime.datetime(2023, 4, 1)))
    rows = Development.objects.filter(program__slug="kiel-frm1-rocket-30").order_by("slug")
    assert [(r.slug, int(r.quantity["value"]), r.quantity_basis) for r in rows] == [
        ("kiel-frm1-rocket-30-contracted", 10, "additional"),
        ("kiel-frm1-rocket-30-contracted-2", 5, "additional"),
    ]


def test_each_row_has_its_outcome_and_reason():
    report = import_kiel(
        gift(aid="Humanitarian"),
        gift(aid="Military-ish"),
        gift(donor="Atlantis"),
        gift(donation="Loan"),
        gift(announced="0000-00-00"),
        gift(announced="13/45/2022"),
        gift(announced="."),
        gift(announced=datetime.datetime(2026, 1, 1)),
        gift(units="1,200"),
        gift(units=-3),
        gift(units="#REF!"),
        gift(package="."),
        gift(),
        gift(),
        gift(package="FRM5", value=5, currency="euros"),
        gift(package="FRM6", value=5),
        gift(package="FRM6", value=6, item="Mistral"),
        gift(donor="Ukraine", package="UAM1"),
        gift(package="FRM7", announced=44562),
        gift(package="FRM8", units=float("nan")),
        gift(package="FRM9", units=True),
    )
    assert reasons(report) == {
        2: ("not of this portal", "“Humanitarian”: Humanitarian aid."),
        3: ("refused", "the category “Military-ish” is not known here"),
        4: ("refused", "the party “Atlantis” is not known here"),
        5: ("refused", "Type of donation “Loan” is neither Allocation nor Commitment"),
        6: ("refused", "Announcement Date “0000-00-00” is no date that can be read"),
        7: ("refused", "Announcement Date “13/45/2022” is no date that there is"),
        8: ("refused", "Announcement Date is empty"),
        9: ("refused", "its day 2026-01-01 lies after the day of the file, 2025-01-20"),
        10: ("refused", "No. of Units “1,200” is no plain number"),
        11: ("refused", "No. of Units “-3” is no plain number"),
        12: ("refused", "the stored value of No. of Units is the error #REF!"),
        13: ("refused", "“” is no ID of a package"),
        15: ("merged", "repeats row 14"),
        16: ("refused", "Original Currency “EUROS” is no ISO code such as EUR"),
        18: ("refused", "gives another value for package FRM6 than row 17"),
        19: ("refused", "donor and recipient are both “ukraine”"),
        20: ("refused", "Announcement Date “44562” is no date that can be read"),
        22: ("refused", "No. of Units “True” is no plain number"),
    }


def test_package_of_two_donors_is_refused_but_for_the_first():
    rows = (gift(), gift(donor="Czech Republic", value="undisclosed"))
    report = import_kiel(*rows)
    assert list(reasons(report).values()) == [("refused", "gives another donor for package FRM1 than row 2")]
    assert import_kiel(*rows).loaded.updated == []
