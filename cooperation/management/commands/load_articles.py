"""Load bundles: reference files and articles with their developments."""

import json

from django.core.management.base import BaseCommand, CommandError

from cooperation.bundles.loader import load_paths
from cooperation.bundles.report import LoadRunning
from cooperation.management.progress import Progress
from cooperation.models import Article

EXIT_REJECTED, EXIT_RUNNING = 1, 3


class Command(BaseCommand):
    """Arguments in, one load, report out. Exit code 0: loaded; 1: rejected, nothing written; 3: another load runs."""

    help = __doc__
    requires_system_checks = []  # needs no pages

    def add_arguments(self, parser):
        """Take the files and folders, and what to do with them."""
        parser.add_argument(
            "paths", nargs="*", default=["fixtures"], metavar="PATH", help="Files or folders; default: fixtures/"
        )
        parser.add_argument("--dry-run", action="store_true", help="Check and report, write nothing.")
        parser.add_argument(
            "--withdraw", action="store_true", help="Withdraw developments that their articles no longer list."
        )
        parser.add_argument("--if-empty", action="store_true", help="Do nothing if the database has articles.")
        parser.add_argument("--json", action="store_true", help="Answer the report as JSON.")

    def handle(self, *args, **options):
        """Load and report."""
        if options["if_empty"] and Article.objects.exists():
            self.stderr.write("The database has articles; nothing to load.")
            return
        try:
            report = load_paths(
                options["paths"],
                dry_run=options["dry_run"],
                withdraw=options["withdraw"],
                on_progress=Progress(self.stderr),
            )
        except LoadRunning as error:
            raise CommandError(
                "Another load is running on this database; try again when it is done.", returncode=EXIT_RUNNING
            ) from error
        self.write_report(report, options["json"])
        if not report.is_accepted:
            raise CommandError("Nothing was written.", returncode=EXIT_REJECTED)

    def write_report(self, report, as_json):
        """Print the report in words or as JSON."""
        if as_json:
            self.stdout.write(json.dumps(report.as_mapping(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(report.lines()))
