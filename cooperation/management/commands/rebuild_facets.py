"""Derive anew what programs are counted from: places of developments and bitmaps of facet values; or check them."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from cooperation import ledger
from cooperation.editions import renew_edition
from cooperation.facets import index, stored
from cooperation.settling import find_misplaced, write_places


class Command(BaseCommand):
    """Print what was found. Exit code 1: `--check` found something."""

    help = __doc__

    def add_arguments(self, parser):
        """Take what is to be done."""
        parser.add_argument("--check", action="store_true", help="Print what is wrong and write nothing.")
        parser.add_argument("--if-empty", action="store_true", help="Only where there are no bitmaps yet.")

    def handle(self, *args, **options):
        """Compare what is stored with what must be, then print or mend it."""
        if options["if_empty"] and stored.is_any_stored():
            return
        with ledger.writing():  # so that nobody writes between the comparisons
            misplaced = find_misplaced()
            if options["check"]:
                differences = index.find_differences()
            else:
                write_places(misplaced)
                renew_edition(timezone.now())
                differences = index.mend()
        if options["check"]:
            for line in (*misplaced, *differences):
                self.stdout.write(str(line))
        done = "wrong" if options["check"] else "renewed"
        self.stdout.write(f"{len(misplaced)} places and {len(differences)} facet values {done}")
        if options["check"] and (misplaced or differences):
            raise SystemExit(1)
