"""What the parameters that ask about programs mean, for programs and for developments.

A verb takes rows, a prepared value and the day asked about: the keywords of `current`, `counted` and `known`, none for
today. Programs come with `stage_then`.
"""

from django.db.models import Exists, OuterRef, Q

from cooperation.choices import Stage
from cooperation.models import Development, Partnership, Program, ProgramRole


def keys(rows):
    """Return `rows` as a subquery of primary keys."""
    return rows.order_by().values("pk")


def narrow(rows, verbs, chosen, day):
    """Return `rows` narrowed by the verb of each chosen parameter."""
    for name, value in chosen.items():
        rows = verbs[name](rows, value, day)
    return rows


def of_parties(rows, parties, day):
    """Keep programs or developments between all of `parties`."""
    for party in parties:
        rows = rows.of_party(party)
    return rows


def said_by_officials(officials, day):
    """Return the developments counted on the day that one of `officials` said."""
    return Development.objects.counted(**day).of_officials(officials)


def reported_by_publishers(publishers, day):
    """Return the developments counted on the day that one of `publishers` had reported by then."""
    return Development.objects.counted(**day).of_publishers(publishers, day.get("known_on"))


TURNING = {
    "official": said_by_officials,
    "publisher": reported_by_publishers,
    "since": lambda first, day: Development.objects.counted(**day).filter(effective_day__gte=first),
    "until": lambda last, day: Development.objects.counted(**day).filter(effective_day__gt=last),
}


def programs_of_roles(programs, roles, day):
    """Keep programs in which a party has one of `roles`."""
    return programs.filter(Exists(ProgramRole.objects.filter(program=OuterRef("pk"), role__in=roles)))


PROGRAM_VERBS = {
    "party": of_parties,
    "partnership": lambda programs, partnerships, day: programs.filter(partnership__in=partnerships),
    "system": lambda programs, family, day: programs.of_family(family),
    "mode": lambda programs, modes, day: programs.filter(mode__in=modes),
    "stage": lambda programs, stages, day: programs.filter(stage_then__in=stages),
    "phase": lambda programs, phases, day: programs.filter(stage_then__in=Stage.of_phases(phases)),
    "category": lambda programs, categories, day: programs.of_categories(categories),
    "instrument": lambda programs, instruments, day: programs.of_instruments(instruments),
    "official": lambda programs, officials, day: programs.of_developments(said_by_officials(officials, day)),
    "publisher": lambda programs, publishers, day: programs.of_developments(reported_by_publishers(publishers, day)),
}


def _by_program(name):
    def narrow_by_program(developments, value, day):
        return developments.of_programs(PROGRAM_VERBS[name](Program.objects.visible(), value, day))

    return narrow_by_program


DEVELOPMENT_VERBS = {
    "party": of_parties,
    "partnership": lambda developments, partnerships, day: developments.of_partnerships(partnerships),
    "system": _by_program("system"),
    "mode": _by_program("mode"),
    "stage": lambda developments, stages, day: developments.filter(stage__in=stages),
    "phase": lambda developments, phases, day: developments.filter(stage__in=Stage.of_phases(phases)),
    "category": _by_program("category"),
    "instrument": _by_program("instrument"),
    "official": lambda developments, officials, day: developments.of_officials(officials),
    "publisher": lambda developments, publishers, day: developments.of_publishers(publishers, day.get("known_on")),
    "program": lambda developments, programs, day: developments.filter(program__in=programs),
}


def partnerships_of_parties(partnerships, parties, day):
    """Keep partnerships of all of `parties`: as members, or with a role in a program of the day."""
    programs = keys(Program.objects.visible().current(**day))
    for party in parties:
        member = Partnership.parties.through.objects.filter(partnership=OuterRef("pk"), party=party)
        held = ProgramRole.objects.filter(party=party, program__partnership=OuterRef("pk"), program__in=programs)
        partnerships = partnerships.filter(Exists(member) | Exists(held))
    return partnerships


def _having(partnerships, developments):
    told = developments.order_by()
    return partnerships.filter(Q(pk__in=told.values("partnership")) | Q(pk__in=told.values("program__partnership")))


PARTNERSHIP_VERBS = {
    "party": partnerships_of_parties,
    "official": lambda partnerships, officials, day: _having(partnerships, said_by_officials(officials, day)),
    "publisher": lambda partnerships, publishers, day: _having(partnerships, reported_by_publishers(publishers, day)),
}
