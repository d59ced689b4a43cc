"""Import a CSV export of the SIPRI Arms Transfers Database as drafts."""

from cooperation.imports import sipri
from cooperation.management.importing import ImportCommand


class Command(ImportCommand):
    """Import one file of this format."""

    help = __doc__
    source = sipri
    file_help = "The CSV file, as exported."
