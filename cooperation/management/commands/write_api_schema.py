"""Write the OpenAPI description of the API, by which a change of the contract is seen, and its examples if asked."""

import json
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.test import Client

EXAMPLES_FILE = Path(settings.BASE_DIR) / "cooperation/api/examples.json"
HOST = "portal.example.org"
# What each operation is asked for an example; a record is the first of its list.
QUERIES = {
    "list_changes": "?from=2026-02-08&to=2026-02-09&page_size=1",
    "search": "?q=Mirage",
    "count_program_facets": "?party=france",
}
LIST_QUERY = "?page_size=1"
MOST = 2  # members of a list in an example


class Command(BaseCommand):
    """Write the schema to a file."""

    help = __doc__

    def add_arguments(self, parser):
        """Take the file, and whether the examples are made anew."""
        parser.add_argument("-o", "--output", default="docs/openapi.json", metavar="FILE")
        parser.add_argument(
            "--examples",
            action="store_true",
            help="Write the examples instead, from a database with the fixtures; the schema has them in the next run.",
        )

    def handle(self, *args, **options):
        """Write."""
        description = ask("/api/schema/")
        if options["examples"]:
            file, document = EXAMPLES_FILE, dict(find_examples(description))
        else:
            file, document = Path(options["output"]), description
        write(file, document)
        self.stdout.write(f"{file} written.")


def write(file, document):
    """Write a JSON document."""
    file.write_text(f"{json.dumps(document, ensure_ascii=False, indent=1)}\n", encoding="utf-8")


def find_examples(description):
    """Yield (operation id, a real answer with its lists cut short) for all that read and have no example yet."""
    for path, operations in description["paths"].items():
        name = operations["get"]["operationId"]
        if "examples" in operations["get"]["responses"]["200"]["content"]["application/json"]:
            continue
        query = QUERIES.get(name, LIST_QUERY if name.startswith("list_") else "")
        address = path.replace("{id}", find_id(path)) if "{id}" in path else path
        yield name, shorten(ask(f"{address}{query}"))


def find_id(path):
    """Return the id of the record that the list shows first."""
    return ask(path.replace("{id}/", LIST_QUERY))["results"][0]["id"]


def ask(address):
    """Return what the API answers; raise CommandError if it is an error."""
    answer = Client(SERVER_NAME=HOST).get(address, secure=True, headers={"accept-language": "en"})
    if answer.status_code != 200:
        raise CommandError(f"{address} answers {answer.status_code}; ALLOWED_HOSTS must have {HOST}.")
    return answer.json()


def shorten(value):
    """Return `value` with all its lists cut short."""
    if isinstance(value, dict):
        return {name: shorten(part) for name, part in value.items()}
    return [shorten(part) for part in value[:MOST]] if isinstance(value, list) else value
