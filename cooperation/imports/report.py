"""What an import answers: the outcome of every row, what the mapping lacks, and what the loader did."""

from dataclasses import dataclass, field

from cooperation.bundles.report import Report
from cooperation.imports.mapping import SECTIONS
from cooperation.imports.outcomes import MERGED, NOT_OURS, REFUSED, Outcomes

MOST_NUMBERS = 12  # row numbers that a line of the report names


@dataclass
class ImportReport:
    """The report on one file; `loaded` is the loader's own, which also tells why nothing was written."""

    file: str
    loaded: Report
    day: object = None
    outcomes: Outcomes = field(default_factory=lambda: Outcomes([]))
    unknown: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    bundle: dict = field(default_factory=dict)

    @property
    def is_accepted(self):
        """Whether the file was taken, or in a dry run would be."""
        return self.loaded.is_accepted

    def lines(self):
        """Yield the report in words: rows by reason, what is not known, what the loader did, the sum of the rows."""
        for outcome in (REFUSED, NOT_OURS, MERGED):
            for reason, rows in self.outcomes.by_reason(outcome).items():
                yield f"{outcome}: {_count(rows)} ({_list(rows)}): {reason}"
        for unknown in self.unknown:
            what = f"{SECTIONS[unknown.section]} “{unknown.spelling}”, {_count(unknown.rows)}"
            yield f"to be filled in under {unknown.section}: {what}{_suggest(unknown)}"
        yield from self.notes
        yield from self.loaded.lines()
        if self.day:
            counts = self.outcomes.counts()
            words = ", ".join(f"{number} {outcome}" for outcome, number in counts.items())
            yield f"{self.file}, as of {self.day}: {_count(self.outcomes.rows)} of data: {words}"

    def as_json(self):
        """Return the report as plain values, with every row."""
        rows = [
            {"row": number, "outcome": outcome, "reason": reason}
            for number, (outcome, reason) in self.outcomes.rows.items()
        ]
        unknown = [
            {"section": u.section, "spelling": u.spelling, "rows": u.rows, "suggestions": u.suggestions}
            for u in self.unknown
        ]
        return {
            "file": self.file,
            "day": str(self.day) if self.day else None,
            "dry_run": self.loaded.dry_run,
            "counts": self.outcomes.counts(),
            "rows": rows,
            "unknown": unknown,
            "notes": self.notes,
            **{name: [str(entry) for entry in getattr(self.loaded, name)] for name in self.loaded.OUTCOMES},
        }

    def waiting(self):
        """Return `{section: {spelling: comment}}` for what the mapping is to be asked."""
        asked = {}
        for unknown in self.unknown:
            comment = f"{_count(unknown.rows)}{_suggest(unknown)}"
            asked.setdefault(unknown.section, {})[unknown.spelling] = comment
        return asked


def _count(rows):
    return f"{len(rows):,} row{'' if len(rows) == 1 else 's'}"


def _list(rows):
    more = len(rows) - MOST_NUMBERS
    return ", ".join(map(str, rows[:MOST_NUMBERS])) + (f" and {more:,} more" if more > 0 else "")


def _suggest(unknown):
    return f"; {' or '.join(unknown.suggestions)}?" if unknown.suggestions else ""
