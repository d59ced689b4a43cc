"""Import the main sheet of the Kiel Institute's Ukraine Support Tracker as drafts."""

from cooperation.imports import kiel
from cooperation.management.importing import ImportCommand


class Command(ImportCommand):
    """Import one file of this format."""

    help = __doc__
    source = kiel
    file_help = "The XLSX workbook, as published."
