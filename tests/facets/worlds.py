"""Random worlds to be counted, and the queries asked of them."""

import datetime
import random

from django.http import QueryDict

from cooperation import ledger
from cooperation.choices import Category, Mode, PartyKind, Role, Stage
from cooperation.facets import stored
from cooperation.facets.index import NOUNS
from cooperation.filters import FILTERS
from cooperation.publication import find_obstacles
from tests import factories as make
from tests.keeping import once

ARTICLE_DAYS = [datetime.date(2025, 11, 3), datetime.date(2025, 12, 31), datetime.date(2026, 1, 15), make.DAY]
DATES = ["2025-10", "2025-11-02", "2025-12~", "../2025-12-30", "2025-06/2026-01", "2026-01-15", "2026-02-09"]
DAYS = ["", "2025-10-30", "2025-11-02", "2025-12-31", "2026-01-15", "2026-02-08", "2999-01-01"]


@once
def make_random_world(seed):
    """Write, in one go, parties, families of systems, programs, developments and articles; some stay drafts."""
    chance = random.Random(seed)
    with ledger.writing():
        parties = [make.make_party(kind=chance.choice(PartyKind.values), country="FR") for _ in range(5)]
        systems = make_families(chance, parties)
        instruments = [make.make_instrument() for _ in range(2)]
        officials = [make.make_official(chance.choice(parties)) for _ in range(2)]
        publishers = [make.make_publisher() for _ in range(2)]
        articles = [
            make.make_article(chance.choice(publishers), kind=chance.choice(["press", "agency"]), published=day)
            for day in ARTICLE_DAYS
        ]
        partnerships = [make.make_partnership(chance.sample(parties, chance.randint(2, 3))) for _ in range(3)]
        programs = [make_random_program(chance, partnerships, parties, systems, instruments) for _ in range(14)]
        developments = [
            make_random_development(chance, {"program": program}, officials, articles)
            for program in programs
            for _ in range(chance.randint(0, 3))
        ]
        developments += [
            make_random_development(chance, {"partnership": partnership}, officials, articles)
            for partnership in partnerships
            if chance.random() < 0.5
        ]
        first = [*parties, *systems, *instruments, *officials, *publishers, *partnerships]
        ledger.publish(first)
        for group in (articles, programs, developments):
            publish([record for record in group if chance.random() < 0.85])


def publish(records):
    """Publish what may be published; none of the records names another of them."""
    ledger.publish([record for record in records if not find_obstacles(record)])


def make_families(chance, parties):
    """Make systems, some of them below others."""
    systems = []
    for _ in range(6):
        parent = chance.choice([None, *systems])
        makers = chance.sample(parties, chance.randint(0, 2))
        systems.append(make.make_system(makers, parent=parent, category=chance.choice(Category.values[:3])))
    return systems


def make_random_program(chance, partnerships, parties, systems, instruments):
    """Make a program on some of the systems, between some of the parties."""
    about = chance.sample(systems, chance.randint(0, 2))
    return make.make_program(
        chance.choice(partnerships),
        about,
        draw_roles(chance, parties),
        chance.sample(instruments, chance.randint(0, 1)),
        mode=chance.choice(Mode.values[:3]),
        category="" if about else chance.choice(["", *Category.values[:3]]),
    )


def draw_roles(chance, parties):
    """Return up to two roles, each held by one party."""
    return {role: chance.sample(parties, 1) for role in chance.sample(Role.values[:3], chance.randint(0, 2))}


def make_random_development(chance, subject, officials, articles):
    """Make a development and what cites it; some are deprecated, some do not move their program."""
    rank = chance.choice([{}, {}, {}, {"rank": "deprecated", "rank_reason": "superseded"}])
    development = make.make_development(
        **subject,
        **rank,
        date=chance.choice(DATES),
        stage=chance.choice(Stage.values[:8]),
        moves=chance.random() < 0.8,
        said_by_official=chance.choice([None, *officials]),
    )
    for article in chance.sample(articles, chance.randint(1, 2)):
        make.make_citation(article, development)
    return development


def bind(noun, query=""):
    """Return the noun's filterset over all that is public."""
    filterset = FILTERS[noun]
    return filterset(QueryDict(query), queryset=filterset.Meta.model.objects.visible())


def build_query(picked, day):
    """Return the query that asks for `picked`, {name: (values, numbers that pick some of them)}, on a day."""
    query = QueryDict(mutable=True)
    for name, (values, numbers) in picked.items():
        query.setlist(name, [values[number % len(values)] for number in numbers])
    for name, value in day.items():
        query[name] = value
    return query.urlencode()


def find_possible_values(filterset, name):
    """Return every value that the parameter `name` takes."""
    filter_ = filterset.filters[name]
    if hasattr(filter_, "codes"):
        return filter_.codes.values
    return list(filter_.of.objects.visible().values_list("slug", flat=True))


def click(noun, query, name, value):
    """Return the number of rows after a click on a value that was not selected."""
    parameters = QueryDict(query, mutable=True)
    if name == "party" and noun != "officials":
        parameters.appendlist(name, value)
    else:
        parameters.setlist(name, [value])
    filterset = bind(noun, parameters.urlencode())
    assert filterset.is_valid(), filterset.errors
    return filterset.narrow().count()


def count_clicks(noun, query, name, values):
    """Return {value: count} of the facet `name` as clicks on `values` would find it; selected values stay with 0."""
    selected = QueryDict(query).getlist(name)
    clicks = {value: click(noun, query, name, value) for value in [*values, *selected]}
    return {value: count for value, count in clicks.items() if count or value in selected}


def find_families(program):
    """Return the slugs of a program's systems and of all above them, by hand."""
    slugs = set()
    for system in program.systems.all():
        while system is not None:
            slugs.add(system.slug)
            system = system.parent
    return slugs


def describe(program):
    """Return what each facet says of a program, one that `current` brought, by hand."""
    stage = {program.stage_then} - {""}
    return {
        "party": {held.party.slug for held in program.roles_held.all()}
        | {party.slug for party in program.partnership.parties.all()},
        "system": find_families(program),
        "mode": {program.mode},
        "stage": stage,
        "phase": {Stage(value).phase.value for value in stage},
        "category": set(program.categories),
        "instrument": {instrument.slug for instrument in program.instruments.all()},
    }


def read_bitmaps():
    """Return {(noun, facet, value): primary keys}, of values that a record has."""
    return {(noun, *name): set(now) for noun in NOUNS for name, now in stored.read_all(noun) if now}
