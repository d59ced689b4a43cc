"""A program's page: what it is, the story that earned its stage, its figures, and what it is related to."""

from dataclasses import dataclass
from operator import attrgetter

from django.db.models import Prefetch

from cooperation.charts import build_ledgers
from cooperation.choices import Stage
from cooperation.claims import Kind, build_history, build_promises, compare_claims, find_contradictions
from cooperation.models import Instrument, Program, ProgramRole
from cooperation.views.details.base import Listed, RecordDetail, find_short_lines
from cooperation.views.story import build_story, tell

MOST_RELATED = 5


@dataclass(frozen=True)
class Related:
    """Programs that share something with the one at hand, and the address of the list of all that do."""

    rows: list
    address: str


class ProgramDetail(RecordDetail):
    """What the program is, and the story that earned its stage."""

    noun = "programs"
    model = Program

    def get_queryset(self):
        """Bring the systems, roles and instruments along, in one query each."""
        roles = Prefetch("roles_held", ProgramRole.objects.select_related("party"))
        instruments = Prefetch("instruments", Instrument.objects.select_related("provider"))
        rows = Program.objects.visible().on_day(**self.day.keywords).select_related("partnership")
        return rows.prefetch_related("systems", roles, instruments)

    def find_context(self, record, day):
        """Return the story, the phase, what its figures say beside each other, and related programs."""
        story = build_story(tell(record.developments, day).latest_first())
        comparison = compare_claims([*story.counted, *story.aside])
        promises = build_promises(story.counted, self.day.end)
        return {
            "story": story,
            "phase": Stage(record.stage_then).phase if record.stage_then else None,
            "contradictions": find_contradictions(story.counted),
            "comparison": [compared for compared in comparison if compared.kind == Kind.QUANTITY],
            "amounts": [compared for compared in comparison if compared.kind == Kind.AMOUNT],
            "promises": promises,
            "ledgers": build_ledgers(promises),
            "history": build_history(story.counted),
            "related": find_related(record, day),
        }


def find_related(program, day):
    """Return `{what is shared: Related}`: the latest other programs on its systems, in its partnership, and elsewhere
    between its parties. None is named twice; what has none is left out.
    """
    listed, found, seen = Listed("programs", day), {}, {program.pk}
    for name, parameter, shared in _find_ways(program):
        sharing = listed.counted.sharing(parameter, [record.pk for record in shared])
        keys = listed.find_latest(MOST_RELATED, sharing.leave_out(seen))
        found[name] = keys, listed.find_address(**{parameter: [record.slug for record in shared]})
        seen.update(sharing.matching if name == "partnership" else keys)
    lines = {row.pk: row for row in find_short_lines([key for keys, _ in found.values() for key in keys], day)}
    rows = {name: [lines[key] for key in keys if key in lines] for name, (keys, _) in found.items()}
    return {name: Related(rows[name], address) for name, (_, address) in found.items() if rows[name]}


def _find_ways(program):
    """Yield (what is shared, the parameter of the list of those that share it, the records)."""
    systems, parties = program.systems.all(), {held.party for held in program.roles_held.all()}
    if systems:
        yield "systems", "system", systems
    yield "partnership", "partnership", [program.partnership]
    if parties:
        yield "parties", "party", sorted(parties, key=attrgetter("slug"))
