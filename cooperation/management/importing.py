"""What the import commands share: arguments in, one import, report out."""

import datetime
import json
import os
from argparse import ArgumentTypeError
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cooperation.bundles.dumper import plain, write_yaml
from cooperation.bundles.report import BundleError, LoadRunning
from cooperation.imports.importing import run_import
from cooperation.imports.mapping import SECTIONS, Mapping, add_entries, read_mapping
from cooperation.management.progress import Progress

EXIT_REJECTED, EXIT_RUNNING = 1, 3


class ImportCommand(BaseCommand):
    """Import one file. Exit code 0: imported; 1: refused as a whole, nothing written; 3: a load is running."""

    source = None  # the module that knows the format
    file_help = ""
    requires_system_checks = []  # needs no pages

    def add_arguments(self, parser):
        """Take the file, the mapping, and what to do with them."""
        parser.add_argument("file", type=Path, metavar="FILE", help=self.file_help)
        parser.add_argument("--dry-run", action="store_true", help="Check and report, write nothing to the database.")
        parser.add_argument(
            "--mapping", type=Path, help=f"The value mapping; default: mappings/{self.source.NAME}.yaml"
        )
        parser.add_argument(
            "--write-mapping", action="store_true", help="Add what is not known to the mapping, to be filled in."
        )
        parser.add_argument("--day", type=_read_day, help="The day that the file speaks of, if it does not say.")
        parser.add_argument("--bundle", type=Path, metavar="FILE", help="Also write what is loaded as a bundle.")
        parser.add_argument("--json", action="store_true", help="Answer the report as JSON, with every row.")

    def handle(self, *args, **options):
        """Import and report."""
        path = options["mapping"] or settings.BASE_DIR / "mappings" / f"{self.source.NAME}.yaml"
        try:
            mapping = self.read_mapping(path, options["write_mapping"])
            report = run_import(
                self.source,
                _read_file(options["file"]),
                options["file"].name,
                mapping,
                day=options["day"],
                dry_run=options["dry_run"],
                on_progress=Progress(self.stderr),
            )
            self.write_report(report, options["json"])
            if options["write_mapping"] and report.unknown:
                self.extend_mapping(path, report)
        except BundleError as error:
            raise CommandError(str(error), returncode=EXIT_REJECTED) from error
        except LoadRunning as error:
            message = "A load is running on this database; try again when it is done."
            raise CommandError(message, returncode=EXIT_RUNNING) from error
        if options["bundle"] and report.bundle:
            with options["bundle"].open("w", encoding="utf-8") as file:
                write_yaml(plain(report.bundle), file)
        if not report.is_accepted:
            raise CommandError("Nothing was written.", returncode=EXIT_REJECTED)

    def read_mapping(self, path, is_extended):
        """Return the mapping at `path`; with `is_extended` also make sure, beforehand, that it can be added to."""
        if not is_extended:
            return read_mapping(_read_file(path), path.name)
        if not os.access(path.parent, os.W_OK):
            raise CommandError(f"{path} cannot be written.", returncode=EXIT_REJECTED)
        content = _read_file(path) if path.exists() else b""
        mapping = read_mapping(content, path.name) if content.strip() else Mapping(path.name)
        add_entries(content.decode("utf-8-sig"), {section: {"any spelling": ""} for section in SECTIONS}, path.name)
        return mapping

    def extend_mapping(self, path, report):
        """Add what is not known to the file, in one step: a reader sees the old or the new one."""
        content = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        new = path.with_name(f"{path.name}.new")
        new.write_text(add_entries(content, report.waiting(), path.name), encoding="utf-8")
        os.replace(new, path)
        self.stderr.write(f"{path}: fill in what is left empty.")

    def write_report(self, report, as_json):
        """Print the report in words or as JSON."""
        if as_json:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(report.lines()))


def _read_file(path):
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.", returncode=EXIT_REJECTED) from error


def _read_day(written):
    try:
        return datetime.date.fromisoformat(written)
    except ValueError as error:
        raise ArgumentTypeError(f"“{written}” is no day; write it as 2026-02-09.") from error
