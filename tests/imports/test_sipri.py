"""The SIPRI register: deals over several rows, orders and running sums, and every row counted."""

import pytest

from cooperation.models import Article, Development, Partnership, Program
from tests.bundles.conftest import load
from tests.imports.making import deal, import_sipri, make_world, reasons

pytestmark = pytest.mark.django_db
TWIN = """
programs:
  - id: more-launchers
    partnership: france-ukraine
    name: More launchers
    mode: supply
    systems: [launcher]
    roles: {supplier: [france], recipient: [ukraine]}
"""


@pytest.fixture(autouse=True)
def _world():
    make_world()


def tell(prefix):
    rows = Development.objects.filter(slug__startswith=prefix).order_by("slug")
    return {row.slug.removeprefix(f"{prefix}-"): (row.stage, row.date, row.quantity, row.state) for row in rows}


def test_deal_over_several_rows_is_one_order_and_running_sums():
    report = import_sipri(
        deal(number_estimate="No", year="2022", number="4"),
        deal(year="2023", number="6", number_estimate="Yes"),
        deal(year="2024", number="", year_estimate="Yes"),
    )
    assert report.outcomes.counts() == {"used": 3, "merged": 0, "not of this portal": 0, "refused": 0}
    assert tell("sipri-900001") == {
        "order": ("contracted", "2022", None, "draft"),
        "delivered-2022": ("partly-delivered", "2022", {"value": 4, "qualifier": "exact", "unit": "missile"}, "draft"),
        "delivered-2023": ("partly-delivered", "2023", {"value": 10, "qualifier": "about", "unit": "missile"}, "draft"),
        "delivered-2024": (
            "partly-delivered",
            "2024~",
            {"value": 10, "qualifier": "at-least", "unit": "missile"},
            "draft",
        ),
    }
    program = Program.objects.get(slug="sipri-900001")
    assert (program.mode, program.state, program.external_ids) == ("supply", "draft", {"sipri": "900001"})
    assert {role: [p.slug for p in parties] for role, parties in program.roles.items()} == {
        "supplier": ["france"],
        "recipient": ["ukraine"],
    }


def test_article_holds_a_sentence_of_our_own_for_each_claim():
    import_sipri(deal(), deal(900002, order="2021", order_estimate="Yes", year="", number=""))
    article = Article.objects.get(publisher__slug="sipri")
    assert (article.slug, str(article.published), article.kind, article.state, article.address) == (
        "sipri-france-to-ukraine-2025-01-20",
        "2025-01-20",
        "database",
        "draft",
        "",
    )
    assert article.text.split("\n")[1:] == [
        "Deal 900001: Ukraine ordered ROCKET-30 (SAM) from France in 2022.",
        "Deal 900001: 4 ROCKET-30 (new) went from France to Ukraine in 2023, 4 so far.",
        "Deal 900002: Ukraine ordered ROCKET-30 (SAM) from France in about 2021.",
    ]
    assert article.citations.filter(start=None).count() == 0


def test_local_production_is_licensed_unless_the_mapping_says_co_production():
    import_sipri(deal(local="Yes"))
    program = Program.objects.get(slug="sipri-900001")
    assert (program.mode, sorted(program.roles)) == ("licensed-production", ["licensee", "licensor"])
    import_sipri(
        deal(900002, local="Yes"),
        mapping="modes: {ROCKET-30: co-production}\ncategories: {Missiles: missile}\nunits: {SAM: missile}",
    )
    program = Program.objects.get(slug="sipri-900002")
    assert (program.mode, len(program.roles["co-producer"])) == ("co-production", 2)


def test_deal_joins_the_one_program_of_the_same_partnership_mode_system_and_roles():
    same = {"designation": "Rocket launcher", "description": "SAM system", "category": "Air defence systems"}
    import_sipri(deal(**same), deal(900002, supplier="Ukraine", recipient="France", **same))
    joined = Development.objects.get(slug="sipri-900001-delivered-2023")
    assert (joined.program.slug, joined.moves) == ("launchers-for-ukraine", False)
    other_way = Development.objects.get(slug="sipri-900002-delivered-2023")
    assert (other_way.program.slug, other_way.moves) == ("sipri-900002", True)


def test_several_deals_of_one_program_add_their_tranches():
    mapping_line = {"designation": "Rocket launcher", "description": "SAM system", "category": "Air defence systems"}
    import_sipri(
        deal(900001, year="2022", number="4", **mapping_line),
        deal(900001, year="2023", number="2", **mapping_line),
        deal(900002, year="2023", number="3", **mapping_line),
    )
    rows = Development.objects.filter(slug__contains="delivered").order_by("slug")
    assert [(r.program.slug, r.quantity["value"], r.quantity_basis) for r in rows] == [
        ("launchers-for-ukraine", 4, "additional"),
        ("launchers-for-ukraine", 2, "additional"),
        ("launchers-for-ukraine", 3, "additional"),
    ]


def test_deal_that_fits_two_programs_asks_under_programs():
    assert load(TWIN).rejected == []
    line = deal(designation="Rocket launcher", description="SAM system", category="Air defence systems")
    report = import_sipri(line)
    words = "can belong to launchers-for-ukraine or more-launchers; say which under `programs`"
    assert reasons(report) == {13: ("refused", words)}
    assert [(u.section, u.spelling, u.suggestions) for u in report.unknown] == [
        ("programs", "900001", ["launchers-for-ukraine", "more-launchers"])
    ]
    told = "units: {SAM system: system}\ncategories: {Air defence systems: air-defence}\n"
    told += '\nprograms: {"900001": more-launchers}'
    assert reasons(import_sipri(line, mapping=told)) == {}
    assert Development.objects.get(slug="sipri-900001-order").program.slug == "more-launchers"


def test_new_parties_in_partnership_make_a_draft_of_it():
    import_sipri(deal(supplier="Czech Republic", recipient="France"))
    partnership = Partnership.objects.get(slug="czechia-france")
    assert (partnership.name, partnership.state) == ("Czechia–France", "draft")
    assert sorted(p.slug for p in partnership.parties.all()) == ["czechia", "france"]


def test_each_row_has_its_outcome_and_reason():
    report = import_sipri(
        deal(1, supplier="unknown supplier(s)"),
        deal(2, recipient="Made-up Front*"),
        deal(3, designation="Mistral SH -", category="Ships"),
        deal(4, designation="Imaginary"),
        deal(5, number='"1,200"'),
        deal(5, year="2024"),
        deal(6, order="0000"),
        deal(7, year="2031"),
        deal(8),
        deal(8),
        deal(9, number="", year="", order=""),
        deal(10, number="0"),
        deal(11, number="2", year=""),
        deal("no-number"),
        deal(12, order="2021"),
        deal(12, order="2022", year="2024"),
        deal(13, recipient="France"),
        deal(14, order="", number="2", year="2024"),
        deal(14, order="", number="3", year="2024"),
        "15,France",
        deal(15),
        deal(16, designation="ROCKET-30", category="Ships"),
        deal(17, local="Maybe"),
    )
    assert reasons(report) == {
        13: ("refused", "SIPRI does not know the supplier; a partnership needs both"),
        14: ("refused", "the party “Made-up Front*” is not known here"),
        15: ("not of this portal", "“Mistral SH”: The ship class, not the missile."),
        16: ("refused", "the system “Imaginary” is not known here"),
        17: ("refused", "Numbers delivered “1,200” is no plain whole number"),
        18: ("refused", "Numbers delivered “1,200” is no plain whole number"),
        19: ("refused", "Order date “0000” is no year"),
        20: ("refused", "Delivery year 2031 lies after the day of the export, 2025-01-20"),
        22: ("merged", "repeats row 21"),
        23: ("refused", "tells neither an order nor a delivery"),
        24: ("refused", "row 24 tells a delivery of 0"),
        25: ("refused", "row 25 tells a number delivered, but no year"),
        26: ("refused", "“no-number” is no id of a deal"),
        27: ("refused", "rows 27 and 28 of deal 12 differ in order"),
        28: ("refused", "rows 27 and 28 of deal 12 differ in order"),
        29: ("refused", "supplier and recipient are both “france”"),
        31: ("merged", "together with row 30"),
        32: ("refused", "row 32 has 2 cells, but the header has 17"),
        33: ("refused", "row 32 has 2 cells, but the header has 17"),
        34: ("refused", "the system “ROCKET-30” is not known here"),
        35: ("refused", "Local production “Maybe” is neither Yes nor No"),
    }
    assert report.outcomes.counts() == {"used": 2, "merged": 2, "not of this portal": 1, "refused": 18}


def test_unknown_values_of_a_row_are_told_at_once_with_what_they_look_like():
    report = import_sipri(deal(supplier="Frence", designation="Rocket 3O", description="Thing"))
    assert [(u.section, u.spelling, u.suggestions) for u in report.unknown] == [
        ("parties", "Frence", ["france"]),
        ("systems", "Rocket 3O", ["rocket-30"]),
        ("units", "Thing", []),
    ]
