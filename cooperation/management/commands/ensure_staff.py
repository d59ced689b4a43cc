"""Makes the first account that may enter the admin, so that a fresh portal can be looked after."""

import os
import secrets

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """Does nothing as soon as there is a superuser; a password is shown only if it was made up here."""

    help = (
        "Make a superuser if there is none: from DJANGO_SUPERUSER_USERNAME, DJANGO_SUPERUSER_EMAIL and "
        "DJANGO_SUPERUSER_PASSWORD, or 'admin' with a random password that is printed once."
    )

    def handle(self, **options):
        if get_user_model().objects.filter(is_superuser=True).exists():
            return
        username = os.environ.get("DJANGO_SUPERUSER_USERNAME") or "admin"
        given = os.environ.get("DJANGO_SUPERUSER_PASSWORD")
        password = given or secrets.token_urlsafe(12)
        create_superuser(username=username, password=password)
        self.stdout.write(f"Staff account {username!r} made" + ("." if given else f" with the password {password}"))


def create_superuser(*, username: str, password: str):
    users = get_user_model().objects
    if users.filter(username=username).exists():
        raise CommandError(
            f"DJANGO_SUPERUSER_USERNAME: {username!r} is already the name of an account without all rights; "
            "give another name or make that account a superuser."
        )
    users.create_superuser(username, os.environ.get("DJANGO_SUPERUSER_EMAIL", ""), password)
