"""List what staff have to look after: missing words, contradictions, overdue promises, stale programs, odd moves."""

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand
from django.utils import timezone

from cooperation.evidence import STALE_AFTER, find_all


class Command(BaseCommand):
    """Print a table or JSON. Exit code 0: nothing found; 1: something to look after."""

    help = __doc__

    def add_arguments(self, parser):
        """Take the form of the answer and what counts as stale."""
        parser.add_argument("--json", action="store_true", help="Answer JSON.")
        parser.add_argument("--stale-days", type=int, default=STALE_AFTER, metavar="N", help="Default: %(default)s.")

    def handle(self, *args, **options):
        """Check and print."""
        findings = find_all(timezone.now().date(), options["stale_days"])
        if options["json"]:
            self.stdout.write(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
        else:
            for finding in findings:
                self.stdout.write(f"{finding.kind:15}{finding.record}: {finding.message}")
            self.stdout.write(f"{len(findings)} to look after")
        if findings:
            raise SystemExit(1)
