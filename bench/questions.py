"""What is asked: names and addresses, the ids in them taken from the data."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count

from bench import datasette
from cooperation import text
from cooperation.choices import PartyKind
from cooperation.models import Development, Partnership, Party, Program, System

A_DAY = "2024-06-30"
A_MONTH = {"from": "2024-01-01", "to": "2024-01-31"}
DEEP = 2_000  # a page that is far from the first
PAGE_SIZE = 25

# What goals and peers refer to.
LIST, PAST_LIST = "country, stage, category", "country, stage, category, as of a past day"
ALL, DEEP_ALL = "all programs", f"all programs, page {DEEP:,}"
API, WORDS = "API: country, stage, category", "programs of a country with a word"
TYPICAL, COUNTRY_CSV = "typical program", "CSV: country"
HELLO = "hello: the portal's middleware alone"
KEPT = {name: f"{name}, kept from a reader before" for name in (LIST, WORDS, TYPICAL)}
TUTORIAL_LIST, TUTORIAL_DEEP = f"tutorial: {LIST}", f"tutorial: {DEEP_ALL}"
TUTORIAL_DETAIL, TUTORIAL_CSV = f"tutorial: {TYPICAL}", f"tutorial: {COUNTRY_CSV}"
DRF_LIST, DRF_WORDS = "DRF: country, stage, category, no facets", "DRF: a country with a word, no facets"
ADMIN_LIST, DATASETTE_LIST, DATASETTE_TABLE = f"admin: {LIST}", f"Datasette: {LIST}", f"Datasette, table: {LIST}"
SQL_CSV, LOAD = "SQL alone: CSV: country", "loading an article with one development"


class Question(NamedTuple):
    """A name for the table, the address from the root on, who is asked, and the portal's answer to compare it with.

    `{turn}` in the address is a number that grows with each round. Unless the answer of a reader before will do
    (`is_kept`), the whole of it is put together anew.
    """

    name: str
    path: str
    server: str = "portal"
    beside: str = ""
    is_kept: bool = False

    def build_path(self, turn):
        """Return the address for one round."""
        return self.path.replace("{turn}", str(turn))


class Subjects(NamedTuple):
    """Ids in the data: what the filters ask for, a word to search for, the longest pages and a typical one.

    `party` is the primary key of the country, `total` the number of programs.
    """

    country: str
    stage: str
    category: str
    word: str
    program: str
    typical: str
    partnership: str
    party: int
    total: int

    @property
    def chosen(self):
        """Return the parameters of the list question."""
        return {"party": self.country, "stage": self.stage, "category": self.category}


def find_subjects():
    """Return the second biggest country, the commonest stage, category and system, and what has most below it.

    The program is the one of which most had happened by `A_DAY`, so that its page is long then, too; the typical one
    has the median number of developments.
    """
    programs = Program.objects.visible()
    states = Party.objects.visible().filter(kind=PartyKind.STATE)
    systems = System.objects.visible()
    developments = Development.objects.visible().filter(program__public=True)
    country = _rank(states, "slug", "partnerships__programs")[1]
    return Subjects(
        country=country,
        stage=_rank(programs.exclude(stage=""), "stage", "pk")[0],
        category=_rank(systems, "category", "programs")[0],
        word=_rank(systems, "name", "programs")[0].split()[0],
        program=_rank(developments.filter(effective_day__lte=A_DAY), "program__slug", "pk")[0],
        typical=_find_typical(developments),
        partnership=_rank(Partnership.objects.visible(), "slug", "programs")[0],
        party=Party.objects.get(slug=country).pk,
        total=programs.current().count(),
    )


def build_questions(subjects):
    """Return the questions to the portal in the order of the table; the first is an answer without the database."""
    chosen, country = subjects.chosen, {"party": subjects.country}
    program, then = f"/programs/{subjects.program}/", {"as_of": A_DAY}
    return [
        Question("floor: the process is up", "/healthz"),
        *_ask_lists(LIST, chosen),
        Question(KEPT[LIST], _build("/programs/", chosen), is_kept=True),
        *_ask_lists(ALL, {}),
        Question("all programs, a page that was not shown before", "/programs/?page={turn}"),
        *_ask_deep(DEEP_ALL, subjects),
        Question(API, _build("/api/v1/programs/", chosen)),
        Question("API: facets of these", _build("/api/v1/programs/facets/", chosen)),
        Question("API: first of all programs by cursor", _build("/api/v1/programs/", {"cursor": "", "page_size": 200})),
        Question("first page", "/"),
        Question("search", _build("/search/", {"q": subjects.word})),
        Question("programs with a word", _build("/programs/", {"q": subjects.word})),
        Question(WORDS, _build("/programs/", {"q": subjects.word, **country})),
        Question(KEPT[WORDS], _build("/programs/", {"q": subjects.word, **country}), is_kept=True),
        Question(TYPICAL, f"/programs/{subjects.typical}/"),
        Question(KEPT[TYPICAL], f"/programs/{subjects.typical}/", is_kept=True),
        Question("longest program", program),
        Question("longest program, as of a past day", _build(program, then)),
        Question("biggest partnership", f"/partnerships/{subjects.partnership}/"),
        Question("all developments", "/developments/"),
        Question("changes of a month", _build("/changes/", A_MONTH)),
        Question("CSV: country, stage, category", _build("/programs.csv", chosen)),
        Question(COUNTRY_CSV, _build("/programs.csv", country)),
        Question("CSV: all programs", "/programs.csv"),
        Question("feed: country, stage, category", _build("/programs.atom", chosen)),
    ]


def build_peer_questions(subjects):
    """Return what the peers are asked, each beside the portal's answer to the same."""
    chosen, country = subjects.chosen, {"party": subjects.country}
    words = {"search": text.fold(subjects.word), **country}
    typical = f"/programs/{subjects.typical}/"
    return [
        Question(HELLO, "/hello", "peers"),
        Question(TUTORIAL_LIST, _build("/programs/", chosen), "peers", LIST),
        Question(f"tutorial: {ALL}", "/programs/", "peers", ALL),
        *_ask_deep(TUTORIAL_DEEP, subjects, "peers", DEEP_ALL),
        Question(DRF_LIST, _build("/api/programs/", chosen), "peers", API),
        Question(DRF_WORDS, _build("/api/searched/", words), "peers", WORDS),
        Question(TUTORIAL_DETAIL, typical, "peers", TYPICAL),
        Question(TUTORIAL_CSV, _build("/programs.csv", country), "peers", COUNTRY_CSV),
        Question(ADMIN_LIST, _build("/admin/cooperation/program/", _choose_in_admin(subjects)), "peers", LIST),
        *_ask_datasette(subjects),
        Question(SQL_CSV, SQL_CSV, "process", COUNTRY_CSV),
        Question(LOAD, LOAD, "process"),
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


def _ask_deep(name, subjects, *asked):
    """Return the question of a far page if there are so many rows."""
    return [Question(name, f"/programs/?page={DEEP}", *asked)] if subjects.total >= DEEP * PAGE_SIZE else []


def _choose_in_admin(subjects):
    return {
        "partnership__parties__id__exact": subjects.party,
        "stage__exact": subjects.stage,
        "systems__category__exact": subjects.category,
    }


def _ask_datasette(subjects):
    """Return the list question to the view and to the table, where Datasette can be asked."""
    if not datasette.is_there():
        return []
    chosen = {
        "parties__arraycontains": subjects.country,
        "stage__exact": subjects.stage,
        "categories__arraycontains": subjects.category,
    }
    facets = {"_facet": ("stage", "mode"), "_facet_array": ("parties", "categories", "systems")}
    asked = {**chosen, **facets, "_sort_desc": "latest_day", "_size": PAGE_SIZE}
    names = (DATASETTE_LIST, DATASETTE_TABLE)
    return [
        Question(name, _build(path, asked), "datasette", LIST)
        for name, path in zip(names, datasette.find_paths(), strict=True)
    ]


def _find_typical(developments):
    counts = developments.order_by().values("program").annotate(rows=Count("pk")).order_by("rows", "program__slug")
    return counts.values_list("program__slug", flat=True)[counts.count() // 2]


def _build(path, parameters):
    return f"{path}?{urlencode(parameters, doseq=True)}" if parameters else path


def _rank(rows, column, counted):
    """Return the values of `column` in two rows or more, by how many different `counted` they have, most first."""
    counts = rows.order_by().values(column).annotate(rows=Count(counted, distinct=True)).order_by("-rows", column)
    return list(counts.values_list(column, flat=True)[:2])
