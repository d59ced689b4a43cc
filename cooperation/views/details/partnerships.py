"""A partnership's page: who cooperates, its programs by phase and mode, what they add up to, and what is said."""

from dataclasses import dataclass

from django.db.models import Count
from pyroaring import BitMap

from cooperation.choices import Mode, Phase
from cooperation.claims import sum_partnership
from cooperation.facets import keep_few
from cooperation.models import Development, Partnership
from cooperation.outlook import build_outlook
from cooperation.views.details.base import Listed, RecordDetail, find_last_heard_of, find_lines
from cooperation.views.pictures import MOST_LANES, draw_timeline
from cooperation.views.rows import with_line
from cooperation.views.story import build_story, tell

MOST_IN_PHASE = 8
MOST_LATEST = 10  # developments of its programs in the timeline of the whole
MOST_ON_THE_WHOLE = 50
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
        listed = Listed("programs", day, partnership=record.slug)
        total, lately = listed.counted.total, listed.find_latest(LATELY)
        parts = {phase: listed.counted.of_phase(phase) for phase in [*Phase, None]}
        keys = {phase: listed.find_latest(MOST_IN_PHASE, part) for phase, part in parts.items() if part.total}
        shown = {*lately[:MOST_LANES], *(key for some in keys.values() for key in some)}
        rows = {row.pk: row for row in find_lines("programs", list(shown), day)}
        lanes = [rows[key] for key in lately[:MOST_LANES] if key in rows]
        lines = {phase: [rows[key] for key in some if key in rows] for phase, some in keys.items()}
        told = Listed("developments", day, partnership=record.slug)
        whole = find_whole(record, told)
        asked = (record.pk, self.day.end, *day.items())  # what takes all claims is kept until something changes
        return {
            "total": total,
            "phases": [PhaseGroup(phase, parts[phase].total, lines[phase]) for phase in keys],
            "modes": tally_modes({phase: parts[phase] for phase in keys}),
            "outlook": keep_few(("outlook of one", *asked), lambda: build_outlook(lately, day, self.day.end)),
            "looked_through": LATELY if total > LATELY else None,
            "timeline": draw_timeline(lanes, total > MOST_LANES, self.day),
            "sums": keep_few(("sums", *asked), lambda: sum_partnership(record, day)),
            "story": build_story(find_timeline(told, whole, day)),
            "whole_total": whole.total if whole.total > MOST_ON_THE_WHOLE else None,
            "related": find_partnerships(record, day),
        }


def tally_modes(parts):
    """Return a `ModeRow` for each mode that has programs; `parts` are those of each phase, `Counted`."""
    rows = {mode: [(phase, part.of_mode(mode).total) for phase, part in parts.items()] for mode in Mode}
    sums = {mode: sum(number for _, number in counts) for mode, counts in rows.items()}
    return [ModeRow(mode, counts, sums[mode]) for mode, counts in rows.items() if sums[mode]]


def find_whole(partnership, told):
    """Return the part of the developments `told` that is said on a partnership as a whole."""
    return told.counted.keep(BitMap(partnership.developments.values_list("pk", flat=True)))


def find_timeline(told, whole, day):
    """Return the latest that is said on the whole and of its programs, with names and words, the latest first."""
    programs = told.counted.counting().leave_out(whole.matching)
    keys = [*told.find_latest(MOST_ON_THE_WHOLE, whole), *told.find_latest(MOST_LATEST, programs)]
    return tell(Development.objects.filter(pk__in=keys), day).latest_first()


def find_partnerships(partnership, day):
    """Return other partnerships of its parties, those that share most first, then the one heard of last."""
    others = Partnership.objects.visible().filter(parties__in=partnership.parties.all()).exclude(pk=partnership.pk)
    return find_last_heard_of(others.annotate(shared=Count("parties")), day, MOST_RELATED, "shared")
