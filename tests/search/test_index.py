"""What the search looks into: what is renewed after a write is what a rebuild finds, and nothing else is written."""

import random
from contextlib import nullcontext

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pyroaring import BitMap

from cooperation import ledger
from cooperation.models import Article, Citation, Party, SearchDocument, SearchTrigram, SearchWord, System
from cooperation.search import find_keys
from cooperation.search.index import find_differences
from tests import factories
from tests.facets.test_index import RECORDS, WRITES, draw
from tests.facets.worlds import make_random_world

pytestmark = pytest.mark.django_db
NAMED = [model for model in RECORDS if hasattr(model, "local_name")]


def rename_any(chance):
    record = draw(chance, chance.choice(NAMED))
    record.name = f"{chance.choice(['Aster', 'Mamba'])} {chance.randint(1, 3)}"
    record.names = {"uk": chance.choice(["Містраль", "Мамба"])}
    ledger.record(record)


def change_text(chance):
    article = draw(chance, Article)
    article.text = f"{factories.TEXT} {chance.choice(['Aster', 'Mamba'])}"
    article.text_kind = chance.choice(["full", "abstract"])
    ledger.record(article)


def drop_citation(chance):
    citation = draw(chance, Citation)
    if citation.development.citations.count() > 1:
        ledger.delete(citation)


@pytest.mark.parametrize(("writes", "page"), [(1, nullcontext), (4, ledger.writing)])
@pytest.mark.parametrize("seed", [31, 32])
def test_renewed_index_equals_a_rebuild(seed, writes, page):
    chance = random.Random(seed)
    make_random_world(seed)
    for _ in range(60 // writes):
        chosen = chance.choices([*WRITES, rename_any, rename_any, change_text, drop_citation], k=writes)
        with page():
            for write in chosen:
                write(chance)
        assert list(map(str, find_differences())) == [], [write.__name__ for write in chosen]


def find_writes(write):
    with CaptureQueriesContext(connection) as captured:
        write()
    tables = [model._meta.db_table for model in (SearchWord, SearchTrigram, SearchDocument)]
    statements = [query["sql"] for query in captured if any(table in query["sql"] for table in tables)]
    return [sql for sql in statements if not sql.startswith("SELECT")]


def test_only_rows_that_change_are_written():
    system = factories.make_world()["system"]
    assert find_writes(lambda: ledger.record(system)) == []
    system.category = "artillery"
    assert find_writes(lambda: ledger.record(system)) == []
    system.aliases = ["Mamba"]
    # The documents of the system, its program and its development; the new word and its trigrams.
    assert len(find_writes(lambda: ledger.record(system))) == 5


def test_index_has_no_word_that_only_drafts_have():
    world = factories.make_world()
    factories.make_system(slug="secret", aliases=["Zyxwv"])
    world["system"].aliases = ["Mamba"]
    ledger.record(world["system"])
    assert {"secret", "zyxwv"} & set(SearchWord.objects.values_list("word", flat=True)) == set()
    ledger.withdraw([world["system"]])
    assert not SearchWord.objects.filter(word="mamba").exists()
    assert not SearchDocument.objects.filter(noun__in=["systems", "programs", "developments"]).exists()


def fail_after_a_write(system):
    system.name = "Mamba"
    with ledger.writing():
        ledger.record(system)
        Party.objects.get(slug="nowhere")


def test_write_that_fails_leaves_the_index():
    system = factories.make_world()["system"]
    before = list(SearchWord.objects.order_by("pk").values_list())
    with pytest.raises(Party.DoesNotExist):
        fail_after_a_write(system)
    assert list(SearchWord.objects.order_by("pk").values_list()) == before
    assert list(map(str, find_differences())) == []


def test_word_of_many_letters_is_cut():
    ledger.publish([factories.make_system(slug="long", name="x" * 150)])
    assert {len(word) for word in SearchWord.objects.values_list("word", flat=True)} == {4, 40}


def run(capsys, *options):
    """Return the exit code and what the command printed."""
    code = 0
    try:
        call_command("rebuild_search", *options)
    except SystemExit as error:
        code = error.code
    return code, capsys.readouterr().out.splitlines()


def damage(world):
    """Leave wrong numbers, a trigram too few and one too many, a word missing and one too many, two wrong documents."""
    SearchWord.objects.filter(word="rocket").update(records=7)
    SearchTrigram.objects.filter(word="gazette", trigram="zet").delete()
    SearchTrigram.objects.create(word=SearchWord.objects.get(word="it"), trigram=" it")
    SearchWord.objects.filter(word="minister").delete()
    SearchWord.objects.create(word="zzz", in_names=0, records=1)
    SearchDocument.objects.filter(noun="officials").update(names="wrong")
    SearchDocument.objects.create(noun="systems", record=7_000_000, names="gone", words="/gone ^gone gone")
    return [
        f"officials {world['official'].pk}: its words are not those that are stored",
        "systems 7000000: its words are not those that are stored",
        "rocket: it stands in 3 records",
        "gazette: it stands in 2 records",
        "it: it stands in 2 records",
        "minister: it stands in 1 records",
        "zzz: it stands in 0 records",
    ]


def test_check_prints_what_is_wrong_and_writes_nothing(capsys):
    found = damage(factories.make_world())
    for _ in range(2):
        code, lines = run(capsys, "--check")
        assert (code, sorted(lines)) == (1, sorted([*found, "7 documents and words wrong"]))


def test_rebuild_mends_what_is_wrong(capsys):
    damage(factories.make_world())
    assert run(capsys) == (0, ["7 documents and words renewed"])
    assert run(capsys, "--check") == (0, ["0 documents and words wrong"])
    assert find_keys(System, "rocket") == BitMap(System.objects.filter(slug="rocket").values_list("pk", flat=True))


def test_rebuild_mends_a_table_that_does_not_fit_its_documents(capsys, is_postgresql):
    if is_postgresql:
        pytest.skip("PostgreSQL keeps the column and its index by itself")
    key = factories.make_world()["system"].pk
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO cooperation_search_systems (rowid, words) VALUES (7000000, 'rocket')")
    told = "systems: the full-text search has other words than the documents"
    assert run(capsys, "--check") == (1, [told, "1 documents and words wrong"])
    assert run(capsys) == (0, ["1 documents and words renewed"])
    assert run(capsys, "--check") == (0, ["0 documents and words wrong"])
    assert find_keys(System, "rocket") == BitMap([key])


def test_rebuild_fills_an_empty_index_alone_if_asked(capsys):
    factories.make_world()
    assert run(capsys, "--if-empty") == (0, [])
    SearchDocument.objects.all().delete()
    SearchWord.objects.all().delete()
    code, (line,) = run(capsys, "--if-empty")
    assert (code, line.endswith("documents and words renewed")) == (0, True)
    assert run(capsys, "--check") == (0, ["0 documents and words wrong"])
