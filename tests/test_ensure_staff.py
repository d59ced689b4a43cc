"""The first staff account."""

import re

import pytest
from django.contrib.auth import authenticate, get_user_model
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_account_in_environment(monkeypatch):
    for name in ("USERNAME", "EMAIL", "PASSWORD"):
        monkeypatch.delenv(f"DJANGO_SUPERUSER_{name}", raising=False)


def list_accounts():
    return list(get_user_model().objects.values_list("username", "email", "is_staff", "is_superuser"))


def test_ensure_staff_prints_a_random_password_once(capsys):
    call_command("ensure_staff")
    printed = re.fullmatch(r"Staff account 'admin' made with the password (\S{16})\n", capsys.readouterr().out)
    assert authenticate(username="admin", password=printed[1]).is_superuser
    call_command("ensure_staff")
    assert capsys.readouterr().out == ""
    assert list_accounts() == [("admin", "", True, True)]


def test_ensure_staff_takes_the_account_given_and_does_not_print_it(capsys, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_USERNAME", "olena")
    monkeypatch.setenv("DJANGO_SUPERUSER_EMAIL", "olena@example.org")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "given-in-the-environment")
    call_command("ensure_staff")
    assert capsys.readouterr().out == "Staff account 'olena' made.\n"
    assert authenticate(username="olena", password="given-in-the-environment").email == "olena@example.org"


def test_ensure_staff_with_another_superuser_does_nothing(capsys):
    get_user_model().objects.create_superuser("chief", "", "x")
    call_command("ensure_staff")
    assert capsys.readouterr().out == ""
    assert list_accounts() == [("chief", "", True, True)]


def test_ensure_staff_does_not_raise_an_existing_account(capsys):
    get_user_model().objects.create_user("admin", "", "x")
    with pytest.raises(CommandError) as raised:
        call_command("ensure_staff")
    assert str(raised.value) == (
        "DJANGO_SUPERUSER_USERNAME: 'admin' is already the name of an account without all rights; "
        "give another name or make that account a superuser."
    )
    assert list_accounts() == [("admin", "", False, False)]
