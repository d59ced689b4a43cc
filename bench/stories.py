"""Programs and what becomes of them: who takes part, and developments over the years."""

import datetime
from dataclasses import dataclass, field
from functools import cache

from bench.figures import set_figures
from bench.press import Press
from bench.reference import make, make_dice, publish_most
from bench.words import Skewed, make_slug
from cooperation import dates
from cooperation.choices import Category, Credibility, Mode, Phase, Rank, Role, Stage
from cooperation.models import Development, Program, ProgramRole

FIRST_DAY, LAST_DAY = datetime.date(2015, 1, 1), datetime.date(2026, 10, 31)
DAYS = (LAST_DAY - FIRST_DAY).days
GAP = 150  # days from one development to the next, on average
LONG_STORIES = 1 / 2_000  # the share of programs that everybody writes about
LENGTHS = ((0, 1, 2, 3, 4, 5, 7, 10), (2, 33, 27, 17, 10, 6, 3, 2))
NUMBER_OF_SYSTEMS = ((0, 1, 2, 3), (12, 60, 20, 8))
PRECISIONS = (("%Y-%m-%d", "%Y-%m", "%Y", "%Y~"), (88, 9, 2, 1))
MODES, CATEGORIES = Skewed(Mode.values, 0.8), Skewed(Category.values, 0.7)
FORWARD = [stage for stage in Stage if stage.phase != Phase.STOPPED]
STOPPED = [stage for stage in Stage if stage.phase == Phase.STOPPED]
ROLES = {
    Mode.SUPPLY: (Role.SUPPLIER, Role.RECIPIENT),
    Mode.CO_PRODUCTION: (Role.CO_PRODUCER, Role.CO_PRODUCER),
    Mode.LICENSED_PRODUCTION: (Role.LICENSOR, Role.LICENSEE),
    Mode.TRAINING: (Role.TRAINER, Role.RECIPIENT),
    Mode.FINANCING: (Role.FUNDER, Role.RECIPIENT),
}
SAYS = {
    Stage.INTEREST: "asked {giver} for",
    Stage.PROPOSED: "offered to work with {giver} on",
    Stage.UNDER_DISCUSSION: "negotiates with {giver} about",
    Stage.AGREED: "agreed with {giver} on",
    Stage.PLEDGED: "promised, together with {giver},",
    Stage.CONTRACTED: "signed a contract with {giver} for",
    Stage.PREPARING: "prepares with {giver} the hand-over of",
    Stage.UNDER_WAY: "works with {giver} on",
    Stage.PARTLY_DELIVERED: "received from {giver} a part of",
    Stage.DELIVERED: "received from {giver}",
    Stage.IN_SERVICE: "uses what it got from {giver}:",
    Stage.COMPLETED: "closed the books with {giver} on",
    Stage.SUSPENDED: "suspended with {giver} the work on",
    Stage.CANCELLED: "called off with {giver}",
}


@dataclass
class Chapter:
    """Records of some programs, not saved yet. `systems` and `instruments` are pairs of a program and one of those."""

    programs: list = field(default_factory=list)
    roles: list = field(default_factory=list)
    systems: list = field(default_factory=list)
    instruments: list = field(default_factory=list)
    developments: list = field(default_factory=list)
    articles: list = field(default_factory=list)
    citations: list = field(default_factory=list)


@dataclass
class Plot:
    """A development on its day, the words that sources have for it, and the states that it is between."""

    day: datetime.date
    development: Development
    quote: str
    parties: list


def tell_chapter(world, start, count):
    """Return the `Chapter` of `count` programs from number `start` on; the same one whatever was told before."""
    rng, chapter = make_dice(world.seed, f"chapter {start}"), Chapter()
    teller = Teller(world, rng, chapter)
    plots = [plot for number in range(start, start + count) for plot in teller.tell_program(number)]
    plots.sort(key=lambda plot: plot.day)  # the rows of a program lie apart, as they do where news come in day by day
    chapter.developments = [plot.development for plot in plots]
    press = Press(world, rng, LAST_DAY)
    press.report(plots, start)
    chapter.articles, chapter.citations = press.articles, press.citations
    return chapter


class Teller:
    """Makes programs, one after the other, into a chapter."""

    def __init__(self, world, rng, chapter):
        """Weigh what programs are made of."""
        self.world, self.rng, self.chapter = world, rng, chapter
        self.partnerships, self.systems = Skewed(world.partnerships, 0.7), Skewed(world.systems, 0.8)

    def tell_program(self, number):
        """Add program `number` with all that it names; return the plots of its developments."""
        partnership = self.partnerships.pick(self.rng)
        parties = self.world.members[partnership.slug]
        systems = self.systems.pick_several(self.rng, self._weigh(NUMBER_OF_SYSTEMS))
        what = systems[0].name if systems else "equipment"
        program = self._build_program(number, partnership, what, parties[-1])
        if not systems and self.rng.random() < 0.8:
            program.category = CATEGORIES.pick(self.rng)
        self.chapter.programs.append(program)
        self.chapter.systems.extend((program, system) for system in systems)
        self._assign_roles(program, parties)
        self._assign_instrument(program)
        order = f"{what} under order {number}"
        return self._tell_story(program, parties, order)

    def _build_program(self, number, partnership, what, taker):
        mode = MODES.pick(self.rng)
        words = Mode(mode).code
        program = make(Program, slug=make_slug(mode, what, number), name=f"{words.en} of {what} for {taker.name}")
        program.partnership, program.mode = partnership, mode
        if self.rng.random() < 0.3:
            program.names = {"fr": f"{words.fr} de {what}", "uk": f"{words.uk}: {what}"}
        return publish_most(self.rng, program)

    def _assign_roles(self, program, parties):
        giving, taking = ROLES.get(program.mode, (Role.PARTICIPANT, Role.PARTICIPANT))
        held = [(giving, parties[0]), (taking, parties[-1])]
        if self.rng.random() < 0.3:
            held.append((Role.MANUFACTURER, self.rng.choice(self.world.companies)))
        if self.rng.random() < 0.1:
            held.append((Role.PROGRAMME_MANAGER, self.rng.choice(self.world.bodies)))
        self.chapter.roles.extend(
            make(ProgramRole, program=program, role=role.value, party=party) for role, party in held
        )

    def _assign_instrument(self, program):
        if self.rng.random() < 0.12:
            self.chapter.instruments.append((program, self.rng.choice(self.world.instruments)))

    def _tell_story(self, program, parties, order):
        length = self.rng.randint(30, 80) if self.rng.random() < LONG_STORIES else self._weigh(LENGTHS)
        place, plots = self.rng.randint(0, 5), []
        for number, day in enumerate(self._pick_days(length), start=1):
            stage = self._pick_stage(place, number == length)
            development = self._build_development(program, number, day, stage)
            quote = _word(development, stage, parties, order)
            development.summary = f"{quote[:-1]}, as of {day:%B %Y}."
            plots.append(Plot(day, publish_most(self.rng, development), quote, parties))
            place = min(place + self.rng.choice((0, 1, 1, 2)), len(FORWARD) - 1)
        self._contain([plot.development for plot in plots])
        return plots

    def _pick_days(self, length):
        """Return the days of a story in order; later beginnings are likelier, and no day is after the last."""
        begin = int(DAYS * self.rng.random() ** 0.6)
        span = min(GAP * (length - 1), DAYS - begin)
        later = sorted(begin + int(span * self.rng.random()) for _ in range(length - 1))
        return [FIRST_DAY + datetime.timedelta(day) for day in [begin, *later][:length]]

    def _pick_stage(self, place, is_last):
        return self.rng.choice(STOPPED) if is_last and self.rng.random() < 0.06 else FORWARD[place]

    def _build_development(self, program, number, day, stage):
        is_whole = number > 1 and self.rng.random() < 0.06
        subject = {"partnership": program.partnership} if is_whole else {"program": program}
        development = make(Development, slug=f"{program.slug}-{number}", stage=stage.value, **subject)
        development.date = day.strftime(self._weigh(PRECISIONS))
        development.moves = number == 1 or self.rng.random() < 0.85
        if self.rng.random() < 0.2:
            development.credibility = self.rng.choice(Credibility.values)
        set_figures(self.rng, development, day)
        self._judge(development)
        _set_bounds(development)
        return development

    def _judge(self, development):
        dice = self.rng.random()
        if dice < 0.02:
            development.rank, development.rank_reason = Rank.DEPRECATED.value, "A later source corrects it."
        elif dice < 0.03:
            development.rank, development.rank_reason = Rank.PREFERRED.value, "The contract itself says so."

    def _contain(self, developments):
        for development in developments[1:]:
            if development.amount and self.rng.random() < 0.05:
                development.counted_in = developments[0]

    def _weigh(self, choices):
        values, weights = choices
        return self.rng.choices(values, weights)[0]


@cache
def find_bounds(date):
    """Return what a development's own `derive_bounds` would, asked once for each date: there are few of them."""
    return dates.parse_bounds(date)


def _set_bounds(development):
    development.earliest, development.latest = find_bounds(development.date)
    if development.due:
        development.due_earliest, development.due_latest = find_bounds(development.due)


def _word(development, stage, parties, order):
    giver, taker = parties[0].name, parties[-1].name
    quantity = development.quantity or {}
    count = f"{quantity['value']} " if "value" in quantity else ""
    return f"{taker} {SAYS[stage].format(giver=giver)} {count}{order}."
