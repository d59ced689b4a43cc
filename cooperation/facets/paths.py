"""Where the values of a facet are found: paths from a program, a development or another record.

Programs come with `stage_then`, their stage on the day asked about.
"""

from typing import NamedTuple

from django.db.models import Case, F, Value, When

from cooperation.choices import Phase, Stage
from cooperation.models import Article, Development, Instrument, Partnership, Party, Program, Publisher, System


class Path(NamedTuple):
    """An expression for the value, and which of the joined rows count."""

    value: object
    where: dict = {}


def _phase_of(stage):
    phases = (When(**{f"{stage}__in": Stage.of_phases([phase])}, then=Value(phase.value)) for phase in Phase)
    return (Path(Case(*phases)),)


def _paths(*names):
    return tuple(Path(F(name)) for name in names)


def _own(*names):
    return {name: _paths(name) for name in names}


PATHS = {
    Program: {
        **_own("mode"),
        "stage": _paths("stage_then"),
        "phase": _phase_of("stage_then"),
        "party": _paths("roles_held__party", "partnership__parties"),
        "system": _paths("systems"),
        "category": _paths("systems__category", "category"),
        "instrument": _paths("instruments"),
        "role": _paths("roles_held__role"),
    },
    Development: {
        "mode": _paths("program__mode"),
        "stage": _paths("stage"),
        "phase": _phase_of("stage"),
        "party": _paths("program__roles_held__party", "program__partnership__parties", "partnership__parties"),
        "system": _paths("program__systems"),
        "category": _paths("program__systems__category", "program__category"),
        "instrument": _paths("program__instruments"),
    },
    Partnership: {"party": _paths("parties")},
    Article: _own("publisher", "kind", "language"),
    Party: _own("kind"),
    System: _own("category"),
    Instrument: _own("kind"),
    Publisher: _own("kind", "reliability"),
}


def find_paths(model, name, day):
    """Return the paths from `model` to the values of the facet `name` on a day."""
    paths = PATHS[model][name]
    if model is Partnership:
        held = {"programs__in": Program.objects.visible().current(**day).order_by().values("pk")}
        paths += (Path(F("programs__roles_held__party"), held),)
    return paths
