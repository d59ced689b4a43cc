"""Which records can have changed from one edition to another, so that what a process keeps need not be read anew.

`index` notes it with each edition; who knows an earlier one walks back to it.
"""

from typing import NamedTuple

from pyroaring import BitMap

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
    changed = Changed(BitMap(), BitMap())
    rows = FacetChange.objects.order_by("-pk").values_list("edition", "former", "programs", "developments")
    for key, before, programs, developments in rows.iterator(chunk_size=10):
        if key != edition:
            continue  # a later one
        changed = Changed(
            changed.programs | BitMap.deserialize(programs),
            changed.developments | BitMap.deserialize(developments),
        )
        if max(map(len, changed)) > MOST:
            return None
        if before == former:
            return changed
        edition = before
    return None
