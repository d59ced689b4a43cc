"""The value mapping: what staff may write, what is refused with its line, and what is added to it."""

import pytest

from cooperation.bundles.report import BundleError
from cooperation.imports.mapping import Entry, add_entries, read_mapping

WRITTEN = """# Ours, with remarks.
parties:
    # the usual spelling
    Czech Republic: czechia  # since 2016 Czechia
    "Congo, DR":

systems: {}  # none yet
# about units
units:
    SAM: missile
"""


def problems(content):
    with pytest.raises(BundleError) as caught:
        read_mapping(content.encode(), "m.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_spellings_are_found_without_case_accents_and_stray_signs():
    mapping = read_mapping("systems:\n  Mistral SH -: {id: null, reason: A ship.}\n  Éclair: eclair".encode(), "m.yaml")
    assert mapping.find("systems", "MISTRAL  sh") == Entry("Mistral SH -", 2, reason="A ship.")
    assert mapping.find("systems", "eclair*").values == ("eclair",)
    assert mapping.find("systems", "Mistral") is None


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("a: b: c", "m.yaml, line 1: is not YAML"),
        ("partys: {}", "m.yaml, line 1: “partys” is none of parties, systems, units, categories, modes, programs."),
        ("parties: [a]", "m.yaml, line 1, parties: is a mapping of spellings to ids."),
        ("parties:\n  A: null", "m.yaml, line 2, parties: “A”: say why it is no matter of this portal"),
        ("parties:\n  A: {id: null}", "m.yaml, line 2, parties: “A”: is an id, or {id: null, reason: …}"),
        ("parties:\n  A: [b, c]", "m.yaml, line 2, parties: “A”: takes one value."),
        ("parties:\n  A: B!", "m.yaml, line 2, parties: “A”: “B!” is not an id"),
        ("units:\n  A: 5", "m.yaml, line 2, units: “A”: “5” is not a unit"),
        ("modes:\n  A: gift", "m.yaml, line 2, modes: “A”: “gift” is not known; use one of supply, "),
        ("categories:\n  A: [missile, gun]", "m.yaml, line 2, categories: “A”: “gun” is not known"),
        ("systems:\n  A: {category: gun}", "m.yaml, line 2, systems: “A”: “gun” is not known"),
        ("parties:\n  A b: x\n  a-B: y", "m.yaml, line 3, parties: “a-B” has no words, or stands here twice."),
        ("parties:\n  '-': x", "m.yaml, line 2, parties: “-” has no words, or stands here twice."),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_line(content, words):
    (problem,) = problems(content)
    assert problem.startswith(words)


def test_entries_are_added_and_what_staff_wrote_stays():
    asked = {
        "parties": {"Czech republic": "known", "Frence": "1 row; france?"},
        "systems": {'Say "when": now': "2 rows"},
        "programs": {"900001": "1 row"},
    }
    text = add_entries(WRITTEN, asked, "m.yaml")
    assert (
        text
        == """# Ours, with remarks.
parties:
    # the usual spelling
    Czech Republic: czechia  # since 2016 Czechia
    "Congo, DR":
    "Frence":  # 1 row; france?

systems:  # none yet
  "Say \\"when\\": now":  # 2 rows
# about units
units:
    SAM: missile

programs:
  "900001":  # 1 row
"""
    )
    assert add_entries(text, asked, "m.yaml") == text
    assert not read_mapping(text.encode(), "m.yaml").find("parties", "frence").is_filled


def test_entries_make_a_file_that_is_not_there_yet():
    assert add_entries("", {"units": {"SAM": "1 row"}}, "m.yaml") == 'units:\n  "SAM":  # 1 row\n'


def test_section_in_one_line_asks_to_be_written_out():
    with pytest.raises(BundleError) as caught:
        add_entries("units: {SAM: missile}\n", {"units": {"Tank": "1 row"}}, "m.yaml")
    assert (
        str(caught.value) == "m.yaml, line 1, units: write one spelling a line below it, so that others can be added."
    )


@pytest.mark.parametrize("name", ["sipri", "kiel"])
def test_mapping_that_comes_with_the_project_can_be_read(name, settings):
    path = settings.BASE_DIR / "mappings" / f"{name}.yaml"
    mapping = read_mapping(path.read_bytes(), path.name)
    assert all(entry.is_filled for entries in mapping.sections.values() for entry in entries.values())
