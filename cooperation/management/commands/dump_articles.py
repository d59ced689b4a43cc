"""Write everything in the database as bundles that load back to the same."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from cooperation.bundles.dumper import dump_documents, write_yaml


class Command(BaseCommand):
    """Write reference/ and articles/ below a folder, or all of it to standard output."""

    help = __doc__
    requires_system_checks = []  # needs no pages

    def add_arguments(self, parser):
        """Take the folder."""
        parser.add_argument("-o", "--output", metavar="DIR", help="Folder to write to; it must be new or empty.")

    def handle(self, *args, **options):
        """Dump."""
        folder = Path(options["output"]) if options["output"] else None
        if folder and folder.is_dir() and any(folder.iterdir()):
            raise CommandError(f"{folder} is not empty; name a new folder.")
        if folder:
            folder.mkdir(parents=True, exist_ok=True)
        names = [self.write(folder, name, document) for name, document in dump_documents()]
        self.stderr.write(f"{len(names)} bundles written.")

    def write(self, folder, name, document):
        """Write one bundle below `folder`, or print it."""
        if folder is None:
            self.stdout.write(f"# {name}")
            write_yaml(document, self.stdout)
            return
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8") as file:
            write_yaml(document, file)
