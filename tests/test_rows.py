"""Rows put into tables past the model layer: the same as the model would leave."""

import pytest
from django.db import connection

from cooperation.models import FacetBitmap, Party
from cooperation.rows import insert_records, put_rows

pytestmark = pytest.mark.django_db


def make_party(slug):
    return Party(slug=slug, name=slug.title(), kind="state", country="FR", names={"fr": slug}, state="draft")


def read_columns(row):
    """Return all columns of a row but its key, slug and moments."""
    return (
        Party.objects.filter(pk=row.pk).values("name", "names", "aliases", "kind", "country", "state", "parent").get()
    )


def test_inserted_records_are_stored_as_saved_ones_and_know_their_keys():
    saved, inserted = make_party("france"), [make_party("france-2"), make_party("france-3")]
    saved.save()
    insert_records(inserted)
    assert [row.pk for row in inserted] == [saved.pk + 1, saved.pk + 2]
    assert read_columns(inserted[0]) == read_columns(saved) | {"name": "France-2", "names": {"fr": "france-2"}}
    fresh = Party.objects.get(slug="france-2")
    assert (fresh.created, fresh.modified) == (inserted[0].created, inserted[0].modified)
    inserted[1].name = "Other"
    inserted[1].save()
    assert Party.objects.get(slug="france-3").name == "Other"


def test_keys_of_deleted_rows_are_not_given_again():
    inserted = [make_party("france"), make_party("norway")]
    insert_records(inserted)
    last = inserted[1].pk
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cooperation_party")
    saved, another = make_party("france"), make_party("norway")
    saved.save()
    insert_records([another])
    assert (saved.pk, another.pk) == (last + 1, last + 2)


def test_put_rows_changes_the_row_that_has_the_unique_columns():
    unique, others = ("noun", "facet", "value"), ("records",)
    modes = [("programs", "mode", "supply", b"1"), ("programs", "mode", "upgrade", b"2")]
    put_rows(FacetBitmap, unique, others, modes)
    put_rows(FacetBitmap, unique, others, [("programs", "mode", "supply", b"3")])
    put_rows(FacetBitmap, unique, others, [])
    rows = FacetBitmap.objects.order_by("value").values_list("value", "records")
    assert [(value, bytes(records)) for value, records in rows] == [("supply", b"3"), ("upgrade", b"2")]
