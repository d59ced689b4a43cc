"""What the search looks into: for each noun and each word, the records in which it stands.

The words are folded by `text.fold`, so both databases compare the same letters, whatever extensions or tokenizers they
have. As with the bitmaps of facets, each write renews the few rows that it concerns: there is one writer at a time.
"""

from django.db import models


class Part(models.IntegerChoices):
    """Where in a record a word stands; the first that is true of it."""

    START = 0, "begins a name"
    NAME = 1, "in a name"
    OTHER = 2, "elsewhere"


class SearchWord(models.Model):
    """The records of one noun that have one word in one part, as a roaring bitmap of their primary keys.

    Only what a list shows today is in here; `search.index` says what belongs into it and writes it, inside the ledger.
    """

    word = models.CharField(max_length=40, db_index=True)  # on PostgreSQL also by code points, for beginnings
    noun = models.CharField(max_length=12)
    part = models.PositiveSmallIntegerField(choices=Part.choices)
    records = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["noun", "word", "part"], name="searchword_once")]

    def __str__(self):
        return f"{self.noun} {self.word}"


class SearchDocument(models.Model):
    """The words of one record as they are in the index: what to take out of it when they change, and what ranks it."""

    noun = models.CharField(max_length=12)
    record = models.BigIntegerField(help_text="The primary key.")
    names = models.TextField(help_text="The words of its names and aliases, one name a line.")
    words = models.TextField(help_text="The other words, sorted.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["noun", "record"], name="searchdocument_once")]

    def __str__(self):
        return f"{self.noun} {self.record}"
