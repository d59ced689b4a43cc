"""Derive the words by which records are found anew from what is public, or check them."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from cooperation import ledger
from cooperation.editions import renew_edition
from cooperation.models import SearchDocument
from cooperation.rows import much_at_hand
from cooperation.search import index


class Command(BaseCommand):
    """Print what was found. Exit code 1: `--check` found something."""

    help = __doc__

    def add_arguments(self, parser):
        """Take what is to be done."""
        parser.add_argument("--check", action="store_true", help="Print what is wrong and write nothing.")
        parser.add_argument("--if-empty", action="store_true", help="Only where there is no index yet.")

    def handle(self, *args, **options):
        """Compare what is stored with what must be, then print or mend it."""
        if options["if_empty"] and SearchDocument.objects.exists():
            return
        with much_at_hand(), ledger.writing():  # so that nobody writes between the comparisons
            settle = self._print if options["check"] else index.write
            count = settle(index.find_differences())
            if count and not options["check"]:
                renew_edition(timezone.now())  # what was found by words is no longer true of any copy
        self.stdout.write(f"{count} documents and words {'wrong' if options['check'] else 'renewed'}")
        if options["check"] and count:
            raise SystemExit(1)

    def _print(self, differences):
        lines = [str(difference) for difference in differences]
        for line in lines:
            self.stdout.write(line)
        return len(lines)
