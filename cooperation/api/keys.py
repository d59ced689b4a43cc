"""Which rows a page of a list shows: primary keys, then, where asked what changed since, withdrawals."""

from django.db.models import Q
from django.utils.functional import cached_property

from cooperation.facets import count, find_after, find_page
from cooperation.models import Withdrawal

ROW, WITHDRAWAL = "row", "withdrawal"


class Keys:
    """The primary keys of the rows that a filterset leaves, in its order, and behind them the `Withdrawal`s since.

    What was withdrawn no filter can ask any more: all of its noun since then stands there, whatever else narrows.
    """

    def __init__(self, filterset, has_withdrawals=False):
        """Ask nothing yet."""
        since = filterset.form.cleaned_data["modified_since"] if has_withdrawals else None
        rows = Withdrawal.objects.of_model(filterset.queryset.model)
        self.filterset, self.withdrawals = filterset, rows.filter(at__gte=since) if since else None

    @cached_property
    def counted(self):
        """Return the rows counted, without facets."""
        return count(self.filterset, has_facets=False)

    def __len__(self):
        return self.counted.total + (0 if self.withdrawals is None else self.withdrawals.count())

    def __getitem__(self, part):
        total = self.counted.total
        keys = find_page(self.filterset, part.start, part.stop, self.counted) if part.start < total else []
        if self.withdrawals is None or part.stop <= total:
            return keys
        return [*keys, *self.withdrawals[max(0, part.start - total) : part.stop - total]]

    def find_after(self, position, size):
        """Return `size` (key or withdrawal, its position) after the position given, None for the first."""
        kind, value, slug = position or (ROW, None, None)
        found = []
        if kind == ROW:
            after = (value, slug) if position else None
            rows = find_after(self.filterset, after, size, self.counted)
            found = [(key, [ROW, *place]) for key, *place in rows]
        if len(found) < size and self.withdrawals is not None:
            after = (value, slug) if kind == WITHDRAWAL else None
            found += self._find_withdrawals_after(after, size - len(found))
        return found

    def _find_withdrawals_after(self, after, size):
        rows = self.withdrawals
        if after:
            at, slug = after
            rows = rows.filter(Q(at__gt=at) | Q(at=at, slug__gt=slug))
        return [(row, [WITHDRAWAL, row.at.isoformat(), row.slug]) for row in rows[:size]]


def find_page_after(keys, position, size):
    """Return what a page of `size` shows after `position`, and the position of its last row, None at the end."""
    found = keys.find_after(position, size + 1)
    last = found[size - 1][1] if len(found) > size else None
    return [item for item, _ in found[:size]], last
