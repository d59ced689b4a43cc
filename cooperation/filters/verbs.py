"""What the parameters that ask about programs mean, for programs and for developments; all take prepared values."""

from django.db.models import Exists, OuterRef

from cooperation.choices import Stage
from cooperation.models import Development, Partnership, Program, ProgramRole


def keys(rows):
    """Return `rows` as a subquery of primary keys."""
    return rows.order_by().values("pk")


def narrow(rows, verbs, chosen):
    """Return `rows` narrowed by the verb of each chosen parameter."""
    for name, value in chosen.items():
        rows = verbs[name](rows, value)
    return rows


def of_parties(rows, parties):
    """Keep programs or developments between all of `parties`."""
    for party in parties:
        rows = rows.of_party(party)
    return rows


def of_phases(rows, phases):
    """Keep rows whose stage belongs to one of `phases`."""
    return rows.filter(stage__in=Stage.of_phases(phases))


def programs_of_officials(programs, officials):
    """Keep programs with a counted development that one of `officials` said."""
    return programs.of_developments(Development.objects.counted().of_officials(officials))


def programs_of_publishers(programs, publishers):
    """Keep programs with a counted development that a public article of one of `publishers` reports."""
    return programs.of_developments(Development.objects.counted().of_publishers(publishers))


def programs_of_roles(programs, roles):
    """Keep programs in which a party has one of `roles`."""
    return programs.filter(Exists(ProgramRole.objects.filter(program=OuterRef("pk"), role__in=roles)))


PROGRAM_VERBS = {
    "party": of_parties,
    "partnership": lambda programs, partnerships: programs.filter(partnership__in=partnerships),
    "system": lambda programs, family: programs.of_family(family),
    "mode": lambda programs, modes: programs.filter(mode__in=modes),
    "stage": lambda programs, stages: programs.filter(stage__in=stages),
    "phase": of_phases,
    "category": lambda programs, categories: programs.of_categories(categories),
    "instrument": lambda programs, instruments: programs.of_instruments(instruments),
    "official": programs_of_officials,
    "publisher": programs_of_publishers,
}


def _by_program(name):
    return lambda developments, value: developments.of_programs(PROGRAM_VERBS[name](Program.objects.visible(), value))


DEVELOPMENT_VERBS = {
    "party": of_parties,
    "partnership": lambda developments, partnerships: developments.of_partnerships(partnerships),
    "system": _by_program("system"),
    "mode": _by_program("mode"),
    "stage": lambda developments, stages: developments.filter(stage__in=stages),
    "phase": of_phases,
    "category": _by_program("category"),
    "instrument": _by_program("instrument"),
    "official": lambda developments, officials: developments.of_officials(officials),
    "publisher": lambda developments, publishers: developments.of_publishers(publishers),
    "program": lambda developments, programs: developments.filter(program__in=programs),
}


def partnerships_of_parties(partnerships, parties):
    """Keep partnerships of all of `parties`: as members, or with a role in a current program."""
    programs = keys(Program.objects.visible().current())
    for party in parties:
        member = Partnership.parties.through.objects.filter(partnership=OuterRef("pk"), party=party)
        held = ProgramRole.objects.filter(party=party, program__partnership=OuterRef("pk"), program__in=programs)
        partnerships = partnerships.filter(Exists(member) | Exists(held))
    return partnerships


def _having(partnerships, developments):
    own = developments.filter(partnership=OuterRef("pk"))
    return partnerships.filter(Exists(own) | Exists(developments.filter(program__partnership=OuterRef("pk"))))


PARTNERSHIP_VERBS = {
    "party": partnerships_of_parties,
    "official": lambda rows, officials: _having(rows, Development.objects.counted().of_officials(officials)),
    "publisher": lambda rows, publishers: _having(rows, Development.objects.counted().of_publishers(publishers)),
}
