"""Eight processes write at once: nothing is lost, nobody waits for another for ever, and all bitmaps are right.

Beside them one reads: it never meets changes that are half folded.
"""

import pytest

from tests.bundles.conftest import ARTICLE, REFERENCE, manage

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, WRITES = 8, 5
WRITE = """
from cooperation import ledger
from cooperation.facets import stored
stored.MOST, stored.LEFT = 400, 150  # so that changes are folded several times
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
READ = """
import time
from django.http import QueryDict
from cooperation.facets import count
from cooperation.filters import ProgramFilter
from cooperation.models import Development, Program
while Development.objects.filter(slug__startswith="told-").count() < {written}:
    counted = count(ProgramFilter(QueryDict(), queryset=Program.objects.visible()))
    modes = [value.count for facet in counted.facets if facet.name == "mode" for value in facet.values]
    assert (counted.total, modes) == (1, [1]), (counted.total, modes)
    time.sleep(0.02)
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
    scripts.append(READ.format(written=WRITERS * WRITES))
    processes = [manage(own_database, "shell", "-v0", "-c", script, wait=False) for script in scripts]
    told = [process.communicate() for process in processes]
    assert [process.returncode for process in processes] == [0] * len(scripts), told
    written = WRITERS * WRITES
    assert manage(own_database, "shell", "-v0", "-c", COUNT).out.split() == [str(written), str(written + 1)]
    for command in ("rebuild_facets", "rebuild_search"):
        assert manage(own_database, command, "--check").returncode == 0
