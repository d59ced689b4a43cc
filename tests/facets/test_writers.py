"""Eight processes write at once: nothing is lost, nobody waits for another for ever, and all bitmaps are right."""

import pytest

from tests.bundles.conftest import ARTICLE, REFERENCE, manage

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, WRITES = 8, 5
WRITE = """
from cooperation import ledger
from cooperation.models import Article, Citation, Development, Program
article = Article.objects.get()
for number in range({writes}):
    with ledger.writing():
        program = Program.objects.get()
        program.mode = ["training", "supply"][({writer} + number) % 2]
        ledger.record(program)
        told = Development(slug=f"told-{writer}-{{number}}", program=program, date="2026-02-09", stage="agreed")
        told.summary = "Told."
        ledger.record(told)
        ledger.record(Citation(article=article, development=told, quote="Both agreed on rockets."))
        ledger.publish([told])
"""
COUNT = """
from cooperation.models import Development
from cooperation.facets.stored import read_stored
bitmap = read_stored("developments", ["stage"], {})["stage"].bitmaps["agreed"]
print(Development.objects.filter(slug__startswith="told-", public=True).count(), len(bitmap))
"""


def test_eight_writers_at_once_lose_nothing(own_database, tmp_path):
    bundle = tmp_path / "world.yaml"
    bundle.write_text(REFERENCE + ARTICLE)
    assert manage(own_database, "load_articles", str(bundle)).returncode == 0
    scripts = [WRITE.format(writer=writer, writes=WRITES) for writer in range(WRITERS)]
    processes = [manage(own_database, "shell", "-v0", "-c", script, wait=False) for script in scripts]
    told = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0] * WRITERS, told
    written = WRITERS * WRITES
    assert manage(own_database, "shell", "-v0", "-c", COUNT).out.split() == [str(written), str(written + 1)]
    for command in ("rebuild_facets", "rebuild_search"):
        assert manage(own_database, command, "--check").returncode == 0
