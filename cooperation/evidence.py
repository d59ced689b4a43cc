"""What staff have to look after in public: missing words, contradictions, overdue promises, old news, odd moves."""

import datetime
from dataclasses import dataclass
from itertools import pairwise

from cooperation.choices import Phase, Rank, Stage
from cooperation.claims import find_contradictions, find_overdue, order_of
from cooperation.models import Development, Program

KINDS = ("without-words", "contradiction", "overdue", "stale", "backwards")
STALE_AFTER = 365


@dataclass(frozen=True)
class Finding:
    """One thing to look after: its kind (one of KINDS), the id of the record, and a sentence."""

    kind: str
    record: str
    message: str


def find_all(today, stale_after=STALE_AFTER):
    """Return all findings as of the day `today`; programs without news for `stale_after` days are stale."""
    developments = list(Development.objects.visible().with_names().with_citations().order_by("effective_day", "slug"))
    findings = [f for development in developments for f in find_without_words(development)]
    by_program = {}
    for development in developments:
        by_program.setdefault(development.program_id, []).append(development)
    for program in Program.objects.visible().current().order_by("slug"):
        story = [d for d in by_program[program.pk] if d.rank != Rank.DEPRECATED]
        for find in (describe_contradictions, find_backwards):
            findings += find(program, story)
        findings += describe_overdue(program, story, today) + find_stale(program, today, stale_after)
    return sorted(findings, key=lambda finding: (KINDS.index(finding.kind), finding.record))


def find_without_words(development):
    """Return a finding if a public fact has no passage that can be opened."""
    if any(citation.start is not None for citation in development.public_citations):
        return []
    return [Finding("without-words", development.slug, "no public passage says this.")]


def describe_contradictions(program, developments):
    """Return a finding for each contradiction among the claims of a program."""
    return [Finding("contradiction", program.slug, describe(found)) for found in find_contradictions(developments)]


def describe(contradiction):
    """Return a contradiction in one sentence."""
    claims = (f"{claim.slug} says {words_of(claim)}" for claim in contradiction.claims)
    return f"{contradiction.step.value}, {contradiction.unit}: {', '.join(claims)}."


def words_of(development):
    """Return a quantity in plain words, such as `up-to 6`."""
    quantity = development.quantity
    numbers = [quantity[key] for key in ("value", "min", "max") if key in quantity]
    return " ".join([str(quantity["qualifier"]), *(f"{number:f}".removesuffix(".00") for number in numbers)])


def describe_overdue(program, developments, today):
    """Return a finding for each promise of a program whose due day has passed unkept."""
    found = ((late.development, late.days) for late in find_overdue(developments, today))
    return [Finding("overdue", program.slug, f"{d.slug} was due {d.due}, {days} days ago.") for d, days in found]


def find_stale(program, today, stale_after):
    """Return a finding if a program that is not at its end has had no news for longer than `stale_after` days."""
    age = today - program.latest_day
    is_open = program.stage and Stage(program.stage).phase not in (Phase.RESULT, Phase.STOPPED)
    if not is_open or age <= datetime.timedelta(days=stale_after):
        return []
    return [
        Finding("stale", program.slug, f"{program.stage} since {program.latest_day}, {age.days} days without news.")
    ]


def find_backwards(program, developments):
    """Return a finding for each move to an earlier stage that is neither a stop nor the end of one."""
    moving = sorted((d for d in developments if d.moves), key=order_of)
    return [
        Finding("backwards", program.slug, f"{later.slug} moves from {earlier.stage} back to {later.stage}.")
        for earlier, later in pairwise(moving)
        if Stage(later.stage).position < Stage(earlier.stage).position and Stage(earlier.stage).phase != Phase.STOPPED
    ]
