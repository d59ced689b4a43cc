"""Load a made-up bundle set into an empty database: `DATABASE_URL=… python -m bench.loading --programs 10000`.

Prints rows per second and peak memory, and how long saving some of the same records one by one takes in the same run.
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from django.core.management import call_command
from django.db import transaction

from bench.generate import CHAPTER, write_world
from bench.reference import build_world
from bench.stories import tell_chapter
from bench.writing import Writer
from cooperation.bundles.dumper import plain
from cooperation.bundles.kinds import Refs, Roles
from cooperation.bundles.loader import load_paths
from cooperation.bundles.shapes import DEVELOPMENT, SHAPES
from cooperation.models import Citation, Development, Partnership, Party, Program, ProgramRole, System

FILE_BYTES = 4_000_000  # the reader takes 10 MB
OWN = ("id", "quote", "state", "said_by", "said_as", "channel")  # what an entry has from elsewhere
RECORDS = (*(shape.model for shape in SHAPES.values()), Development, Citation, ProgramRole)
LINKS = (
    Partnership.parties.through,
    System.makers.through,
    Program.systems.through,
    Program.instruments.through,
)


class Folder:
    """Writes records into JSON bundles of bounded size."""

    def __init__(self, path):
        """Write below `path`."""
        self.path, self.waiting, self.size, self.files = path, defaultdict(list), 0, 0

    def add(self, section, record):
        """Take one record, in the types of JSON."""
        self.waiting[section].append(record)
        self.size += len(json.dumps(record))
        if self.size > FILE_BYTES:
            self.flush()

    def flush(self):
        """Write what waits."""
        text = json.dumps(self.waiting, ensure_ascii=False)
        (self.path / f"{self.files:06}.json").write_text(text, encoding="utf-8")
        self.waiting, self.size, self.files = defaultdict(list), 0, self.files + 1


def write_set(path, count, seed=7):
    """Write bundles of `count` made-up programs, with all that they name and all that is told of them, below `path`."""
    world, folder = build_world(seed), Folder(path)
    _write_world(world, folder)
    for start in range(0, count, CHAPTER):
        _write_chapter(tell_chapter(world, start, min(CHAPTER, count - start)), folder)
    folder.flush()


def _write_world(world, folder):
    makers = {system.slug: [company.slug] for system, company in world.makers}
    officials = [official for officials in world.officials.values() for official in officials]
    for section, rows in (
        ("parties", [*world.states, *world.bodies, *world.companies]),
        ("officials", officials),
        ("systems", [*world.families, *world.variants]),
        ("instruments", world.instruments),
        ("publishers", world.publishers),
        ("partnerships", world.partnerships),
    ):
        for row in rows:
            members = [party.slug for party in world.members.get(row.slug, ())]
            lists = {"systems": {"makers": makers.get(row.slug, [])}, "partnerships": {"parties": members}}
            folder.add(section, _describe(SHAPES[section], row) | lists.get(section, {}))


def _write_chapter(chapter, folder):
    lists = defaultdict(lambda: defaultdict(list))
    for name in ("systems", "instruments"):
        for program, record in getattr(chapter, name):
            lists[program.slug][name].append(record.slug)
    roles = defaultdict(lambda: defaultdict(set))
    for held in chapter.roles:
        roles[held.program.slug][held.role].add(held.party.slug)
    for program in chapter.programs:
        held = {role: sorted(parties) for role, parties in roles[program.slug].items()}
        folder.add("programs", _describe(SHAPES["programs"], program) | lists[program.slug] | {"roles": held})
    entries, told = defaultdict(list), set()
    for citation in chapter.citations:
        entries[citation.article.slug].append(_describe_entry(citation, told))
    for article in chapter.articles:
        folder.add("articles", _describe(SHAPES["articles"], article) | {"developments": entries[article.slug]})


def _describe_entry(citation, told):
    """Return the whole development where it is told first, its id and the words elsewhere."""
    row, named = citation.development, {"id": citation.development.slug, "quote": citation.quote}
    if row.slug in told:
        return named
    told.add(row.slug)
    return _describe(DEVELOPMENT, row, OWN) | named


def _describe(shape, row, without=("state",)):
    keys = [key for key in shape.keys if key.name not in (*without, "id") and not isinstance(key.kind, Refs | Roles)]
    values = {key.name: plain(key.kind.dump(row, key.name)) for key in keys}
    if values.get("credibility"):
        values["credibility"] = int(values["credibility"])
    return {"id": row.slug, **{name: value for name, value in values.items() if value not in (None, "", [], {})}}


def count_rows():
    """Return how many rows the records of a set and the links between them have, without history."""
    return sum(model.objects.count() for model in (*RECORDS, *LINKS))


def save_sample(count, seed=7):
    """Save `count` made-up programs and what is told of them one by one with `save()`; return rows a second.

    Each save writes its history as well; nothing is checked or derived, and nothing stays written.
    """
    world = build_world(seed)
    with transaction.atomic():
        writer = Writer()
        write_world(writer, world)
        writer.finish()
        chapter = tell_chapter(world, 0, count)
        rows = [*chapter.programs, *chapter.roles, *_link_systems(chapter), *chapter.articles]
        rows += sorted(chapter.developments, key=lambda development: development.counted_in is not None)
        rows += chapter.citations
        started = time.monotonic()
        for row in rows:
            row.save()
        seconds = time.monotonic() - started
        transaction.set_rollback(True)
    return len(rows) / seconds


def _link_systems(chapter):
    return [Program.systems.through(program=program, system=system) for program, system in chapter.systems]


def main():
    """Read the arguments, refuse a database that has records, write the set, load it, and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.loading", description=__doc__.partition("\n")[0])
    parser.add_argument("--programs", type=int, default=5_000, metavar="N", help="Default: %(default)s.")
    parser.add_argument("--sample", type=int, default=500, metavar="N", help="Programs saved one by one; %(default)s.")
    options = parser.parse_args()
    call_command("migrate", interactive=False, verbosity=0)
    if Party.objects.exists():
        parser.error("the database that DATABASE_URL names has records; name an empty one")
    one_by_one = save_sample(options.sample)
    with tempfile.TemporaryDirectory() as folder:
        write_set(Path(folder), options.programs)
        before, started = measure_memory(), time.monotonic()
        report = load_paths([folder])
        seconds = time.monotonic() - started
    if not report.is_accepted:
        sys.exit("\n".join(map(str, report.rejected[:20])))
    rows = count_rows()
    sys.stdout.write(
        f"{rows:,} rows in {seconds:.1f} s: {rows / seconds:,.0f} rows/s; save() alone {one_by_one:,.0f} rows/s, "
        f"{rows / seconds / one_by_one:.1f} times; memory {before:,.0f} MB before, {measure_memory():,.0f} MB at most\n"
    )


def measure_memory():
    """Return the most memory, in MB, that the process has had so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
