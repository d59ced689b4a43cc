"""Which records each facet value has: the index from which lists of programs, developments and articles are counted.

Each write renews the few rows that it concerns. Appending changes instead, for a later fold, would pay for writers who
work at the same time; here there is one at a time (an advisory lock on PostgreSQL, IMMEDIATE transactions on SQLite),
so that no renewal is lost, nobody waits for a lock on a row, and readers take one row a value.
"""

from django.db import models


class FacetBitmap(models.Model):
    """The public records of one noun that have one value of one facet today, as a roaring bitmap of their primary keys.

    `facets.index` says what belongs into it and writes it, inside the ledger alone.
    """

    noun = models.CharField(max_length=20, help_text="programs, developments or articles.")
    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=40, help_text="A code, a day, or the primary key of a record.")
    stamp = models.BigIntegerField(help_text="A random number, another one with each write.")
    records = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["noun", "facet", "value"], name="facetbitmap_once")]
        # Stamps are read without what they belong to, which is long.
        indexes = [models.Index(fields=["noun", "facet", "value", "stamp"], name="facetbitmap_stamps")]

    def __str__(self):
        return f"{self.noun} {self.facet} {self.value}".strip()


class FacetChange(models.Model):
    """What can have changed with an edition of that from which facets are counted, as bitmaps of primary keys.

    A process that keeps what it has worked out for an earlier edition looks at these records alone again. Only the
    last editions have one: `facets.index` says how many and writes them, `facets.changed` reads them.
    """

    edition = models.CharField(max_length=32, unique=True, help_text="The key of the edition.")
    former = models.CharField(max_length=32, help_text="The key of the edition before, if there was one.")
    programs = models.BinaryField()
    developments = models.BinaryField()

    def __str__(self):
        return self.edition
