"""What the search looks into: the words of each record, and the vocabulary that they make up.

The words are folded by `text.fold`, so both databases compare the same letters, whatever extensions or tokenizers they
have. The database's own full-text search stands beside: on SQLite an FTS5 table for each noun that follows
`SearchDocument` by triggers, on PostgreSQL a `tsvector` in its rows with an index for each noun. Migration 0012 makes
both; whoever changes the table of `SearchDocument` on SQLite has to make its triggers again.
"""

from django.db import models


class SearchDocument(models.Model):
    """The words of one record. Only what a list shows today is in here; `search.index` writes it, inside the ledger."""

    noun = models.CharField(max_length=12)
    record = models.BigIntegerField(help_text="The primary key.")
    names = models.TextField(help_text="The words of its names and aliases, one name a line.")
    words = models.TextField(help_text="All words, sorted; once more those of names with /, and with ^ their first.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["noun", "record"], name="searchdocument_once")]

    def __str__(self):
        return f"{self.noun} {self.record}"


class SearchWord(models.Model):
    """A word that stands in documents, and in how many: what a typo can have meant."""

    word = models.CharField(max_length=40, primary_key=True)  # on PostgreSQL also by code points, for beginnings
    in_names = models.PositiveIntegerField(help_text="Records that have it in a name.")
    records = models.PositiveIntegerField()

    def __str__(self):
        return self.word


class SearchTrigram(models.Model):
    """Three letters in a row of a word, by which words are found that are written alike."""

    trigram = models.CharField(max_length=3)
    word = models.ForeignKey(SearchWord, models.CASCADE, related_name="trigrams")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["trigram", "word"], name="searchtrigram_once")]

    def __str__(self):
        return f"{self.trigram} {self.word_id}"
