"""What changed between the ends of two days: programs that are new, stages that moved, new claims and contradictions.

Whichever clock is turned, what counts on a day counts on every later day as well. So a program changed between two days
exactly if it has a new claim: a development that counts at the later end and not at the earlier. All else follows.
"""

import datetime
from dataclasses import dataclass

from cooperation.claims import Contradiction, find_contradictions, order_of
from cooperation.models import Development, Program

USUAL_DAYS = 30
COLUMNS = {"as_of": "effective_day", "known_on": "reported_on"}  # what `Development.objects.known` compares


@dataclass(frozen=True)
class Span:
    """From the end of the day `start` to the end of the day `end`, on the `clock` that is turned.

    `asked` is the day asked about as keywords of `counted`; its other clock stands still.
    """

    clock: str
    start: datetime.date
    end: datetime.date
    asked: dict

    @property
    def after(self):
        """Return the later end as keywords of `counted`."""
        return {**self.asked, self.clock: self.end}

    @property
    def column(self):
        """Return the column of a development that tells its day on the clock."""
        return COLUMNS[self.clock]

    def is_new(self, development):
        """Whether a development that counts at the later end did not count at the earlier."""
        return getattr(development, self.column) > self.start

    def find_claims(self):
        """Return the developments that are new, in no order."""
        return Development.objects.counted(**self.after).filter(**{f"{self.column}__gt": self.start}).order_by()


@dataclass(frozen=True)
class Change:
    """What changed in a program. `developments` are the new claims, the latest first; a stage may be empty."""

    program: Program
    is_new: bool
    stage_from: str
    stage_to: str
    developments: tuple
    contradictions: tuple[Contradiction, ...]

    @property
    def has_moved(self):
        """Whether a program that was known before has another stage."""
        return not self.is_new and self.stage_from != self.stage_to


@dataclass(frozen=True)
class Tally:
    """How much changed in some programs."""

    new: int
    moved: int
    developments: int
    contradictions: int


def build_span(clock, start, end, asked, today):
    """Return the `Span` of days of which some may be None.

    It ends today unless told otherwise, and never after the day `asked` about on the same clock; it begins
    `USUAL_DAYS` before its end.
    """
    last = min(end or today, asked.get(clock) or datetime.date.max)
    return Span(clock, start or go_back(last, USUAL_DAYS), last, asked)


def go_back(day, days):
    """Return the day so many `days` before, or the first of the calendar."""
    return datetime.date.fromordinal(max(1, day.toordinal() - days))


def find_changes(keys, span):
    """Return the `Change` of each public program with one of `keys`, in their order; three queries at most."""
    programs = Program.objects.visible().select_related("partnership").in_bulk(keys)
    counted = {key: [] for key in keys if key in programs}
    told = Development.objects.counted(**span.after).filter(program__in=programs)
    for development in told.with_names().with_citations(span.after.get("known_on")).latest_first():
        counted[development.program_id].append(development)
    return [compare(programs[key], developments, span.is_new) for key, developments in counted.items()]


def compare(program, developments, is_new):
    """Return the `Change` of a program from those `developments` that are not new to all of them; pure.

    They count at the later end and come the latest first, with speakers and public citations; `is_new` takes one.
    """
    before = [development for development in developments if not is_new(development)]
    contradicted = set(map(_identify, find_contradictions(before)))
    return Change(
        program,
        not before,
        find_stage(before),
        find_stage(developments),
        tuple(filter(is_new, developments)),
        tuple(found for found in find_contradictions(developments) if _identify(found) not in contradicted),
    )


def find_stage(developments):
    """Return the stage that counted `developments` of a program add up to, empty if none of them moves it."""
    moving = [development for development in developments if development.moves and development.stage]
    return max(moving, key=order_of).stage if moving else ""


def tally(changes):
    """Return the `Tally` of changes."""
    return Tally(
        sum(change.is_new for change in changes),
        sum(change.has_moved for change in changes),
        sum(len(change.developments) for change in changes),
        sum(len(change.contradictions) for change in changes),
    )


def _identify(contradiction):
    """Tell contradictions apart; a late report of an earlier day can turn the two claims round."""
    return contradiction.step, contradiction.unit, frozenset(contradiction.claims)
