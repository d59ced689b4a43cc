"""Reads a portal with the client that openapi-python-client generated: `python reading.py ADDRESS`."""

import sys

from cooperation_portal_client import Client
from cooperation_portal_client.api.developments import list_developments
from cooperation_portal_client.api.programs import get_program, list_programs
from cooperation_portal_client.models import Error, ListDevelopmentsFieldsItem, Stage

client = Client(base_url=sys.argv[1])
page = list_programs.sync(client=client, party=["france", "ukraine"], stage=[Stage.PREPARING], page_size=1)
program = get_program.sync(page.results[0].id, client=client)
assert program.stage is Stage.PREPARING
assert program.developments[0].citations[0].quote
refused = list_developments.sync(client=client, party=["atlantis"])
assert isinstance(refused, Error)
rows = list_developments.sync(client=client, page_size=200, fields=[ListDevelopmentsFieldsItem.SUMMARY])
sys.stdout.write(f"{program.id} {len(program.developments)} {rows.count} {refused.code}\n")
