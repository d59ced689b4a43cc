"""Bring the database up to date, load the fixtures into an empty one, and make the first staff account."""

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """What `script/server` needs before it serves, in one process, because each costs a second to start."""

    help = __doc__

    def handle(self, *args, **options):
        """Run the steps; each does nothing where nothing is to do."""
        call_command("migrate", interactive=False, verbosity=0)
        call_command("rebuild_facets", if_empty=True)
        call_command("rebuild_search", if_empty=True)
        call_command("load_articles", if_empty=True)
        call_command("ensure_staff")
