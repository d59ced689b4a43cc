"""One published record of each noun, and how to ask for it."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from tests import factories
from tests.bundles.conftest import own_database

__all__ = ["own_database"]


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


@pytest.fixture
def make_owner(db):
    """Return a function that makes a member of staff who has only the given rights, such as `view_party`."""

    def make(*codenames, **fields):
        name = factories.unique("staff")
        user = get_user_model().objects.create_user(name, **{"is_staff": True, **fields})
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        return user

    return make


@pytest.fixture
def make_key(make_owner):
    """Return a function that makes a token with the given scopes, by default a superuser's, and returns its headers."""

    def make(*scopes, owner=None, **fields):
        _, text = factories.make_token(owner or make_owner(is_superuser=True), *scopes, **fields)
        return factories.build_header(text)

    return make
