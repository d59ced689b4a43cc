"""Streams: memory stays flat, what fails at once is an error, and what fails later does not look whole."""

import tracemalloc

import pytest
from django.db import OperationalError, connection

from cooperation.exports.selection import BLOCK, FIRST_BLOCK
from cooperation.models import Party
from tests.exports.reading import fetch

pytestmark = pytest.mark.django_db
ROWS = 12_000
MOST_BYTES = 16 * 1024 * 1024


@pytest.fixture
def many(db):
    rows = [Party(slug=f"p-{n}", name=f"Party {n}" + 150 * "x", kind="other", public=True) for n in range(ROWS)]
    Party.objects.bulk_create(rows, batch_size=1_000)


@pytest.mark.parametrize("address", ["/parties.csv", "/parties.xlsx"])
def test_memory_does_not_grow_with_the_rows(many, client, address):
    client.get(address + "?page_size=1").getvalue()
    tracemalloc.start()
    answer = client.get(address)
    size = sum(map(len, answer.streaming_content))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 100_000
    assert peak < MOST_BYTES


def test_first_piece_is_small(many, client):
    pieces = [piece.count(b"\r\n") for piece in client.get("/parties.csv").streaming_content]
    assert pieces[0] == FIRST_BLOCK + 1
    assert max(pieces[1:]) == BLOCK
    assert sum(pieces) == ROWS + 1


class Failing:
    """Lets the database fail from the given query on."""

    def __init__(self, number):
        """Count down."""
        self.left = number

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left < 0:
            raise OperationalError("gone")
        return execute(sql, params, many, context)


def test_failure_before_the_first_byte_is_an_error(many, client):
    client.raise_request_exception = False
    with connection.execute_wrapper(Failing(2)):
        assert client.get("/parties.csv").status_code == 503


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_failure_in_the_middle_ends_the_connection(many, client, suffix):
    pieces = []
    with connection.execute_wrapper(Failing(5)), pytest.raises(OperationalError):
        pieces.extend(client.get(f"/parties.{suffix}").streaming_content)
    assert pieces == [] or not pieces[-1].endswith(b"]}\n")


def test_rows_hidden_while_streaming_are_left_out(many, client):
    answer = client.get("/parties.csv")
    stream = iter(answer.streaming_content)
    assert next(stream).count(b"\r\n") == FIRST_BLOCK + 1
    Party.objects.update(public=False)
    assert b"".join(stream) == b""


def test_empty_list_has_its_heading(db, client):
    assert fetch(client, "/parties.csv").count(b"\r\n") == 1
