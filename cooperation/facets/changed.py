"""Which records can have changed from one edition to another, so that what a process keeps need not be read anew.

Each edition's changes say which records were looked at anew; who knows an earlier edition walks back to it.
"""

from typing import NamedTuple

from pyroaring import BitMap

from cooperation.facets.stored import RENEWED, read_bitmap
from cooperation.models import FacetChange

MOST = 20_000  # records of a noun; to look at more one by one takes longer than to read all anew


class Changed(NamedTuple):
    """Bitmaps of primary keys, also of records that are gone or that nobody may see."""

    programs: BitMap
    developments: BitMap


def find_changed(former, edition):
    """Return what can have `Changed` from the edition with the key `former` to the one with the key `edition`.

    None if that is too much or not known, as after `rebuild_facets`, which can have changed everything.
    """
    changed, is_reached = Changed(BitMap(), BitMap()), False
    rows = FacetChange.objects.filter(facet=RENEWED, noun__in=Changed._fields).order_by("-pk")
    for key, noun, records in rows.values_list("edition", "noun", "records").iterator(chunk_size=20):
        is_reached = is_reached or key == edition  # those before are later ones
        if key == former:
            return changed if is_reached else None
        if is_reached:
            getattr(changed, noun).update(read_bitmap(records))
        if max(map(len, changed)) > MOST:
            return None
    return None
