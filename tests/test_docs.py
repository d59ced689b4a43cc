"""The papers say what is true: every key, command, variable and room occurs in them, and the example loads."""

import re
from pathlib import Path

import pytest

from cooperation.bundles.loader import load_documents
from cooperation.bundles.reader import read_bytes
from cooperation.bundles.shapes import DEVELOPMENT, SHAPES
from tests.test_architecture import LEVELS

ROOT = Path(__file__).resolve().parents[1]


def page(name):
    return (ROOT / name).read_text(encoding="utf-8")


def example():
    return re.search(r"```yaml\n(.*?)```", page("docs/data.md"), re.DOTALL)[1]


@pytest.mark.parametrize("shape", [*SHAPES.values(), DEVELOPMENT], ids=lambda shape: shape.section)
def test_each_key_of_the_bundle_is_documented(shape):
    missing = [key.name for key in shape.keys if f"`{key.name}`" not in page("docs/data.md")]
    assert missing == []


@pytest.mark.parametrize("shape", [*SHAPES.values(), DEVELOPMENT], ids=lambda shape: shape.section)
def test_example_uses_each_key(shape):
    optional_everywhere = {"names", "aliases", "external_ids", "state", "moves", "rank", "category"}
    missing = [
        key.name for key in shape.keys if f"{key.name}:" not in example() and key.name not in optional_everywhere
    ]
    assert missing == []


@pytest.mark.django_db
def test_example_loads_and_is_public():
    report = load_documents([("example.yaml", read_bytes(example().encode(), "example.yaml"))])
    assert (report.rejected, len(report.created)) == ([], 16)


def test_each_command_and_script_is_documented():
    commands = (path.stem for path in (ROOT / "cooperation/management/commands").glob("[a-z]*.py"))
    names = [f"manage.py {command}" for command in commands]
    names += [f"script/{path.name}" for path in (ROOT / "script").iterdir() if not path.name.startswith("_")]
    assert [name for name in names if name not in page("docs/operations.md")] == []


def test_each_room_is_in_the_architecture_page():
    assert [room for room in LEVELS if room.replace(".", "/") not in page("docs/architecture.md")] == []


def test_each_noun_is_in_the_concepts():
    nouns = [shape.model.__name__ for shape in [*SHAPES.values(), DEVELOPMENT]] + ["Citation"]
    assert [noun for noun in nouns if f"**{noun}**" not in page("docs/concepts.md")] == []


PAGES = ["README.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))]


@pytest.mark.parametrize("name", PAGES)
def test_each_relative_link_leads_to_a_file(name):
    links = re.findall(r"\]\(([^)\s]+)", page(name)) + re.findall(r'(?:src|href)="([^"]+)"', page(name))
    paths = [link.partition("#")[0] for link in links if not re.match(r"[a-z]+:", link)]
    assert [path for path in paths if not (ROOT / name).parent.joinpath(path).exists()] == []


def test_each_variable_of_the_settings_is_documented():
    used = set(re.findall(r'read_[a-z_]+\("([A-Z_]+)"', page("portal/settings.py")))
    assert used
    assert sorted(name for name in used if name not in page("docs/operations.md")) == []
