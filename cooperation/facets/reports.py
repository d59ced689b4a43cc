"""Which articles report each development: what leads from developments that answer all that is asked to articles."""

import json
from array import array

from django.db import connection
from django.db.models import Max
from pyroaring import BitMap

from cooperation.models import Citation
from cooperation.models.keys import as_rows

KEY = "I"  # four bytes, as a bitmap takes no larger keys
STEP = 150_000  # articles whose citations are read at a time
_PAIR = "CAST(development_id AS text) || ',' || CAST(article_id AS text)"
JOINED = {"sqlite": f"GROUP_CONCAT({_PAIR})", "postgresql": f"STRING_AGG({_PAIR}, ',')"}


class Reports:
    """The articles of each development by primary keys, also of articles and developments that are not public.

    `first` has one article at the place of the development's key, 0 stands for none; `others` are all further ones of
    those that have several, and `several` the keys of these. Millions of developments have one, so that a number each
    takes the least memory.
    """

    def __init__(self, first, others):
        """Start with what is known."""
        self.first, self.others, self.several = first, others, BitMap(others)
        self.known = BitMap(range(len(first)))

    def lead(self, developments):
        """Return the articles that report one of the developments."""
        articles = BitMap(map(self.first.__getitem__, developments & self.known))
        for development in developments & self.several:
            articles.update(self.others[development])
        articles.discard(0)
        return articles

    def renew(self, changed):
        """Return what it is now that the developments of `changed` can have other articles."""
        first, others = self.first[:], dict(self.others)
        _reach(first, max(changed.developments, default=0))
        for development in changed.developments:
            others.pop(development, None)
            first[development] = 0
        cited = Citation.objects.filter(development__in=as_rows(changed.developments)).order_by()
        _add(first, others, cited.values_list("development", "article"))
        return Reports(first, others)


def read_reports():
    """Read the `Reports` of all citations; what comes in meanwhile belongs to a later edition."""
    last = Citation.objects.aggregate(article=Max("article"), development=Max("development"))
    first, others = array(KEY), {}
    _reach(first, last["development"] or 0)
    for start in range(0, (last["article"] or 0) + 1, STEP):
        _add(first, others, _read_pairs(start, last["development"]))
    return Reports(first, others)


def _reach(first, development):
    """Give `first` a place for each development up to this one."""
    first.frombytes(bytes(first.itemsize * max(0, development + 1 - len(first))))


def _read_pairs(start, last):
    """Return (development, article) for the citations of `STEP` articles from `start` on; `last` is a development.

    They come as one text, from an index alone: as millions of rows they take three times as long.
    """
    table, joined = Citation._meta.db_table, JOINED[connection.vendor]
    statement = f"SELECT {joined} FROM {table} WHERE article_id >= %s AND article_id < %s AND development_id <= %s"  # noqa: S608 - no input
    with connection.cursor() as cursor:
        cursor.execute(statement, [start, start + STEP, last])
        numbers = json.loads(f"[{cursor.fetchone()[0] or ''}]")
    return zip(numbers[::2], numbers[1::2], strict=True)


def _add(first, others, pairs):
    """Put pairs of developments and articles where they belong; told by one article in more words is told once."""
    for development, article in pairs:
        known = first[development]
        if not known:
            first[development] = article
        elif known != article:
            others.setdefault(development, set()).add(article)
