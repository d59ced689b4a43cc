"""What an export holds: the rows of a list in its order, read block by block, so that memory stays flat."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice
from typing import Any

from django.utils import timezone, translation

from cooperation.exports.columns import TABLES
from cooperation.exports.columns.links import Asked
from cooperation.facets import Counted, find_page, stream_pages
from cooperation.models import Development
from cooperation.models.keys import as_rows

FIRST_BLOCK = 200  # so that the first byte does not wait for more
BLOCK = 2_000


@dataclass(frozen=True)
class Selection:
    """The rows from `start` up to `stop` of a valid `filterset`, `counted` whole, and what is asked of them.

    `root` is the scheme and host of addresses. With `is_claims`, which programs alone know, there is one row for each
    development of a program that was known on the day, the program's latest one first.
    """

    filterset: Any
    counted: Counted
    start: int
    stop: int
    language: str
    root: str
    is_claims: bool = False

    @property
    def noun(self):
        """Return what a row is."""
        return "developments" if self.is_claims else self.filterset.noun

    @property
    def table(self):
        """Return the columns."""
        return TABLES[self.noun]

    @property
    def day(self):
        """Return the day asked about as keywords."""
        return self.filterset.day

    @property
    def end(self):
        """Return the last day that it tells of: the one asked about, today without one or for one to come."""
        return min([timezone.localdate(), *self.day.values()])

    @property
    def rows(self):
        """Return the queryset out of which blocks are read; what has been hidden meanwhile is not in it."""
        return Development.objects.visible().known(**self.day) if self.is_claims else self.filterset.find_rows()

    @property
    def count(self):
        """Return the number of rows."""
        return self.find_claims(self.keys).count() if self.is_claims else self.stop - self.start

    @cached_property
    def keys(self):
        """Return the primary keys of all rows of the filterset that it has."""
        return find_page(self.filterset, self.start, self.stop, self.counted)

    def find_claims(self, programs):
        """Return the claims of these programs, named by primary keys unless they are all that the filter leaves."""
        is_all = len(programs) == len(self.keys) > BLOCK
        of = self.filterset.narrow().values("pk") if is_all else as_rows(programs)
        return Development.objects.visible().known(**self.day).filter(program__in=of)

    def stream_keys(self, size=BLOCK):
        """Yield the primary keys of the rows, `size` or fewer at a time, a small block first."""
        if self.is_claims:
            for programs in _cut(self.keys, size):
                yield from _cut(self._order_claims(programs), size)
        else:
            pages = stream_pages(self.filterset, self.start, self.stop, self.counted)
            yield from _cut(chain.from_iterable(pages), size)

    def stream_blocks(self):
        """Yield the values of each column, block by block, with words in the language of the selection."""
        asked = Asked(self.day, self.root)
        for keys in self.stream_keys():
            with translation.override(self.language):
                block = self.table.read(self.rows, keys, asked)
            yield block

    def _order_claims(self, programs):
        told = defaultdict(list)
        claims = Development.objects.visible().known(**self.day).filter(program__in=as_rows(programs)).latest_first()
        for program, claim in claims.values_list("program", "pk"):
            told[program].append(claim)
        return [claim for program in programs for claim in told[program]]


def select(filterset, counted, root, start=0, stop=None, is_claims=False):
    """Return the selection of the rows from `start` up to `stop` of a valid filterset, of which `counted` knows all."""
    stop = counted.total if stop is None else stop
    return Selection(filterset, counted, start, stop, translation.get_language(), root, is_claims)


def _cut(keys, size):
    waiting = iter(keys)
    block = list(islice(waiting, FIRST_BLOCK))
    while block:
        yield block
        block = list(islice(waiting, size))
