"""What readers with copies must be told: which edition of the data they meet, and what was taken from the public."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models

KEY = 1  # of the one row
_held = ContextVar("held", default=None)  # [the edition], empty before it is asked for; None outside of `one_edition`


class Edition(models.Model):
    """The one row that changes with every write, in the same transaction.

    `key` is random and never comes back, not even when an older copy of the database is restored. No two editions share
    the second of `at`, which may run ahead of the clock for that, so that a date in whole seconds tells them apart.
    """

    key = models.CharField(max_length=32)
    at = models.DateTimeField()

    def __str__(self):
        return self.key


@contextmanager
def one_edition():
    """Ask for the edition once while one answer is put together, be it needed in ten places; nothing may be written."""
    token = _held.set([])
    try:
        yield
    finally:
        _held.reset(token)


def read_edition(known=None):
    """Return the `Edition` of the data, None where nothing has been public yet.

    `known` are the keys of editions for which an answer from before will do: others may have gone on to a later one.
    """
    held = _held.get()
    if held is None:
        return Edition.objects.filter(pk=KEY).first()
    if not held or (known is not None and getattr(held[0], "key", None) not in known):
        held[:] = [Edition.objects.filter(pk=KEY).first()]
    return held[0]


class WithdrawalQuerySet(models.QuerySet):
    """Verbs for withdrawals."""

    def of_model(self, model):
        """Keep those of records of one noun, the earliest first."""
        return self.filter(noun=model._meta.model_name).order_by("at", "slug")


class Withdrawal(models.Model):
    """A record that the public could see and cannot see any more, be it withdrawn, deleted, or hidden with another.

    A draft that was never public has none, and a record that is public again has none any more.
    """

    noun = models.CharField(max_length=20, help_text="The model's name in small letters.")
    slug = models.CharField("id", max_length=100)
    at = models.DateTimeField(help_text="When the public lost it.")

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["noun", "slug"], name="withdrawal_once")]
        indexes = [models.Index(fields=["noun", "at", "slug"], name="withdrawal_since")]

    def __str__(self):
        return f"{self.noun} {self.slug}"
