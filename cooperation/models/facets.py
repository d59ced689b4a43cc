"""Which records each facet value has: the index from which lists of programs, developments and articles are counted.

Each write appends the few changes that it makes, instead of writing bitmaps of a million records anew; when they have
become many, the writer who notices it folds them into the bitmaps. `facets.stored` reads and writes both.
"""

from django.db import models


class FacetBitmap(models.Model):
    """The public records of one noun that have one value of one facet, as a roaring bitmap of their primary keys.

    With the rows of `FacetChange` applied, they are those of today. `facets.index` says what belongs into it, inside
    the ledger alone.
    """

    noun = models.CharField(max_length=20, help_text="programs, developments or articles.")
    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=40, help_text="A code, a day, or the primary key of a record.")
    records = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["noun", "facet", "value"], name="facetbitmap_once")]

    def __str__(self):
        return f"{self.noun} {self.facet} {self.value}".strip()


class FacetChange(models.Model):
    """What an edition changed, as a roaring bitmap of primary keys; in the order of their own keys.

    Each edition has a row for each noun with the facet `renewed`: the records that were looked at anew, because they
    could have changed. They leave all values by it. The rows behind it say which values they have now.
    """

    edition = models.CharField(max_length=32, help_text="The key of the edition.")
    noun = models.CharField(max_length=20, help_text="programs, developments or articles.")
    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=40)
    records = models.BinaryField()

    def __str__(self):
        return f"{self.edition} {self.noun} {self.facet} {self.value}".strip()
