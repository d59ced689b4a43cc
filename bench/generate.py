"""Fill an empty database with made-up programs: `DATABASE_URL=… python -m bench.generate --programs 100000`.

The same seed and number always give the same records, but for the moments at which they were written. Nothing in them
describes a real state, company, person or deal; only the country codes are real. The tables of history stay empty.
"""

import argparse
import gc
import sys
import time

from django.core.management import call_command
from django.db import connection, transaction

from bench.reference import build_world
from bench.settled import settle_chapter
from bench.stories import tell_chapter
from bench.writing import Writer
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

CHAPTER = 5_000  # programs that are made and written together; it bounds the memory
CACHE = 500_000  # kilobytes in which SQLite keeps the indexes that it writes


class Progress:
    """Says on standard error what was done and how long it took."""

    def __init__(self):
        """Start the clock."""
        self.started = time.monotonic()

    def say(self, words):
        """Write one line."""
        sys.stderr.write(f"{time.monotonic() - self.started:7.1f} s  {words}\n")


def generate(count, seed, progress):
    """Write the world of `seed` and `count` programs with all that follows from the rows, then the indexes beside."""
    world, writer, latest = build_world(seed), Writer(), {}
    with transaction.atomic():
        write_world(writer, world)
    progress.say(f"{len(world.partnerships)} partnerships and all that they name")
    for start in range(0, count, CHAPTER):
        chapter = tell_chapter(world, start, min(CHAPTER, count - start))
        settle_chapter(chapter, latest)
        with transaction.atomic():
            write_chapter(writer, chapter)
        progress.say(f"{start + len(chapter.programs)} of {count} programs")
    with transaction.atomic():
        write_days(world.partnerships, latest)
        writer.finish()
    keep_house("ANALYZE")
    for command in ("rebuild_facets", "rebuild_search"):
        call_command(command, stdout=sys.stderr)
        progress.say(command)


def write_world(writer, world):
    """Write all reference records; what is named before what names it."""
    for parties in (world.states, world.bodies, world.companies):
        writer.write(Party, parties)
    writer.write(Official, [official for officials in world.officials.values() for official in officials])
    writer.write(System, world.families)
    writer.write(System, world.variants)
    writer.write(Instrument, world.instruments)
    writer.write(Publisher, world.publishers)
    writer.write(Partnership, world.partnerships)
    writer.link(System.makers.through, "system", "party", world.makers)
    members = [(p, party) for p in world.partnerships for party in world.members[p.slug]]
    writer.link(Partnership.parties.through, "partnership", "party", members)


def write_chapter(writer, chapter):
    """Write programs and what they name, then what is told of them."""
    writer.write(Program, chapter.programs)
    writer.write(ProgramRole, chapter.roles)
    writer.link(Program.systems.through, "program", "system", chapter.systems)
    writer.link(Program.instruments.through, "program", "instrument", chapter.instruments)
    writer.write(Article, chapter.articles)
    writer.write(Development, chapter.developments)
    writer.write(Citation, chapter.citations)


def write_days(partnerships, latest):
    """Write when each partnership was last heard of."""
    for partnership in partnerships:
        partnership.latest_day = latest.get(partnership.slug)
    Partnership.objects.bulk_update(partnerships, ["latest_day"], batch_size=200)


def keep_house(statement):
    """Have PostgreSQL do now what its own housekeeping does some minutes later; SQLite has none."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement)


def hasten():
    """Have SQLite write without waiting for the disk: a file that breaks is made up anew."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute(f"PRAGMA cache_size=-{CACHE}")


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
    hasten()
    gc.disable()  # nothing here goes in circles, and looking through so many records takes a quarter of the time
    generate(options.programs, options.seed, progress)
    keep_house("VACUUM ANALYZE")
    progress.say("done")


if __name__ == "__main__":
    main()
