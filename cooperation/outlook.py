"""What is still to come of some programs: promises that are open or overdue, and claims that contradict each other.

Working it out takes all developments of a program, so nobody asks for all programs of a large database at once: whoever
calls names the few that matter, and says so beside the numbers.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Prefetch

from cooperation.changes import find_stage
from cooperation.choices import Phase, Stage
from cooperation.claims import Contradiction, Overdue, Promise, build_promises, find_contradictions
from cooperation.models import Citation, Development, Program


@dataclass(frozen=True)
class OpenPromise:
    """A promise in one unit of which something is still to be delivered, and the program that it belongs to."""

    program: Program
    promise: Promise


@dataclass(frozen=True)
class Outlook:
    """What is open (the oldest promise first), overdue (the day that passed last first), and contradicted.

    Of each program there is one contradiction, the one with the latest claim; the latest of all comes first. The
    developments that overdue promises and contradictions name have their program at hand.
    """

    open: list[OpenPromise]
    overdue: list[Overdue]
    contradictions: list[Contradiction]


def find_lately_due(day, today, most):
    """Return the primary keys of programs of the `most` promises whose day passed last before `today`, kept or not.

    `day` is the day asked about, as keywords of `counted`. The index `development_due` keeps this quick.
    """
    due = Development.objects.counted(**day).filter(due_latest__lt=today).exclude(program=None)
    return list(dict.fromkeys(due.order_by("-due_latest", "-pk").values_list("program", flat=True)[:most]))


def build_outlook(keys, day, today):
    """Return the `Outlook` of the public programs with one of `keys`, without those that are stopped; three queries.

    `day` is the day asked about, as keywords of `counted`; promises are as old as they are on the day `today`.
    """
    stories = [story for story in _find_stories(keys, day).values() if not _is_stopped(story)]
    promises = [OpenPromise(story[0].program, promise) for story in stories for promise in build_promises(story, today)]
    contradictions = [max(found, key=_by_last_claim) for found in map(find_contradictions, stories) if found]
    return Outlook(
        sorted((given for given in promises if given.promise.is_open), key=_by_age),
        sorted((late for given in promises for late in given.promise.overdue), key=_by_days),
        sorted(contradictions, key=_by_last_claim, reverse=True),
    )


def _find_stories(keys, day):
    """Return {program's key: its developments}, with speakers and with no more of their citations than origins take."""
    programs = Program.objects.visible().in_bulk(keys)
    known = Citation.objects.known(known_on=day.get("known_on")).select_related("article")
    citations = known.only("development_id", "article__slug").order_by("article__published", "article__slug", "start")
    told = Development.objects.counted(**day).filter(program__in=programs).order_by()
    told = told.select_related("said_by_party", "said_by_official")
    stories = defaultdict(list)
    for development in told.prefetch_related(Prefetch("citations", queryset=citations, to_attr="public_citations")):
        development.program = programs[development.program_id]
        stories[development.program_id].append(development)
    return stories


def _is_stopped(story):
    stage = find_stage(story)
    return bool(stage) and Stage(stage).phase == Phase.STOPPED


def _by_age(given):
    return given.promise.since, given.program.slug, given.promise.unit


def _by_days(late):
    return late.days, late.development.slug


def _by_last_claim(contradiction):
    return max(claim.effective_day for claim in contradiction.claims), contradiction.first.slug
