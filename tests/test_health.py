"""What a load balancer hears."""

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

NO_STORE = "max-age=0, no-cache, no-store, must-revalidate, private"


def read_answer(response):
    return response.status_code, response.headers["Content-Type"], response.content.decode()


def test_healthz_needs_no_database(client):
    response = client.get("/healthz")
    assert read_answer(response) == (200, "text/plain; charset=utf-8", "The portal is up.\n")
    assert response.headers["Cache-Control"] == NO_STORE


@pytest.mark.django_db
def test_readyz_with_all_migrations(client):
    response = client.get("/readyz")
    assert read_answer(response) == (200, "text/plain; charset=utf-8", "The portal is ready.\n")
    assert response.headers["Cache-Control"] == NO_STORE


@pytest.mark.django_db
def test_readyz_with_a_waiting_migration(client):
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    response = client.get("/readyz")
    assert read_answer(response) == (503, "text/plain; charset=utf-8", "Migrations not yet applied: 1.\n")
    assert response.headers["Retry-After"] == "5"
    assert response.headers["Cache-Control"] == NO_STORE


@pytest.mark.django_db
def test_readyz_without_database(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("connection to server at 10.0.0.5 refused for user portal")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/readyz")
    assert read_answer(response) == (503, "text/plain; charset=utf-8", "The database does not answer.\n")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_refuses_other_methods(client, path):
    response = client.post(path)
    assert response.status_code == 405
    assert response.headers["Allow"] == "GET, HEAD"
