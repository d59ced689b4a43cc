"""The one step before serving."""

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command

from cooperation.models import Article, Program


@pytest.mark.django_db
def test_prepare_fills_an_empty_database_and_then_changes_nothing(capsys):
    call_command("prepare")
    assert Article.objects.visible().filter(slug="novyny-live-2026-02-09").exists()
    assert User.objects.filter(is_superuser=True).count() == 1
    Program.objects.filter(slug="france-ukraine-scalp-supply").update(name="Changed by staff")
    call_command("prepare")
    assert Program.objects.get(slug="france-ukraine-scalp-supply").name == "Changed by staff"
    assert User.objects.count() == 1
