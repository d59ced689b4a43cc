"""A small published world, and files in the shapes of SIPRI and Kiel made of our own rows."""

import datetime
import io

from openpyxl import Workbook

from cooperation.imports import kiel, sipri
from cooperation.imports.importing import run_import
from cooperation.imports.mapping import read_mapping
from cooperation.imports.packages import SHEET
from tests.bundles.conftest import load

DAY = datetime.date(2025, 1, 20)
WORLD = """
parties:
  - {id: france, name: France, kind: state, country: FR}
  - {id: ukraine, name: Ukraine, kind: state, country: UA, aliases: [Україна]}
  - {id: czechia, name: Czechia, kind: state, country: CZ}
systems:
  - {id: rocket-30, name: Rocket 30, category: missile, aliases: [ROCKET-30 B1]}
  - {id: launcher, name: Rocket launcher, category: air-defence}
  - {id: mistral, name: Mistral, category: air-defence}
publishers:
  - {id: gazette, name: Gazette, kind: press, address: "https://gazette.example.org/"}
partnerships:
  - {id: france-ukraine, name: France–Ukraine, parties: [france, ukraine], started: "2022~"}
programs:
  - id: launchers-for-ukraine
    partnership: france-ukraine
    name: Launchers for Ukraine
    mode: supply
    systems: [launcher]
    roles: {supplier: [france], recipient: [ukraine]}
articles:
  - id: report
    title: Launchers agreed
    publisher: gazette
    published: 2022-02-09
    language: en
    kind: press
    address: https://gazette.example.org/launchers
    text: Both agreed on launchers.
    developments:
      - {program: launchers-for-ukraine, stage: agreed, summary: Agreed., quote: Both agreed on launchers.}
"""
MAPPING = """
parties:
  Czech Republic: czechia
systems:
  Mistral SH: {id: null, reason: "The ship class, not the missile."}
  Shells: {category: ammunition}
units:
  SAM: missile
  SAM system: system
  Heavy weapon: system
  Shells: shell
  Training: soldier
categories:
  Missiles: [missile, air-defence]
  Air defence systems: [air-defence]
  Ships: [naval]
  Heavy weapon: [air-defence, missile]
  Ammunition: [ammunition]
  Humanitarian: {id: null, reason: Humanitarian aid.}
modes:
  Training: training
"""
SIPRI_HEADER = (
    "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,"
    "Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,Delivery year is estimate,"
    "Status,SIPRI estimate,TIV deal unit,TIV delivery values,Local production"
)
PREAMBLE = ["Made-up rows for tests", "Query: all", "Note", "", "Note", "Note", "Note", "Source: ours", "Note"]
KIEL_HEADER = {
    "package": "ID",
    "donor": "Countries",
    "announced": "Announcement Date",
    "aid": "Type of Aid General",
    "aid_specific": "Type of Aid Specific",
    "currency": "Original Currency",
    "donation": "Type of donation (Allocation / Commitment)",
    "value": "Monetary Value as Given by Source",
    "item": "Items",
    "item_type": "Type of Item",
    "item_subtype": "Sub-type of item",
    "again": "Sub-type of item",
    "units": "No. of Units",
    "delivered": "No. of Units Delivered (in-kind military aid)",
    "euros": "Converted Value in EUR",
    "total": "Total ",
    "official": "Official Source",
    "source": "Source of Aid 1",
    "source_2": "Source of Aid 2",
    "source_3": "Source of Aid 3",
    "source_4": "Source of Aid 4",
    "delivery_source": "Source for Delivery",
}


def deal(deal_id=900001, /, **cells):
    """Return one line of the register."""
    given = {
        "supplier": "France",
        "recipient": "Ukraine",
        "designation": "ROCKET-30",
        "description": "SAM",
        "category": "Missiles",
        "order": "2022",
        "order_estimate": "No",
        "number": "4",
        "number_estimate": "No",
        "year": "2023",
        "year_estimate": "No",
        "status": "New",
        "local": "No",
        **cells,
    }
    *others, local = given.values()
    return ",".join(map(str, [deal_id, *others, "1", "1", "1", local]))


def register(*lines, generated="20 January 2025", header=SIPRI_HEADER):
    """Return the bytes of an export; its first row of data is row 13."""
    return "\n".join([*PREAMBLE, f"Data generated: {generated}", "Note", header, *lines]).encode() + b"\n"


def gift(**cells):
    """Return one row of the tracker, by our names of its columns."""
    return {
        "package": "FRM1",
        "donor": "France",
        "announced": datetime.datetime(2023, 3, 1),
        "aid": "Military",
        "aid_specific": "Weapons and equipment",
        "currency": "EUR",
        "donation": "Allocation",
        "value": ".",
        "item": "Rocket-30",
        "item_type": "Heavy weapon",
        "units": 10,
        "delivered": ".",
        "euros": "#REF!",
        "source": "https://gov.example.fr/a",
        **cells,
    }


def tracker(*rows, header=KIEL_HEADER, sheet=SHEET):
    """Return the bytes of a workbook; its first row of data is row 2."""
    book = Workbook()
    page = book.active
    page.title = sheet
    page.append([*header.values(), None, None])
    for row in rows:
        page.append([row.get(name) for name in header])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def import_sipri(*lines, mapping=MAPPING, generated="20 January 2025", **options):
    """Import lines of the register and return the report."""
    data = register(*lines, generated=generated)
    return run_import(sipri, data, "deals.csv", read_mapping(mapping.encode(), "mapping.yaml"), **options)


def import_kiel(*rows, mapping=MAPPING, day=DAY, **options):
    """Import rows of the tracker and return the report."""
    values = read_mapping(mapping.encode(), "mapping.yaml")
    return run_import(kiel, tracker(*rows), "aid.xlsx", values, day=day, **options)


def make_world():
    """Load the world and say that it is accepted."""
    assert load(WORLD).rejected == []


def reasons(report):
    """Return `{row: (outcome, reason)}` for the rows that were not used."""
    return {number: told for number, told in report.outcomes.rows.items() if told[0] != "used"}
