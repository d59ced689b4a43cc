"""The made-up world in which programs happen: parties, systems, instruments, publishers, officials, partnerships."""

import random
from copy import copy
from dataclasses import dataclass, field
from functools import cache

from django_countries import countries

from bench.words import Skewed, Words, make_slug
from cooperation.choices import ArticleKind, Category, InstrumentKind, PartyKind, Reliability, State
from cooperation.models import Instrument, Official, Partnership, Party, Publisher, System

STATES, ORGANISATIONS, MINISTRIES, FORCES, COMPANIES = 200, 10, 60, 20, 150
SYSTEMS, FAMILIES, INSTRUMENTS, PUBLISHERS, OFFICIALS, PARTNERSHIPS = 600, 60, 50, 300, 400, 3_000
DRAFTS = 0.01  # the share of partnerships, programs, articles and developments that the public does not see
CURRENCIES = Skewed(("EUR", "USD", "GBP", "SEK", "NOK", "PLN", "CZK", "DKK"), 1.2)


@dataclass
class World:
    """All reference records. `makers` are pairs of a system and a company; what else is not a list is told below."""

    seed: int
    words: Words
    states: list = field(default_factory=list)
    bodies: list = field(default_factory=list)
    companies: list = field(default_factory=list)
    families: list = field(default_factory=list)
    variants: list = field(default_factory=list)
    instruments: list = field(default_factory=list)
    publishers: list = field(default_factory=list)
    partnerships: list = field(default_factory=list)
    makers: list = field(default_factory=list)
    members: dict = field(default_factory=dict)  # the parties of a partnership, by its slug
    officials: dict = field(default_factory=dict)  # those who speak for a party, by its slug

    def __post_init__(self):
        """Start the world's own dice."""
        self.rng = make_dice(self.seed, "reference")

    @property
    def systems(self):
        """Return families and variants, mixed: some families are named often, some never."""
        mixed = [system for pair in zip(self.variants, self.families, strict=False) for system in pair]
        return mixed + self.variants[len(self.families) :]


def make_dice(seed, name):
    """Return a random generator of its own for each purpose, so that one does not shift another."""
    return random.Random(f"{seed}:{name}")  # noqa: S311 - no secret


@cache
def build_blank(model):
    """Return the record of which `make` makes copies."""
    return model()


def make(model, **values):
    """Return a new record; a copy of a blank one takes a fraction of the time that a constructor does."""
    record = copy(build_blank(model))
    for name, value in values.items():
        setattr(record, name, value)
    return record


def publish(record):
    """Return `record` published and, as far as settling finds no reason against it, public, with its search text."""
    record.state, record.public = State.PUBLISHED, True
    record.search_text = record.build_search_text()
    return record


def publish_most(rng, record):
    """Return `record` published, or seldom a draft."""
    publish(record)
    if rng.random() < DRAFTS:
        record.state, record.public = State.DRAFT, False
    return record


def build_world(seed):
    """Return the world of `seed`, nothing of it saved."""
    world = World(seed, Words(seed))
    for build in (build_parties, build_systems, build_instruments, build_publishers, build_officials):
        build(world)
    build_partnerships(world)
    return world


def build_parties(world):
    """Add states, each with a country code, and the ministries, forces and companies of the bigger ones."""
    codes = sorted(code for code in countries.countries)
    world.rng.shuffle(codes)
    world.states = [_build_state(world, code) for code in codes[:STATES]]
    weighed = Skewed(world.states, 0.9)
    world.bodies = [
        *(_build_party(world, PartyKind.INTERNATIONAL_ORGANISATION, "Alliance") for _ in range(ORGANISATIONS)),
        *(_build_body(PartyKind.GOVERNMENT_BODY, "Ministry of Defence", state) for state in world.states[:MINISTRIES]),
        *(_build_body(PartyKind.ARMED_FORCE, "Armed Forces", state) for state in world.states[:FORCES]),
    ]
    world.companies = [
        _build_party(world, PartyKind.COMPANY, world.rng.choice(("Systems", "Group", "Works")), weighed.pick(world.rng))
        for _ in range(COMPANIES)
    ]


def _build_state(world, code):
    name, cyrillic = world.words.make_name(2, 3, ("ia", "land", "ova", "aye"))
    names = {"fr": f"{name}e", "uk": cyrillic}
    aliases = [f"Republic of {name}"]
    return publish(Party(slug=make_slug(name), name=name, names=names, aliases=aliases, kind="state", country=code))


def _build_party(world, kind, ending, parent=None):
    name, cyrillic = world.words.make_name(2, 4)
    full = f"{name} {ending}"
    country = parent.country if parent else ""
    slug, names = make_slug(full), {"uk": cyrillic}
    return publish(Party(slug=slug, name=full, names=names, kind=kind, country=country, parent=parent))


def _build_body(kind, what, state):
    name = f"{what} of {state.name}"
    return publish(Party(slug=make_slug(name), name=name, kind=kind, country=state.country, parent=state))


def build_systems(world):
    """Add systems with makers and aliases; a third of the variants belongs to a family of the same category."""
    categories = Skewed(Category.values, 0.7)
    world.families = [_build_system(world, categories.pick(world.rng)) for _ in range(FAMILIES)]
    by_category = {}
    for family in world.families:
        by_category.setdefault(family.category, []).append(family)
    for _ in range(SYSTEMS - FAMILIES):
        category = categories.pick(world.rng)
        is_member = category in by_category and world.rng.random() < 1 / 3
        parent = world.rng.choice(by_category[category]) if is_member else None
        world.variants.append(_build_system(world, category, parent))


def _build_system(world, category, parent=None):
    rng = world.rng
    name, cyrillic = world.words.make_name(2, 3)
    number = rng.randint(1, 99)
    aliases = [f"{name[:3].upper()}-{number}", f"{cyrillic}-{number}"][: rng.randint(0, 2)]
    full = f"{name} {number}"
    system = System(slug=make_slug(full), name=full, names={"uk": cyrillic}, aliases=aliases, category=category)
    system.parent = parent
    world.makers.append((system, rng.choice(world.companies)))
    return publish(system)


def build_instruments(world):
    """Add sources of money, most with a provider and a ceiling."""
    kinds, providers = Skewed(InstrumentKind.values, 0.7), Skewed(world.states, 0.9)
    for _ in range(INSTRUMENTS):
        name, cyrillic = world.words.make_name(2, 3)
        full = f"{name} Facility"
        instrument = Instrument(slug=make_slug(full), name=full, names={"uk": cyrillic}, kind=kinds.pick(world.rng))
        instrument.provider = providers.pick(world.rng)
        if world.rng.random() < 0.6:
            instrument.ceiling_amount = world.rng.randint(1, 500) * 10**8
            instrument.ceiling_currency = CURRENCIES.pick(world.rng)
        world.instruments.append(publish(instrument))


def build_publishers(world):
    """Add newspapers, agencies and offices."""
    kinds = Skewed(("press", *(kind for kind in ArticleKind.values if kind != "press")), 1.5)
    for _ in range(PUBLISHERS):
        name, cyrillic = world.words.make_name(2, 3)
        full = f"{name} {world.rng.choice(('News', 'Times', 'Herald', 'Review', 'Wire'))}"
        publisher = Publisher(slug=make_slug(full), name=full, names={"uk": cyrillic}, kind=kinds.pick(world.rng))
        publisher.reliability = world.rng.choice(("", *Reliability.values))
        world.publishers.append(publish(publisher))


def build_officials(world):
    """Add people who speak for states, more of them for the bigger ones."""
    states = Skewed(world.states, 0.9)
    for _ in range(OFFICIALS):
        first, last = world.words.make_name(2, 3), world.words.make_name(2, 3)
        name, cyrillic = (f"{given} {family}" for given, family in zip(first, last, strict=True))
        position = world.rng.choice(("Minister of Defence", "Head of Procurement", "President", "Spokesperson"))
        official = Official(slug=make_slug(name), name=name, names={"uk": cyrillic}, position=position)
        official.party = states.pick(world.rng)
        world.officials.setdefault(official.party.slug, []).append(publish(official))


def build_partnerships(world):
    """Add pairs of states, the big ones first as they are drawn more often; one in twelve has further members."""
    states, taken = Skewed(world.states, 0.9), set()
    while len(world.partnerships) < PARTNERSHIPS:
        wanted = 2 if world.rng.random() < 11 / 12 else world.rng.randint(3, 6)
        parties = states.pick_several(world.rng, wanted)
        slug = make_slug(*(party.slug for party in parties))
        if len(parties) >= 2 and slug not in taken and len(slug) <= 100:
            taken.add(slug)
            world.partnerships.append(_build_partnership(world.rng, slug, parties))
            world.members[slug] = parties


def _build_partnership(rng, slug, parties):
    partnership = Partnership(slug=slug, name="–".join(party.name for party in parties))
    partnership.names = {"uk": "–".join(party.names["uk"] for party in parties)}
    partnership.started = f"{rng.randint(2000, 2015)}~"
    partnership.derive_bounds()
    return publish_most(rng, partnership)
