"""Staff who are logged in, and a world to work on."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from tests import factories


@pytest.fixture
def world():
    return factories.make_world()


@pytest.fixture
def editor():
    return get_user_model().objects.create_superuser("editor", "", "x")


@pytest.fixture
def staff(client, editor):
    """A client in which a user with all rights is logged in."""
    client.force_login(editor)
    return client


@pytest.fixture
def log_in_with(client):
    """Log a user in who has only the given rights, such as `view_party`."""

    def log_in(*codenames):
        user = get_user_model().objects.create_user("limited", "", "x", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        client.force_login(user)
        return client

    return log_in
