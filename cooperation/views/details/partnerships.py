"""A partnership's page: who cooperates, its programs by phase and mode, what they add up to, and what is said."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F, Q

from cooperation.choices import Mode, Phase, Stage
from cooperation.claims import sum_partnership
from cooperation.models import Development, Partnership, Program
from cooperation.outlook import build_outlook
from cooperation.views.details.base import RecordDetail, find_lines
from cooperation.views.pictures import MOST_LANES, draw_timeline
from cooperation.views.rows import with_line
from cooperation.views.story import build_story, tell

MOST_IN_PHASE = 8
MOST_LATEST = 10  # developments of its programs in the timeline of the whole
MOST_RELATED = 8
LATELY = 100  # programs heard of last that are looked through for contradictions and promises


@dataclass(frozen=True)
class PhaseGroup:
    """The programs of one phase (None without a stage): how many there are, and the latest of them as rows."""

    phase: Phase | None
    total: int
    rows: list


@dataclass(frozen=True)
class ModeRow:
    """How many programs of one mode there are, as (phase, count) pairs and in all."""

    mode: Mode
    counts: list
    total: int


class PartnershipDetail(RecordDetail):
    """Who cooperates, what is said on the whole, and the programs by phase."""

    noun = "partnerships"
    model = Partnership

    def get_queryset(self):
        """Say when the partnership was last heard of."""
        return with_line(self.noun, Partnership.objects.visible().on_day(**self.day.keywords), self.day.keywords)

    def find_context(self, record, day):
        """Return the programs, what their figures say, the timeline, and the partnerships of its parties."""
        listed = list_programs(record, day)
        lately = [pk for pk, _, _ in listed[:LATELY]]
        groups = split_by_phase(listed)
        shown = {key for keys in groups.values() for key in keys[:MOST_IN_PHASE]}
        lines = {row.pk: row for row in find_lines("programs", [*shown, *lately[:MOST_LANES]], day)}
        phases = [
            PhaseGroup(phase, len(keys), [lines[key] for key in keys[:MOST_IN_PHASE]]) for phase, keys in groups.items()
        ]
        return {
            "total": len(listed),
            "phases": phases,
            "modes": tally_modes(listed, [group.phase for group in phases]),
            "outlook": build_outlook(lately, day, self.day.end),
            "looked_through": LATELY if len(listed) > LATELY else None,
            "timeline": draw_timeline([lines[key] for key in lately[:MOST_LANES]], len(listed) > MOST_LANES, self.day),
            "sums": sum_partnership(record, day),
            "story": build_story(find_timeline(record, day)),
            "related": find_partnerships(record, day),
        }


def list_programs(partnership, day):
    """Return (primary key, mode, phase) of the programs on the `day`, the one heard of last first; one query."""
    rows = Program.objects.visible().current(**day).filter(partnership=partnership)
    listed = rows.order_by(F("latest_then").desc(), "slug").values_list("pk", "mode", "stage_then")
    return [(pk, mode, Stage(stage).phase if stage else None) for pk, mode, stage in listed]


def split_by_phase(listed):
    """Return {phase: primary keys} of each phase that has programs, those without a stage last."""
    keys = {phase: [pk for pk, _, own in listed if own == phase] for phase in [*Phase, None]}
    return {phase: group for phase, group in keys.items() if group}


def tally_modes(listed, phases):
    """Return a `ModeRow` for each mode that has programs, with a count for each of `phases`."""
    counts = Counter((mode, phase) for _, mode, phase in listed)
    modes = [mode for mode in Mode if any(own == mode for own, _ in counts)]
    rows = [(mode, [(phase, counts[mode, phase]) for phase in phases]) for mode in modes]
    return [ModeRow(mode, pairs, sum(n for _, n in pairs)) for mode, pairs in rows]


def find_timeline(partnership, day):
    """Return all that is said on the whole and the latest of its programs, with names and words, the latest first."""
    programs = Program.objects.visible().filter(partnership=partnership)
    counted = Development.objects.counted(**day).of_programs(programs)
    latest = counted.latest_first().values("pk")[:MOST_LATEST]
    return tell(Development.objects.filter(Q(partnership=partnership) | Q(pk__in=latest)), day).latest_first()


def find_partnerships(partnership, day):
    """Return other partnerships of its parties, those that share most first, then the one heard of last."""
    others = Partnership.objects.visible().filter(parties__in=partnership.parties.all()).exclude(pk=partnership.pk)
    shared = others.on_day(**day).annotate(shared=Count("parties"))
    return list(shared.order_by("-shared", F("latest_then").desc(nulls_last=True), "slug")[:MOST_RELATED])
