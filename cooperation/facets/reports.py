"""Which articles report each development: what leads from developments that answer all that is asked to articles."""

from array import array

from pyroaring import BitMap

from cooperation.models import Citation
from cooperation.models.keys import as_rows

KEY = "I"  # four bytes, as a bitmap takes no larger keys
STEP = 10_000  # rows read at a time


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
        for development in changed.developments:
            others.pop(development, None)
            if development < len(first):
                first[development] = 0
        return _add(first, others, _find_pairs(development__in=as_rows(changed.developments)))


def read_reports():
    """Read the `Reports` of all citations."""
    return _add(array(KEY), {}, _find_pairs())


def _find_pairs(**condition):
    """Return (development, article) pairs, in any order."""
    return Citation.objects.filter(**condition).order_by().values_list("development", "article")


def _add(first, others, pairs):
    """Return `Reports` of both with `pairs` of developments that neither knows."""
    for development, article in pairs.iterator(chunk_size=STEP):
        if development >= len(first):
            first.frombytes(bytes(first.itemsize * (development + 1 - len(first))))
        known = first[development]
        if not known:
            first[development] = article
        elif known != article:  # else told by the same article in more words
            others.setdefault(development, set()).add(article)
    return Reports(first, others)
