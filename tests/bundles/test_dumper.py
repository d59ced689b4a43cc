"""Dump and load again gives the same; the schema follows the shapes."""

import io
import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from cooperation import ledger
from cooperation.bundles import dumper, reader, shapes
from cooperation.bundles.loader import load_documents, load_paths
from cooperation.models import Article, Citation, Development, Official, Partnership, Party, Program, Publisher, System
from cooperation.models import Instrument as Money
from tests.bundles.conftest import ARTICLE, REFERENCE, ROOT, load

NOUNS = (Party, Official, System, Money, Publisher, Partnership, Program, Article, Development)
ODD = """
articles:
  - id: odd
    title: "null"
    publisher: gazette
    published: 2026-02-10
    language: uk
    kind: press
    said_by: minister
    said_as: "007"
    channel: telegram
    text: "— Ні: «ракети», 6 or so.\\n\\n# not a comment\\n  indented 2026"
    developments:
      - {id: odd-one, program: rockets, date: "../2022-12-31", stage: contracted, summary: "true", said_by: null,
         channel: null, quantity: {min: 2, max: 4.5, qualifier: between, unit: battery, basis: additional, per: month},
         due: "2026-03~", amount: {qualifier: undisclosed}, credibility: 2, moves: false, rank: deprecated,
         rank_reason: "no: wrong", quote: "6 or so"}
      - {id: odd-two, partnership: france-ukraine, summary: "12:30", said_by: france, counted_in: odd-one,
         state: draft, quote: "not a comment indented"}
"""


def columns(model):
    """Return all rows of `model` by id, without numbers, time stamps and names of foreign rows' numbers."""
    rows = {}
    for row in model.objects.all():
        fields = {f.name: getattr(row, f.name) for f in row._meta.fields if f.name not in ("id", "created", "modified")}
        fields = {name: getattr(value, "slug", value) for name, value in fields.items()}
        rows[row.slug] = {
            **fields,
            **{f.name: sorted(r.slug for r in getattr(row, f.name).all()) for f in row._meta.many_to_many},
        }
    return rows


def snapshot():
    """Return everything that a bundle carries, and what is settled from it."""
    citations = sorted(Citation.objects.values_list("article__slug", "development__slug", "quote", "start", "end"))
    roles = sorted(Program.objects.values_list("slug", "roles_held__role", "roles_held__party__slug"))
    return {model.__name__: columns(model) for model in NOUNS}, citations, roles


def delete_all():
    """Delete every record, those that nothing names any more first."""
    waiting = [row for model in NOUNS for row in model.objects.all()]
    while waiting:
        free = [row for row in waiting if not ledger.find_naming(row)]
        for row in free:
            ledger.delete(row)
        waiting = [row for row in waiting if row.pk]


def dumped():
    """Return the dump as documents, by way of YAML text."""
    documents = []
    for name, document in dumper.dump_documents():
        text = io.StringIO()
        dumper.write_yaml(document, text)
        documents.append((name, reader.read_bytes(text.getvalue().encode(), name)))
    return documents


@pytest.mark.django_db
@pytest.mark.parametrize("texts", [(REFERENCE, ARTICLE, ODD)])
def test_dump_and_load_into_an_empty_database_gives_the_same(texts):
    report = load(*texts)
    assert report.rejected == []
    ledger.withdraw([System.objects.get()])
    before, documents = snapshot(), dumped()
    delete_all()
    assert load_documents(documents).rejected == []
    assert snapshot() == before


@pytest.mark.django_db
def test_fixtures_load_dump_and_load_to_the_same():
    assert load_paths([ROOT / "fixtures"]).rejected == []
    before, documents = snapshot(), dumped()
    assert dict(load_documents(documents).counts())["updated"] == 0
    assert snapshot() == before


def test_schema_file_is_what_the_shapes_say():
    stored = json.loads((ROOT / "fixtures/bundle.schema.json").read_text())
    assert stored == json.loads(json.dumps(shapes.build_schema()))


def test_schema_accepts_the_fixtures_and_refuses_what_the_loader_refuses():
    schema = jsonschema.Draft202012Validator(shapes.build_schema())
    for path in sorted(Path(ROOT / "fixtures").rglob("*.yaml")):
        document = yaml.load(path.read_text(), Loader=yaml.SafeLoader)
        document = json.loads(json.dumps(document, default=str))
        assert list(schema.iter_errors(document)) == [], path
    for wrong in (
        {"parties": [{"name": "x"}]},
        {"parties": [{"id": "x", "kind": "country"}]},
        {"states": []},
        {"articles": [{"id": "a", "developments": [{"program": "p"}]}]},
    ):
        assert not schema.is_valid(wrong), wrong
