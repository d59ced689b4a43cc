"""What the bitmaps of programs must contain, and their renewal; the ledger calls this and nobody else writes them.

The index answers `Program.objects.visible().current()` and what the parameters of programs mean; those queryset verbs
stay the definition, against which tests hold it.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import islice

from pyroaring import BitMap

from cooperation.choices import Phase, Stage
from cooperation.models import FacetBitmap, Partnership, Program, ProgramRole, System

ALL = "all"  # the facet of one value, which has every program that is listed today
BATCH = 5_000  # below the number of parameters that SQLite and PostgreSQL take in one statement


@dataclass(frozen=True)
class Difference:
    """A facet value whose stored programs, None if they cannot be read, are not those that it must have."""

    facet: str
    value: str
    stored: BitMap | None
    programs: BitMap

    def __str__(self):
        name = f"{self.facet} {self.value}".strip()
        if self.stored is None:
            return f"{name}: cannot be read"
        missing, extra = len(self.programs - self.stored), len(self.stored - self.programs)
        return f"{name}: {missing} programs are missing, {extra} do not belong there"


def find_bitmaps(programs):
    """Return {(facet, value): BitMap} over `programs`, a queryset of programs that are listed today."""
    found = defaultdict(BitMap)
    _add_own(found, programs)
    _add_members(found, programs)
    _add_roles(found, programs)
    _add_systems(found, programs)
    for program, instrument in _find_links(Program.instruments.through, "instrument", programs):
        found["instrument", str(instrument)].add(program)
    for phase, reached in group_phases({stage: found.get(("stage", stage), BitMap()) for stage in Stage.values}):
        found["phase", phase] |= reached
    return {key: bitmap for key, bitmap in found.items() if bitmap}


def group_phases(stages):
    """Yield (phase, BitMap) for `stages`, {stage: BitMap}."""
    for phase in Phase:
        yield phase.value, BitMap().union(*(stages.get(stage, BitMap()) for stage in Stage.of_phases([phase])))


def read_bitmap(stored):
    """Return the BitMap of a row; raise ValueError if it is damaged."""
    if not stored:
        raise ValueError("An empty text is no bitmap.")
    return BitMap.deserialize(stored)


def reindex(programs):
    """Renew the bitmaps that have, or must have, one of `programs` (primary keys); others are not written."""
    changed, found = BitMap(programs), defaultdict(BitMap)
    for batch in _batches(changed):
        for key, bitmap in find_bitmaps(_find_listed().filter(pk__in=batch)).items():
            found[key] |= bitmap
    differences = []
    for facet, value, blob in _find_stored() if changed else ():
        stored = read_bitmap(blob)
        if (facet, value) not in found and stored.isdisjoint(changed):
            continue
        renewed = (stored - changed) | found.pop((facet, value), BitMap())
        if renewed != stored:
            differences.append(Difference(facet, value, stored, renewed))
    write([*differences, *_find_missing(found)])


def find_differences():
    """Return all differences between what is stored and what must be."""
    found, differences = find_bitmaps(_find_listed()), []
    for facet, value, blob in _find_stored():
        stored, programs = _read_damaged(blob), found.pop((facet, value), BitMap())
        if stored != programs:
            differences.append(Difference(facet, value, stored, programs))
    return [*differences, *_find_missing(found)]


def write(differences):
    """Store what must be; a value without programs has no row."""
    for gone in differences:
        if not gone.programs:
            FacetBitmap.objects.filter(facet=gone.facet, value=gone.value).delete()
    FacetBitmap.objects.bulk_create(
        [FacetBitmap(facet=d.facet, value=d.value, programs=_serialize(d.programs)) for d in differences if d.programs],
        batch_size=500,
        update_conflicts=True,
        unique_fields=["facet", "value"],
        update_fields=["programs"],
    )


def _find_listed():
    return Program.objects.visible().current().order_by()


def _find_stored():
    return FacetBitmap.objects.order_by("facet", "value").values_list("facet", "value", "programs")


def _find_missing(found):
    return [Difference(facet, value, BitMap(), programs) for (facet, value), programs in sorted(found.items())]


def _read_damaged(blob):
    try:
        return read_bitmap(blob)
    except ValueError:
        return None


def _serialize(programs):
    programs.run_optimize()
    return programs.serialize()


def _batches(programs):
    waiting = iter(programs)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _find_links(link, name, programs):
    """Return (program, record) pairs of a model that links programs with others."""
    return link.objects.filter(program__in=programs.values("pk")).order_by().values_list("program", name)


def _add_own(found, programs):
    for program, partnership, *codes in programs.values_list("pk", "partnership", "mode", "stage", "category"):
        found[ALL, ""].add(program)
        found["partnership", str(partnership)].add(program)
        for facet, code in zip(("mode", "stage", "category"), codes, strict=True):
            if code:
                found[facet, code].add(program)


def _add_members(found, programs):
    """Add to each party the programs of its partnerships."""
    members = Partnership.parties.through.objects.filter(partnership__in=programs.values("partnership"))
    for partnership, party in members.order_by().values_list("partnership", "party"):
        found["party", str(party)] |= found["partnership", str(partnership)]


def _add_roles(found, programs):
    held = ProgramRole.objects.filter(program__in=programs.values("pk"))
    for program, party, role in held.order_by().values_list("program", "party", "role"):
        found["party", str(party)].add(program)
        found["role", role].add(program)


def _add_systems(found, programs):
    """Add to each system and its category what is about it, and to all systems above it as well."""
    about = defaultdict(BitMap)
    for program, system in _find_links(Program.systems.through, "system", programs):
        about[system].add(program)
    rows = System.objects.order_by().values_list("pk", "parent", "category") if about else ()
    parents = {pk: parent for pk, parent, _ in rows}
    for pk, _, category in rows:
        if pk in about:
            found["category", category] |= about[pk]
            for above in _find_lineage(pk, parents):
                found["system", str(above)] |= about[pk]


def _find_lineage(system, parents):
    """Return a system and all above it, each once even if they go round in a circle."""
    lineage = []
    while system is not None and system not in lineage:
        lineage.append(system)
        system = parents[system]
    return lineage
