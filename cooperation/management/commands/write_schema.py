"""Write the JSON Schema of the bundle, generated from its shapes, for editors that complete and check while typing."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand

from cooperation.bundles.shapes import build_schema


class Command(BaseCommand):
    """Write the schema to a file."""

    help = __doc__
    requires_system_checks = []  # needs no pages

    def add_arguments(self, parser):
        """Take the file."""
        parser.add_argument("-o", "--output", default="fixtures/bundle.schema.json", metavar="FILE")

    def handle(self, *args, **options):
        """Write."""
        text = json.dumps(build_schema(), ensure_ascii=False, indent=1)
        Path(options["output"]).write_text(f"{text}\n", encoding="utf-8")
        self.stdout.write(f"{options['output']} written.")
