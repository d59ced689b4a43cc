"""What a load answers: what was done to each record, or what is wrong where."""

import zlib
from collections import Counter
from dataclasses import dataclass, field

BLOCK = 1_000  # names that are packed together


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands in the input: file, line (from 1) and key."""

    file: str
    line: int
    key: str = ""

    def __str__(self):
        return f"{self.file}, line {self.line}" + (f", {self.key}" if self.key else "")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong: where, what, and what is allowed."""

    place: Place
    message: str

    def __str__(self):
        return f"{self.place}: {self.message}"


class BundleError(Exception):
    """The input cannot be loaded; `problems` lists all that is wrong, in the order of the input."""

    def __init__(self, problems):
        """Keep the problems, without repeats."""
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


class NotPermitted(BundleError):
    """The input is right, but its sender may not do all that it asks for."""


class LoadRunning(Exception):
    """Another load is running on the same database."""


class Names:
    """Names of records in the order in which they came; packed, because those of a whole database fill the memory."""

    def __init__(self):
        """Start with none."""
        self._packed, self._waiting = [], []

    def append(self, name):
        """Take one more."""
        self._waiting.append(name)
        if len(self._waiting) == BLOCK:
            self._packed.append(zlib.compress("\n".join(self._waiting).encode()))
            self._waiting = []

    def __len__(self):
        return BLOCK * len(self._packed) + len(self._waiting)

    def __iter__(self):
        for block in self._packed:
            yield from zlib.decompress(block).decode().split("\n")
        yield from self._waiting

    def __eq__(self, other):
        return list(self) == list(other)

    def __repr__(self):
        return f"Names({list(self)})"


@dataclass
class Report:
    """What a load did, or with `dry_run` would do: lists of `section/id`, and the problems if it was refused.

    `is_permitted` is false where the problems are about what the sender may do.
    """

    dry_run: bool = False
    created: Names = field(default_factory=Names)
    updated: Names = field(default_factory=Names)
    unchanged: Names = field(default_factory=Names)
    left_over: list = field(default_factory=list)
    withdrawn: list = field(default_factory=list)
    rejected: list = field(default_factory=list)
    is_permitted: bool = True

    OUTCOMES = ("created", "updated", "unchanged", "left_over", "withdrawn", "rejected")

    @property
    def is_accepted(self):
        """Whether the input was taken, or in a dry run would be."""
        return not self.rejected

    def as_mapping(self):
        """Return the report in the types of JSON: `dry_run`, and a list of texts for each outcome."""
        return {"dry_run": self.dry_run} | {name: list(map(str, getattr(self, name))) for name in self.OUTCOMES}

    def counts(self):
        """Return `{outcome: number}`."""
        return Counter({outcome: len(getattr(self, outcome)) for outcome in self.OUTCOMES})

    def lines(self):
        """Yield the report in words: the problems, what is left over, then one line of counts."""
        yield from (str(problem) for problem in self.rejected)
        yield from (f"left over: {name} is no longer in its article" for name in self.left_over)
        counts = ", ".join(f"{number} {outcome.replace('_', ' ')}" for outcome, number in self.counts().items())
        yield f"{'Dry run, nothing written: ' if self.dry_run else ''}{counts}"
