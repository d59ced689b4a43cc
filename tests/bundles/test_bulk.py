"""Loading in bulk: batches change nothing but the time, and what a load holds and asks does not grow with them."""

import gc
import random
import weakref

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cooperation.bundles import loader, spool, writer
from cooperation.bundles.dumper import dump_documents
from cooperation.bundles.items import Item
from cooperation.bundles.loader import Phase, load_paths
from cooperation.bundles.reader import read_path
from cooperation.facets.stored import read_all
from cooperation.models import Citation, Development, Party, Program, SearchDocument
from tests.bundles.conftest import ARTICLE, REFERENCE, load, problems

pytestmark = pytest.mark.django_db
DRAFT = {"default_state": "draft"}
STAGES = ("interest", "agreed", "contracted", "delivered")


def make_programs(count):
    """Return a bundle of programs that name systems and parties of REFERENCE."""
    named = "partnership: france-ukraine, mode: supply, systems: [rocket], roles: {supplier: [france]}"
    lines = [f"  - {{id: program-{n}, name: Program {n}, {named}}}" for n in range(count)]
    return "\n".join(["programs:", *lines])


def make_article(number, programs):
    """Return a bundle of an article that tells something new of each program, and repeats what the one before told."""
    told = [f"Word {number} of {program}." for program in range(programs)]
    again = [f"Word {number - 1} of {program}." for program in range(programs)] if number else []
    lines = [
        f"articles:\n  - id: article-{number}\n    title: Article {number}\n    publisher: gazette",
        f"    published: 2026-02-{number + 1:02}\n    language: en\n    kind: press\n    said_by: minister",
        f"    text: {' '.join(told + again)}\n    developments:",
    ]
    for program, quote in enumerate(told):
        stage = STAGES[(number + program) % len(STAGES)]
        within = f"counted_in: told-0-{program}, " if number == 2 else ""
        facts = f"program: program-{program}, stage: {stage}, summary: Told {number}, {within}quote: {quote}"
        lines.append(f"      - {{id: told-{number}-{program}, {facts}}}")
    lines += [f"      - {{id: told-{number - 1}-{program}, quote: {quote}}}" for program, quote in enumerate(again)]
    return "\n".join(lines)


def join(*texts):
    """Return several bundles as one."""
    sections = {}
    for line in "\n".join(texts).splitlines():
        if line and not line.startswith(" "):
            lines = sections.setdefault(line, [])
        elif line:
            lines.append(line)
    return "\n".join("\n".join([name, *lines]) for name, lines in sections.items())


def count_history():
    """Return {model: number of history entries} of all models."""
    models = [m for m in apps.get_app_config("cooperation").get_models() if m.__name__.startswith("Historical")]
    return {model.__name__: model.objects.count() for model in models}


def read_loaded():
    """Return what a load leaves, without primary keys and moments."""
    derived = Development.objects.order_by("slug").values_list(
        "slug", "public", "effective_day", "place", "search_text"
    )
    programs = Program.objects.order_by("slug").values_list("slug", "public", "stage", "latest_day")
    citations = Citation.objects.order_by("article__slug", "start").values_list("quote", "start", "end")
    words = SearchDocument.objects.order_by("noun", "names", "words").values_list("noun", "names", "words")
    values = [(*name, len(now)) for name, now in read_all("programs") if name[0] in ("stage", "mode", "all")]
    return [*map(list, (derived, programs, citations, words)), values, list(dump_documents()), count_history()]


def empty():
    """Delete all rows that a load writes, past the ledger."""
    with connection.cursor() as cursor:
        for model in apps.get_app_config("cooperation").get_models(include_auto_created=True):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")


@pytest.fixture
def bundles():
    return [REFERENCE.partition("programs:")[0], make_programs(5), *(make_article(n, 5) for n in range(4))]


@pytest.mark.parametrize("batch", [1, 3, 1_000])
def test_batches_and_files_and_their_order_change_nothing(bundles, monkeypatch, batch):
    assert load(join(*bundles)).rejected == []
    expected = read_loaded()
    monkeypatch.setattr(writer, "BATCH", batch)
    for shuffled in (bundles, bundles[::-1], random.Random(batch).sample(bundles, len(bundles))):
        empty()
        assert load(*shuffled).rejected == []
        assert read_loaded() == expected


def test_a_late_problem_leaves_nothing(bundles):
    load(bundles[0].replace("category: missile,", "category: missile, state: draft,"))
    before = read_loaded()
    assert {p.message for p in load(*bundles[1:]).rejected} == {"system “Rocket” (rocket) is not published."}
    assert read_loaded() == before


@pytest.mark.parametrize("named", ["systems: [draft]", "roles: {supplier: [nobody]}"])
def test_stored_program_that_comes_to_name_a_draft_is_refused(bundles, named):
    load(*bundles)
    load("systems: [{id: draft, name: D, category: missile}]\nparties: [{id: nobody, name: N, kind: company}]", **DRAFT)
    assert ["is not published" in p.message for p in load(f"programs: [{{id: program-1, {named}}}]").rejected] == [True]


def count_queries(programs):
    """Return how many queries it takes to load some programs and three articles on each of them."""
    texts = [REFERENCE, make_programs(programs), *(make_article(number, programs) for number in range(3))]
    with CaptureQueriesContext(connection) as queries:
        assert load(*texts, dry_run=True).rejected == []
    return len(queries)


def test_number_of_queries_does_not_follow_the_number_of_records():
    assert count_queries(15) - count_queries(5) <= 2  # SQLite inserts some 25 developments in one statement


def test_one_document_is_held_at_a_time_and_each_phase_is_told(bundles, tmp_path, monkeypatch):
    read, held, told = [], [], []

    def read_and_note(path):
        document = read_path(path)
        read.append(weakref.ref(document))
        return document

    def take(phase, done, total):
        told.append((phase, done, total))
        if phase == Phase.READING:
            held.append(sum(document() is not None for document in read))

    for number, text in enumerate(bundles):
        (tmp_path / f"{number}.yaml").write_text(text)
    monkeypatch.setattr(loader, "read_path", read_and_note)
    assert load_paths([tmp_path], on_progress=take).rejected == []
    assert held == [1] * len(bundles)
    assert [(phase, done, total) for phase, done, total in told if done == total] == [
        ("reading", 6, 6),
        ("checking", 1, 1),
        ("writing", 50, 50),
        ("deriving", 1, 1),
        ("indexing", 1, 1),
    ]


def write_files(folder, texts):
    """Write bundles as files that are read in this order."""
    for number, text in enumerate(texts):
        (folder / f"{number:03}.yaml").write_text(text)


def count_held(folder, monkeypatch):
    """Return the most records of the input that are in memory at a time while a folder is loaded in small batches."""
    monkeypatch.setattr(writer, "BATCH", 5)
    monkeypatch.setattr(spool, "ROWS", 5)
    held = []

    def take(phase, done, total):
        gc.collect()
        # Asked of its type: a proxy among the objects answers for what it stands for, which may be gone.
        held.append(sum(issubclass(type(thing), Item | Development) for thing in gc.get_objects()))

    gc.freeze()  # what was there before need not be looked through each time
    try:
        assert load_paths([folder], on_progress=take).rejected == []
    finally:
        gc.unfreeze()
    return max(held)


def test_records_held_do_not_grow_with_the_input(tmp_path, monkeypatch):
    few, many = tmp_path / "few", tmp_path / "many"
    for folder, articles in ((few, 6), (many, 18)):
        folder.mkdir()
        told = [make_article(number, 3) for number in range(articles)]
        write_files(folder, [REFERENCE, make_programs(5 * articles), *told])
    assert count_held(many, monkeypatch) <= count_held(few, monkeypatch) + 3


def test_files_may_name_what_later_files_define(tmp_path):
    reference, _, programs = REFERENCE.partition("programs:")
    later = "parties: [{id: works, name: Works, kind: company, parent: group}]"
    last = "parties: [{id: group, name: Group, kind: company, parent: france}]"
    articles = [make_article(number, 3) for number in (2, 1, 0)]
    write_files(tmp_path, [*articles, make_programs(3), later, last, f"programs:{programs}", reference])
    assert load_paths([tmp_path]).rejected == []
    assert Party.objects.get(slug="works").parent.parent.slug == "france"
    assert Development.objects.get(slug="told-2-1").counted_in.slug == "told-0-1"


BROKEN = """
parties:
  - {id: nowhere, name: Nowhere, kind: state}
  - {id: branch, name: Branch, kind: company, parent: nowhere}
systems:
  - {id: tool, name: Tool, category: missile, makers: [branch]}
programs:
  - {id: first, partnership: france-ukraine, name: First, mode: supply, systems: [tool], category: naval}
  - {id: second, partnership: france-ukraine, name: Second, mode: supply, roles: {supplier: [branch]}}
  - {id: third, partnership: france-ukraine, name: Third, mode: supply, systems: [tool], category: missile}
articles:
  - {id: old, title: Old, publisher: gazette, published: 2199-01-01, language: en, kind: press, said_by: nowhere}
"""


@pytest.mark.parametrize("batch", [1, 2, 1_000])
def test_problems_of_all_batches_are_told_and_what_names_a_wrong_record_is_not(monkeypatch, batch):
    monkeypatch.setattr(writer, "BATCH", batch)
    category = "A program with systems has their categories; name one of its own only where it has no system."
    assert problems(BROKEN, REFERENCE) == [
        "0.yaml, line 3, country: A state needs its country code.",
        f"0.yaml, line 8, category: {category}",
        f"0.yaml, line 10, category: {category}",
        "0.yaml, line 12, published: 2199-01-01 lies in the future; an article is dated by the day it appeared.",
    ]
    assert count_history() == dict.fromkeys(count_history(), 0)


@pytest.mark.parametrize("batch", [1, 1_000])
def test_problems_of_developments_are_told_from_all_batches(bundles, monkeypatch, batch):
    monkeypatch.setattr(writer, "BATCH", batch)
    wrong = make_article(3, 4).replace("stage: agreed, ", "").replace("stage: contracted, ", "")
    assert problems(*bundles[:-1], wrong) == [
        "5.yaml, line 13, stage: A development of a program needs a stage.",
        "5.yaml, line 14, stage: A development of a program needs a stage.",
    ]
    assert Development.objects.count() == 0


CIRCLE = """
    developments:
      - {id: a, program: rockets, stage: agreed, summary: A, counted_in: c, quote: agreed}
      - {id: b, program: rockets, stage: agreed, summary: B, counted_in: a, quote: agreed}
      - {id: c, program: rockets, stage: agreed, summary: C, counted_in: b, quote: agreed}
"""


@pytest.mark.parametrize("batch", [1, 1_000])
def test_developments_counted_in_a_circle_are_refused(monkeypatch, batch):
    monkeypatch.setattr(writer, "BATCH", batch)
    article = ARTICLE.partition("\n    developments:")[0] + CIRCLE
    sentence = "A development cannot be counted in itself."
    assert problems(REFERENCE, article) == [f"1.yaml, line 15, counted_in: {sentence}"]
