"""Reads exports back as strangers do: Python's own CSV reader, openpyxl, json; and judges them for spreadsheets."""

import csv
import io
import json
import re

import openpyxl

RISK = re.compile(r"^[\s\"'\ufeff]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def fetch(client, address, **headers):
    """Return the body of a file that is answered with 200.

    The client closes what it has read to its end. Closed once more, the answer would take the connection along.
    """
    answer = client.get(address, **headers)
    body = answer.getvalue()
    assert answer.status_code == 200, (address, answer.status_code, body[:500])
    return body


def read_csv(client, address):
    """Return the rows of a CSV file as mappings by column, in their order."""
    return list(csv.DictReader(io.StringIO(fetch(client, address).decode(), newline=""), strict=True))


def read_json(client, address):
    """Return a JSON file."""
    return json.loads(fetch(client, address))


def read_xlsx(client, address):
    """Return a workbook."""
    return openpyxl.load_workbook(io.BytesIO(fetch(client, address)))


def rows_of(sheet):
    """Return the rows of a sheet with a heading as mappings by column; empty cells are None."""
    heading, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def find_risks(body):
    """Return what a spreadsheet would run, and rows that do not have the shape of the heading."""
    heading, *rows = csv.reader(body.decode().splitlines(True), strict=True)
    ragged = [row for row in rows if len(row) != len(heading)]
    return ragged + [cell for row in rows for cell in row if RISK.match(cell) and not cell.startswith("'")]
