"""What is asked: names and addresses, the ids in them taken from the data."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count

from cooperation.choices import PartyKind
from cooperation.models import Development, Partnership, Party, Program, System

A_DAY = "2024-06-30"
A_MONTH = {"from": "2024-01-01", "to": "2024-01-31"}


class Question(NamedTuple):
    """A name for the table, and the address from the root on."""

    name: str
    path: str


class Subjects(NamedTuple):
    """Ids in the data: what the filters ask for, a word to search for, and the two longest pages."""

    country: str
    stage: str
    category: str
    word: str
    program: str
    partnership: str


def find_subjects():
    """Return the second biggest country, the commonest stage, category and system, and what has most below it.

    The program is the one of which most had happened by `A_DAY`, so that its page is long then, too.
    """
    programs = Program.objects.visible()
    states = Party.objects.visible().filter(kind=PartyKind.STATE)
    systems = System.objects.visible()
    developments = Development.objects.visible().filter(program__public=True, effective_day__lte=A_DAY)
    return Subjects(
        country=_rank(states, "slug", "partnerships__programs")[1],
        stage=_rank(programs.exclude(stage=""), "stage", "pk")[0],
        category=_rank(systems, "category", "programs")[0],
        word=_rank(systems, "name", "programs")[0].split()[0],
        program=_rank(developments, "program__slug", "pk")[0],
        partnership=_rank(Partnership.objects.visible(), "slug", "programs")[0],
    )


def build_questions(subjects):
    """Return the questions in the order of the table; the first is the floor, an answer without the database."""
    chosen = {"party": subjects.country, "stage": subjects.stage, "category": subjects.category}
    program, then = f"/programs/{subjects.program}/", {"as_of": A_DAY}
    return [
        Question("floor: the process is up", "/healthz"),
        *_ask_lists("country, stage, category", chosen),
        *_ask_lists("all programs", {}),
        Question("API: country, stage, category", _build("/api/v1/programs/", chosen)),
        Question("API: facets of these", _build("/api/v1/programs/facets/", chosen)),
        Question("API: first of all programs by cursor", _build("/api/v1/programs/", {"cursor": "", "page_size": 200})),
        Question("search", _build("/search/", {"q": subjects.word})),
        Question("programs with a word", _build("/programs/", {"q": subjects.word})),
        Question("longest program", program),
        Question("longest program, as of a past day", _build(program, then)),
        Question("biggest partnership", f"/partnerships/{subjects.partnership}/"),
        Question("all developments", "/developments/"),
        Question("changes of a month", _build("/changes/", A_MONTH)),
        Question("CSV: country, stage, category", _build("/programs.csv", chosen)),
        Question("CSV: all programs", "/programs.csv"),
        Question("feed: country, stage, category", _build("/programs.atom", chosen)),
    ]


def _ask_lists(name, chosen):
    """Return a page of programs with all its counts: today, as of a past day, as known on it, and both."""
    days = {
        "": {},
        ", as of a past day": {"as_of": A_DAY},
        ", as known on it": {"known_on": A_DAY},
        ", as of and known on it": {"as_of": A_DAY, "known_on": A_DAY},
    }
    return [Question(f"{name}{words}", _build("/programs/", {**chosen, **day})) for words, day in days.items()]


def _build(path, parameters):
    return f"{path}?{urlencode(parameters)}" if parameters else path


def _rank(rows, column, counted):
    """Return the values of `column` in two rows or more, by how many different `counted` they have, most first."""
    counts = rows.order_by().values(column).annotate(rows=Count(counted, distinct=True)).order_by("-rows", column)
    return list(counts.values_list(column, flat=True)[:2])
