"""Which values public records have: what the bitmaps of programs, developments and articles must contain.

The queryset verbs that the parameters of a list are made of stay the definition, against which tests hold this.
"""

from collections import defaultdict

from django.db.models import F
from pyroaring import BitMap

from cooperation.choices import Phase, Rank, Stage
from cooperation.models import Article, Citation, Development, Partnership, Program, ProgramRole, System
from cooperation.models.keys import as_rows

ALL = "all"  # the facet of one value, which has every record that is listed today
DAY = "day"  # the latest day of a program, the effective day of a development, the day an article was published
REPORTED = "reported"  # the day on which a development was first reported
HELD = "held"  # of a program: a party and its role there (`name_held`)
FIGURE = "figure"  # of a development that counts: QUANTITY or AMOUNT, be it that none is disclosed
FIRST = "first"  # of a development that counts: a publisher that reported it on the first day
QUANTITY, AMOUNT = "quantity", "amount"
OF_ITS_PROGRAM = ("party", "partnership", "system", "mode", "category", "instrument")
# Of an article: one of the counted developments that it reports has it.
OF_WHAT_IT_REPORTS = ("party", "system", "mode", "stage", "phase", "category", "instrument")


def list_programs():
    """Return the programs that are listed today."""
    return Program.objects.visible().current().order_by()


def list_developments():
    """Return the developments that are listed today."""
    return Development.objects.visible().order_by()


def find_program_values(programs):
    """Return {(facet, value): BitMap} over `programs`, a queryset of public ones."""
    found = defaultdict(BitMap)
    _add_programs(found, programs)
    _add_members(found, programs)
    _add_roles(found, programs)
    _add_systems(found, programs)
    for program, instrument in _find_links(Program.instruments.through, "instrument", programs):
        found["instrument", str(instrument)].add(program)
    _add_voices(found, Development.objects.counted().filter(program__in=programs.values("pk")), "program")
    return _finish(found)


def find_development_values(developments):
    """Return {(facet, value): BitMap} over `developments`, a queryset of public ones."""
    found = defaultdict(BitMap)
    of_programs, of_partnerships = _add_developments(found, developments)
    subjects = Program.objects.visible().filter(pk__in=as_rows(of_programs)).order_by()
    for (facet, value), programs in find_program_values(subjects).items():
        if facet in OF_ITS_PROGRAM:
            found[facet, value] |= BitMap(pk for program in programs for pk in of_programs[program])
    members = Partnership.parties.through.objects.filter(partnership__in=as_rows(of_partnerships))
    for partnership, party in members.order_by().values_list("partnership", "party"):
        found["party", str(party)].update(of_partnerships.get(partnership, ()))
    for partnership, own in of_partnerships.items():
        found["partnership", str(partnership)].update(own)
    _add_voices(found, developments, "pk")
    _add_figures_and_first(found, developments.exclude(rank=Rank.DEPRECATED))
    return _finish(found)


def list_articles():
    """Return the articles that are listed today."""
    return Article.objects.visible().order_by()


def find_article_values(articles):
    """Return {(facet, value): BitMap} over `articles`, a queryset: what is their own, and what they report."""
    found = defaultdict(BitMap)
    rows = articles.values_list("pk", "publisher", "kind", "language", "published")
    for article, publisher, kind, language, day in rows:
        found[ALL, ""].add(article)
        _add_codes(found, article, publisher=publisher, kind=kind, language=language, day=day)
    cited = Citation.objects.filter(article__in=articles.values("pk")).order_by()
    reporting = defaultdict(list)
    for development, article in cited.values_list("development", "article"):
        reporting[development].append(article)
    # The keys themselves: PostgreSQL takes longer to plan queries nested so deeply than to answer them.
    developments = Development.objects.counted().filter(pk__in=as_rows(reporting)).order_by()
    for (facet, value), having in find_development_values(developments).items():
        if facet in OF_WHAT_IT_REPORTS:
            found[facet, value] |= BitMap(article for pk in having for article in reporting[pk])
    return dict(found)


def name_held(party, role):
    """Return the value of `HELD` for the primary key of a party and a role."""
    return f"{party} {role}"


def group_phases(stages):
    """Yield (phase, BitMap) for `stages`, {stage: BitMap}."""
    for phase in Phase:
        yield phase.value, BitMap().union(*(stages.get(stage, BitMap()) for stage in Stage.of_phases([phase])))


def _finish(found):
    """Add the phases, and leave out what has no record."""
    for phase, reached in group_phases({stage: found.get(("stage", stage), BitMap()) for stage in Stage.values}):
        found["phase", phase] = reached
    return {key: bitmap for key, bitmap in found.items() if bitmap}


def _add_codes(found, record, **codes):
    for facet, code in codes.items():
        if code:
            found[facet, str(code)].add(record)


def _add_programs(found, programs):
    rows = programs.values_list("pk", "partnership", "mode", "stage", "category", "latest_day")
    for program, partnership, mode, stage, category, day in rows:
        found[ALL, ""].add(program)
        _add_codes(found, program, partnership=partnership, mode=mode, stage=stage, category=category, day=day)


def _add_developments(found, developments):
    """Return the developments of each program, and those of each partnership as a whole."""
    of_programs, of_partnerships = defaultdict(list), defaultdict(list)
    columns = ("stage", "channel", "credibility", "rank", "effective_day", "reported_on")
    facets = ("stage", "channel", "credibility", "rank", DAY, REPORTED)
    for pk, program, partnership, *codes in developments.values_list("pk", "program", "partnership", *columns):
        found[ALL, ""].add(pk)
        _add_codes(found, pk, **dict(zip(facets, codes, strict=True)))
        if program:
            of_programs[program].append(pk)
        else:
            of_partnerships[partnership].append(pk)
    return of_programs, of_partnerships


def _add_figures_and_first(found, counted):
    """Add what states a figure, and who reported it on the first day."""
    for figure in (QUANTITY, AMOUNT):
        stating = counted.exclude(**{f"{figure}_qualifier": ""}).values_list("pk", flat=True)
        found[FIGURE, figure].update(stating)
    own = Citation.objects.known().filter(development__in=counted.values("pk"))
    first = own.filter(article__published=F("development__reported_on")).order_by()
    for pk, publisher in first.values_list("development", "article__publisher"):
        found[FIRST, str(publisher)].add(pk)


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
        found[HELD, name_held(party, role)].add(program)


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
        system = parents.get(system)
    return lineage


def _find_links(link, name, programs):
    """Return (program, record) pairs of a model that links programs with others."""
    return link.objects.filter(program__in=programs.values("pk")).order_by().values_list("program", name)


def _add_voices(found, developments, record):
    """Add to each official and each publisher what `developments` say and its public articles report."""
    said = developments.exclude(said_by_official=None).order_by()
    for pk, official in said.values_list(record, "said_by_official"):
        found["official", str(official)].add(pk)
    column = "development" if record == "pk" else f"development__{record}"
    cited = Citation.objects.known().filter(development__in=developments.order_by().values("pk"))
    for pk, publisher in cited.order_by().values_list(column, "article__publisher"):
        found["publisher", str(publisher)].add(pk)
