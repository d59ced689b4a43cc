"""One published record of each noun, and how to ask for it."""

import pytest

from tests import factories


@pytest.fixture
def world(db):
    """All connected and public; the rows as the ledger left them."""
    records = factories.make_world()
    for record in records.values():
        record.refresh_from_db()
    return records


@pytest.fixture
def get(client):
    """Return a function that asks the API and gives back (status, body)."""

    def ask(path, *args, **kwargs):
        response = client.get(f"/api/v1/{path}", *args, **kwargs)
        return response.status_code, response.json()

    return ask
