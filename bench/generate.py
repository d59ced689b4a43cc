"""Fill an empty database with made-up programs: `DATABASE_URL=… python -m bench.generate --programs 100000`.

The same seed and number always give the same records, but for the moments at which they were written. Nothing in them
describes a real state, company, person or deal; only the country codes are real. The tables of history stay empty.
"""

import argparse
import gc
import sys
import time

from django.core.management import call_command, get_commands
from django.db import connection, transaction

from bench.reference import build_world
from bench.stories import tell_chapter
from cooperation.models import (
    Article,
    Citation,
    Development,
    Instrument,
    Official,
    Partnership,
    Party,
    Program,
    ProgramRole,
    Publisher,
    System,
)
from cooperation.settling import FOLLOWERS, Touched, settle

CHAPTER = 5_000  # programs that are made and written together; it bounds the memory
ROWS = 1_000  # in one statement


class Progress:
    """Says on standard error what was done and how long it took."""

    def __init__(self):
        """Start the clock."""
        self.started = time.monotonic()

    def say(self, words):
        """Write one line."""
        sys.stderr.write(f"{time.monotonic() - self.started:7.1f} s  {words}\n")


def generate(count, seed, progress):
    """Write the world of `seed` and `count` programs, then derive all that follows from the rows."""
    world = build_world(seed)
    with transaction.atomic():
        write_world(world)
    progress.say(f"{len(world.partnerships)} partnerships and all that they name")
    for start in range(0, count, CHAPTER):
        chapter = tell_chapter(world, start, min(CHAPTER, count - start))
        with transaction.atomic():
            write_chapter(chapter)
        progress.say(f"{start + len(chapter.programs)} of {count} programs")
    keep_house("ANALYZE")
    with transaction.atomic():
        settle(touch_all())
    progress.say("days, stages and public flags")
    if "rebuild_facets" in get_commands():
        call_command("rebuild_facets", stdout=sys.stderr)
    call_command("rebuild_search", stdout=sys.stderr)
    progress.say("what is kept beside the tables")


def write_world(world):
    """Write all reference records; what is named before what names it."""
    for parties in (world.states, world.bodies, world.companies):
        write(Party, parties)
    write(Official, [official for officials in world.officials.values() for official in officials])
    write(System, world.families)
    write(System, world.variants)
    write(Instrument, world.instruments)
    write(Publisher, world.publishers)
    write(Partnership, world.partnerships)
    link(System.makers.through, "system", "party", world.makers)
    members = [(p, party) for p in world.partnerships for party in world.members[p.slug]]
    link(Partnership.parties.through, "partnership", "party", members)


def write_chapter(chapter):
    """Write programs and what they name, then what is told of them."""
    write(Program, chapter.programs)
    write(ProgramRole, chapter.roles)
    link(Program.systems.through, "program", "system", chapter.systems)
    link(Program.instruments.through, "program", "instrument", chapter.instruments)
    write(Article, chapter.articles)
    write(Development, [development for development in chapter.developments if not development.counted_in])
    write(Development, [development for development in chapter.developments if development.counted_in])
    write(Citation, chapter.citations)


def write(model, records):
    """Write `records`, of which no column is derived while they are saved."""
    model.objects.bulk_create(records, batch_size=ROWS)


def link(through, left, right, pairs):
    """Write the rows between two tables; `left` and `right` are the names of its keys."""
    write(through, [through(**{left: one, right: other}) for one, other in pairs])


def touch_all():
    """Return every row as touched."""
    touched = Touched()
    for model in FOLLOWERS:
        touched.keys[model] = set(model.objects.values_list("pk", flat=True))
    touched.keys[Program] = set(Program.objects.values_list("pk", flat=True))
    return touched


def keep_house(statement):
    """Have PostgreSQL do now what its own housekeeping does some minutes later; SQLite has none."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement)


def main():
    """Read the arguments, bring the database up to date, refuse one that has records, and fill it."""
    parser = argparse.ArgumentParser(prog="python -m bench.generate", description=__doc__.partition("\n")[0])
    parser.add_argument("--programs", type=int, default=10_000, metavar="N", help="Default: %(default)s.")
    parser.add_argument("--seed", type=int, default=7, help="Default: %(default)s.")
    options = parser.parse_args()
    progress = Progress()
    call_command("migrate", interactive=False, verbosity=0)
    if Party.objects.exists():
        parser.error("the database that DATABASE_URL names has records; name an empty one")
    gc.disable()  # nothing here goes in circles, and looking through so many records takes a quarter of the time
    generate(options.programs, options.seed, progress)
    keep_house("VACUUM ANALYZE")
    progress.say("done")


if __name__ == "__main__":
    main()
