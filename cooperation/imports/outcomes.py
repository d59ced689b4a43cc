"""What became of each row of a file: used, merged, no matter of this portal, or refused, each with its reason."""

from collections import Counter

USED, MERGED, NOT_OURS, REFUSED = OUTCOMES = ("used", "merged", "not of this portal", "refused")


class Outcomes:
    """The outcome of every row, by row number; a row that was refused stays so, and used wins over merged."""

    def __init__(self, rows):
        """Take the `Row`s of a table; none has an outcome yet."""
        self.rows = {row.number: None for row in rows}
        self.repeats = {}

    def refuse(self, number, reason):
        """Refuse a row."""
        self.rows[number] = (REFUSED, reason)

    def leave_out(self, number, reason):
        """Count a row as no matter of this portal."""
        self.rows[number] = (NOT_OURS, reason)

    def repeat(self, number, first):
        """Note that a row repeats an earlier one, whose outcome it shares."""
        self.repeats[number] = first

    def settle(self):
        """Give each repeat its outcome: merged if the row that it repeats was taken, else what became of that one."""
        for number, known in self.rows.items():
            if known is None and number not in self.repeats:
                self.refuse(number, "tells nothing that could be claimed")
        for number, first in self.repeats.items():
            outcome, reason = self.rows[first]
            is_taken = outcome in (USED, MERGED)
            self.rows[number] = (MERGED, f"repeats row {first}") if is_taken else (outcome, reason)

    def use(self, claim, reason):
        """Count the first row of a claim as used, and the others, unless they are used for one of their own, merged."""
        first, *others = claim.rows
        self.rows[first] = (USED, reason)
        for number in others:
            self.rows[number] = self.rows[number] or (MERGED, f"together with row {first}")

    def counts(self):
        """Return `{outcome: number of rows}`."""
        counted = Counter(outcome for outcome, _ in self.rows.values())
        return {outcome: counted[outcome] for outcome in OUTCOMES}

    def by_reason(self, outcome):
        """Return `{reason: [row number, …]}` for the rows of an outcome."""
        found = {}
        for number, (its_outcome, reason) in self.rows.items():
            if its_outcome == outcome:
                found.setdefault(reason, []).append(number)
        return found
