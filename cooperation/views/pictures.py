"""Pictures: of the programs that a filter leaves, and of what a record's own page tells.

Each number comes from the facets of the same filterset as the list, and each element leads into that list.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cooperation.charts import Entry, Grid, Moment, build_matrix, build_timeline, build_trend
from cooperation.choices import Phase, Stage
from cooperation.dates import spell_day
from cooperation.facets import count_pairs, count_periods
from cooperation.models import Development
from cooperation.views.controls import find_kept
from cooperation.views.lists import ProgramList

MOST_PARTIES = 8
MOST_LANES = 12
MOST_MOVES = 2_000  # developments read for one timeline
EVERY = ""  # the row of a trend that counts programs of all phases


@dataclass(frozen=True)
class Pictures:
    """The pictures of the programs that a filter leaves; a matrix is None if it would have no cell."""

    total: int
    matrix: Grid | None
    partners: Grid | None
    trend: Grid
    has_more_parties: bool
    without_stage: int


class PicturePage(ProgramList):
    """The programs of the list as pictures: what they are, who is in them, how they came to be."""

    title = _("Programs in pictures")
    intro = _("The same programs as in the list, with the same filters. Each number opens the programs behind it.")

    def get_template_names(self):
        """Return the page's own template."""
        return ["pictures/page.html"]

    def get(self, request, *args, **kwargs):
        """Answer the page; there are no further ones to leaf through."""
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_rows(self, filterset, counted, paging):
        """Return the pictures in the place of rows; none of no programs."""
        return build_pictures(filterset, counted, self.day.end) if counted.total else None

    def get_context_data(self, **kwargs):
        """Leave out the order, which pictures do not have, unless it is wrong; add the pictures and the way back."""
        context = super().get_context_data(**kwargs)
        controls = [control for control in context["controls"] if control.name != "sort" or control.errors]
        return context | {
            "controls": controls,
            "kept": find_kept(controls, self.request.GET),
            "list_address": find_list_address(self.request.GET),
        }


def build_pictures(filterset, counted, end):
    """Return the `Pictures` of what a valid filterset of programs has counted, up to the day `end`."""
    stages = count_pairs(filterset, counted, "stage", "mode")
    parties = count_pairs(filterset, counted, "party", "party", MOST_PARTIES)
    listed = next((len(facet.values) for facet in counted.facets if facet.name == "party"), 0)
    return Pictures(
        total=counted.total,
        matrix=_draw_stages(stages, filterset.data) if stages.counts else None,
        partners=_draw_parties(parties, filterset.data) if len(parties.rows) > 1 else None,
        trend=_draw_periods(count_periods(filterset, counted, end), filterset.data),
        has_more_parties=listed > len(parties.rows),
        without_stage=counted.total - sum(stages.counts.values()),
    )


def find_list_address(query, **changes):
    """Return the address of the list of programs for a query (a QueryDict) with the values in `changes` instead."""
    asked = query.copy()
    for name, values in {"page": [], **changes}.items():
        asked.setlist(name, values)
    written = asked.urlencode()
    return f"{reverse('program-list')}?{written}" if written else reverse("program-list")


def draw_timeline(programs, has_more, asked):
    """Return the `Timeline` of the moves of `programs`, at most `MOST_LANES`, on the `asked` day; one query.

    None if nothing moved them. Of a history without end the latest `MOST_MOVES` moves are looked at.
    """
    moves = {}
    moved = Development.objects.counted(**asked.keywords).moving().filter(program__in=[one.pk for one in programs])
    for move in moved.latest_first()[:MOST_MOVES] if programs else ():
        moves.setdefault(move.program_id, []).insert(0, move)
    stories = [_tell(program, moves.get(program.pk, []), asked.as_query) for program in programs]
    return build_timeline(stories, asked.end, has_more=has_more)


def _tell(program, moves, day):
    """Return a program as a lane of a timeline; its links carry the day on."""
    page = reverse("program-detail", args=[program.slug]) + (f"?{day}" if day else "")
    moments = [(move, Stage(move.stage)) for move in moves]
    return (
        program.local_name,
        page,
        [Moment(move.effective_day, str(s.label), s.colour, f"{page}#{move.slug}") for move, s in moments],
    )


def _draw_stages(pairs, query):
    def find_address(stage, mode):
        return find_list_address(query, stage=[stage], mode=[mode])

    return build_matrix(_enter(pairs.rows), _enter(pairs.columns), pairs.counts, find_address)


def _draw_parties(pairs, query):
    def find_address(*parties):
        return find_list_address(query, party=list(dict.fromkeys([*query.getlist("party"), *parties])))

    return build_matrix(_enter(pairs.rows), _enter(pairs.columns), pairs.counts, find_address)


def _draw_periods(periods, query):
    def find_address(phase, end):
        then = {} if end == str(periods[-1].end) else {"as_of": [end]}
        return find_list_address(query, **({"phase": [phase]} if phase else {}), **then)

    rows = [Entry(EVERY, gettext("All programs")), *(Entry(p.value, str(p.label), p.colour) for p in Phase)]
    columns = [Entry(str(period.end), spell_day(period.end), lines=_break_day(period)) for period in periods]
    counts = {(EVERY, str(period.end)): period.total for period in periods}
    counts |= {(phase, str(period.end)): n for period in periods for phase, n in period.phases.items()}
    return build_trend(rows, columns, counts, find_address)


def _enter(values):
    return [Entry(value.value, str(value.label), value.colour) for value in values]


def _break_day(period):
    """Return the lines that stand above a period: the month and the year that it ends, of the last one the day."""
    return date_format(period.end, "j M" if period.is_last else "M"), str(period.end.year)
