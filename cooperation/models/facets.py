"""Which programs each facet value has: the index from which lists of programs are counted.

Each write renews the few rows that it concerns. Appending changes instead, for a later fold, would pay for writers who
work at the same time; here there is one at a time (an advisory lock on PostgreSQL, IMMEDIATE transactions on SQLite),
so that no renewal is lost, nobody waits for a lock on a row, and readers take one row a value.
"""

from django.db import models


class FacetBitmap(models.Model):
    """The public programs, current today, of one value of one facet, as a roaring bitmap of their primary keys.

    `facets.index` says what belongs into it and writes it, inside the ledger alone.
    """

    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=40, help_text="A code, or the primary key of a record.")
    programs = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facet", "value"], name="facetbitmap_once")]

    def __str__(self):
        return f"{self.facet} {self.value}".strip()
