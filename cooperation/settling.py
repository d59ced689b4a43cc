"""Derives what the ledger does not write: public flags, days, places, stages and search texts.

Only `ledger` calls this room, and `rebuild_facets` inside it. All of it is set statements over the rows that can have
changed; running it again over everything changes nothing.
"""

from collections import defaultdict
from itertools import islice
from typing import NamedTuple

from django.db import connection
from django.db.models import Case, Exists, F, Min, OuterRef, Q, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone
from pyroaring import BitMap

from cooperation.models import (
    Article,
    Citation,
    Development,
    Instrument,
    Official,
    Partnership,
    Party,
    Program,
    Publisher,
    System,
)
from cooperation.models.developments import LATEST_FIRST, STAGE_POSITION, STAGE_SPAN
from cooperation.models.partnerships import latest_day_of

# The order in which flags are derived, each with the models whose flag follows from it, by the key that names it.
FOLLOWERS = {
    Publisher: [(Article, "publisher")],
    Party: [
        (Party, "parent"),
        (Official, "party"),
        (System, "makers"),
        (Instrument, "provider"),
        (Partnership, "parties"),
        (Program, "roles_held__party"),
        (Article, "said_by_party"),
        (Development, "said_by_party"),
    ],
    Official: [(Article, "said_by_official"), (Development, "said_by_official")],
    System: [(System, "parent"), (Program, "systems")],
    Instrument: [(Program, "instruments")],
    Partnership: [(Program, "partnership"), (Development, "partnership")],
    Article: [],  # a touched article changes days as well: see _settle_days
    Development: [(Development, "counted_in")],
}
BATCH = 5_000  # below the number of parameters that SQLite and PostgreSQL take in one statement
EARLIEST_FIRST = [order.copy().reverse_ordering() for order in LATEST_FIRST]
MOVING = Q(moves=True, program__isnull=False)  # a development of a program always has a stage


class Flags:
    """Which rows of a model were public before that could change (`shown`, `{key: slug}`), and which not (`hidden`)."""

    def __init__(self):
        """Start with nothing."""
        self.shown, self.hidden = {}, BitMap()

    def note(self, key, slug, public):
        """Keep whether a row is public; of several notes of a row the first one stands."""
        if key in self.shown or key in self.hidden:
            return
        if public:
            self.shown[key] = slug
        else:
            self.hidden.add(key)


class Touched:
    """What was written since the ledger was opened: `keys` to be settled, by model, and of these the `written` rows.

    As far as all is settled, `programs` are those whose facets can have changed, and `records` have, by model, the keys
    of all whose words or public flag can have. `flags` have, by model, the `Flags` of those whose flag can have turned,
    and of what is deleted. `saved` have, by model, the keys of all that was written; `spelled` are those of them whose
    search texts are right. `cited` are, by the key of an article, the developments whose citations from it were
    written; `retold`, by model, the keys of what lost or changed a public statement. A load touches millions of rows,
    so that keys stand in bitmaps.
    """

    def __init__(self):
        """Start with nothing."""
        self.keys, self.written = defaultdict(BitMap), defaultdict(BitMap)
        self.programs, self.records = BitMap(), defaultdict(BitMap)
        self.flags, self.saved, self.spelled = defaultdict(Flags), defaultdict(BitMap), defaultdict(BitMap)
        self.cited, self.retold = defaultdict(BitMap), defaultdict(BitMap)

    def add(self, model, key):
        """Note a row that was written, be it by way of what belongs to it."""
        self.keys[model].add(key)
        self.written[model].add(key)
        self.saved[model].add(key)

    def note_spelling(self, model, key, is_new):
        """Note that the own words of a row were written; a new row has brought its search text along."""
        (self.spelled[model].add if is_new else self.spelled[model].discard)(key)

    def add_source(self, article):
        """Note an article whose citations were written: what that tells anybody, their developments do."""
        self.keys[Article].add(article)
        self.written[Article].add(article)

    def add_sum(self, model, key, is_retold):
        """Note a row that was not written itself, but what belongs to it was; `is_retold` if that was public."""
        self.keys[model].add(key)
        if is_retold:
            self.retold[model].add(key)

    def note_flags(self, rows):
        """Keep which of `rows` are public before that changes."""
        for row in rows.order_by().values_list("pk", "slug", "public"):
            self.flags[rows.model].note(*row)

    def take(self):
        """Return both and start anew."""
        taken = self.keys, self.written
        self.keys, self.written = defaultdict(BitMap), defaultdict(BitMap)
        return taken


class Misplaced(NamedTuple):
    """A development whose stored place is not the one that it must have."""

    pk: int
    slug: str
    stored: int
    place: int

    def __str__(self):
        return f"{self.slug}: has place {self.stored}, must have {self.place}"


def settle(touched):
    """Derive everything that follows from the `touched` rows, and empty it.

    Effects, in order: search texts; public flags from publishers to articles; days of developments; public flags of
    developments; places of developments; stage, latest day and public flag of programs; latest day of partnerships.
    What is told anew of a development, a program or a partnership counts as a change of it. What can have changed is
    added to `touched.programs`, `touched.records` and `touched.flags`.
    """
    (keys, written), flipped = touched.take(), {}
    for model, noted in list(keys.items()):
        _settle_search(model, noted.difference(touched.spelled[model]))
    for model in FOLLOWERS:
        if model is Development:
            _gather_developments(keys)
            _settle_days(keys[Development])
        flipped[model] = _settle_flags(model, keys, touched)
    _retell(flipped, touched)
    programs = keys[Program] | _keys(Program, developments__in=keys[Development])
    _settle_places(programs, keys[Development])
    _settle_programs(programs, touched)
    _settle_partnerships(
        keys[Partnership]
        | _keys(Partnership, programs__in=programs)
        | _keys(Partnership, developments__in=keys[Development]),
        touched,
    )
    touched.retold.clear()
    touched.programs |= programs | _find_described(written)
    for model, settled in (*keys.items(), (Program, programs)):
        touched.records[model] |= settled


def _find_described(written):
    """Return the programs of the partnerships written, and those about the families of the systems written."""
    families = BitMap()
    for batch in batches(written[System]):
        families.update(System.objects.filter(among("pk", batch)).families())
    return _keys(Program, partnership__in=written[Partnership]) | _keys(Program, systems__in=families)


def batches(keys):
    """Yield `keys` in sorted lists that fit into one statement."""
    waiting = iter(sorted(keys))
    while batch := list(islice(waiting, BATCH)):
        yield batch


def among(key, batch):
    """Return the condition that `key` is one of `batch`, which is sorted; without gaps its ends say it all."""
    if batch[-1] - batch[0] == len(batch) - 1:
        return Q(**{f"{key}__gte": batch[0], f"{key}__lte": batch[-1]})
    return Q(**{f"{key}__in": batch})


def _keys(model, **lookup):
    """Return the primary keys of the rows of `model` that name one of the given keys, as a bitmap."""
    ((key, named),), found = lookup.items(), BitMap()
    for batch in batches(named):
        found.update(model.objects.filter(among(key.removesuffix("__in"), batch)).values_list("pk", flat=True))
    return found


def _settle_search(model, keys):
    for batch in batches(keys):
        rows = [row for row in model.objects.filter(among("pk", batch)) if row.search_text != row.build_search_text()]
        for row in rows:
            row.search_text = row.build_search_text()
        model.objects.bulk_update(rows, ["search_text"], batch_size=500)


def _settle_flags(model, keys, touched):
    """Settle the public flag of the rows of `model` in `keys`, and note all whose own flag may follow from a change.

    Return the keys of those whose flag turned.
    """
    waiting, turned = keys[model], BitMap()
    while waiting:
        flipped = _flip_flags(model, waiting, touched)
        turned |= flipped
        for follower, lookup in FOLLOWERS[model]:
            keys[follower] |= _keys(follower, **{f"{lookup}__in": flipped})
        waiting = _keys(model, **{f"{_own_lookup(model)}__in": flipped}) if _own_lookup(model) else ()
    return turned


def _own_lookup(model):
    return next((lookup for follower, lookup in FOLLOWERS[model] if follower is model), None)


def _flip_flags(model, keys, touched):
    flipped = BitMap()
    for batch in batches(keys):
        rows = model.objects.filter(among("pk", batch)).order_by()
        should = set(rows.presentable().values_list("pk", flat=True))
        flips = set(rows.filter(public=True).values_list("pk", flat=True)) ^ should
        for flag, turning in ((True, flips & should), (False, flips - should)):
            if turning:
                rows = model.objects.filter(among("pk", sorted(turning)))
                touched.note_flags(rows)
                rows.update(public=flag, modified=timezone.now())
        flipped.update(flips)
    return flipped


def _retell(flipped, touched):
    """Have a development count as changed with the public words behind it, and its subject with the development."""
    cited = BitMap()
    for batch in batches(touched.cited):
        cited |= BitMap().union(*map(touched.cited.get, _find_public(Article, batch)))
    touched.cited.clear()
    for batch in batches(cited | _keys(Development, citations__article__in=flipped[Article])):
        Development.objects.visible().filter(among("pk", batch)).update(modified=timezone.now())
        _note_subjects(_find_public(Development, batch), touched)
    _note_subjects(flipped[Development], touched)


def _find_public(model, keys):
    return model.objects.visible().filter(pk__in=keys).values_list("pk", flat=True)


def _note_subjects(developments, touched):
    for batch in batches(developments):
        rows = Development.objects.filter(among("pk", batch)).order_by()
        for program, partnership in rows.values_list("program", "partnership"):
            touched.retold[Program if program else Partnership].add(program or partnership)


def _gather_developments(keys):
    """Note the developments of each program and article noted so far: their flags and days follow from those rows."""
    keys[Development] |= _keys(Development, program__in=keys[Program]) | _keys(
        Development, citations__article__in=keys[Article]
    )


def _settle_days(developments):
    cited = Citation.objects.filter(development=OuterRef("pk")).order_by().values("development")
    first = cited.annotate(day=Min("article__published")).values("day")
    first_public = cited.filter(article__public=True).annotate(day=Min("article__published")).values("day")
    effective = Case(When(Q(latest__lt=F("reported_on")), then=F("latest")), default=F("reported_on"))
    for batch in batches(developments):
        rows = Development.objects.filter(among("pk", batch))
        rows.update(reported_on=Coalesce(Subquery(first_public), Subquery(first)))
        rows.update(effective_day=effective)


def find_misplaced():
    """Return all developments whose place must be another, as `Misplaced`."""
    misplaced = _find_misplaced(Development.objects.filter(program=None))
    for batch in batches(Program.objects.values_list("pk", flat=True)):
        misplaced += _find_misplaced(Development.objects.filter(among("program", batch)))
    return misplaced


def write_places(misplaced):
    """Give developments the places that they must have."""
    keys = defaultdict(set)
    for found in misplaced:
        keys[found.place].add(found.pk)
    for place, placed in keys.items():
        for batch in batches(placed):
            Development.objects.filter(among("pk", batch)).update(place=place)


def _settle_places(programs, developments):
    for batch in batches(programs):
        _renumber(Development.objects.filter(among("program", batch)))
    for batch in batches(developments):
        Development.objects.filter(among("pk", batch), program=None).exclude(place=0).update(place=0)


def _renumber(developments):
    """Write the places of `developments`, which hold all of a program or none, without reading them."""
    places, params = _with_places(developments).values("id", "must_be").query.sql_with_params()
    table = connection.ops.quote_name(Development._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET place = numbered.must_be FROM ({places}) AS numbered "  # noqa: S608 - no input
            f"WHERE {table}.id = numbered.id AND {table}.place <> numbered.must_be",
            params,
        )


def _with_places(developments):
    """Say in `must_be` which place each must have; `developments` hold all of a program or none."""
    number = Window(RowNumber(), partition_by=[F("program"), F("moves")], order_by=EARLIEST_FIRST)
    place = Case(When(MOVING, then=number * STAGE_SPAN + STAGE_POSITION), default=Value(0))
    return developments.order_by().annotate(must_be=place)


def _find_misplaced(developments):
    rows = _with_places(developments).values_list("pk", "slug", "place", "must_be")
    return [row for row in map(Misplaced._make, rows) if row.stored != row.place]


def _settle_programs(programs, touched):
    counted = Development.objects.counted().filter(program=OuterRef("pk"))
    stage = Coalesce(Subquery(counted.moving().latest_first().values("stage")[:1]), Value(""))
    day = Subquery(counted.latest_first().values("effective_day")[:1])
    has_public = Exists(Development.objects.filter(program=OuterRef("pk"), public=True))
    for batch in batches(programs):
        rows = Program.objects.filter(among("pk", batch)).order_by()
        public = set(rows.presentable().filter(has_public).values_list("pk", flat=True))
        before = (
            rows.order_by()
            .annotate(new_stage=stage, new_day=day)
            .values_list("pk", "slug", "public", "stage", "latest_day", "new_stage", "new_day")
        )
        changed = set()
        for pk, slug, was_public, old_stage, old_day, new_stage, new_day in before:
            if was_public or pk in public:
                touched.flags[Program].note(pk, slug, was_public)
            is_same = (was_public, old_stage, old_day) == (pk in public, new_stage, new_day)
            if not is_same or pk in touched.retold[Program]:
                changed.add(pk)
        for flag, turning in ((True, changed & public), (False, changed - public)):
            if turning:
                Program.objects.filter(among("pk", sorted(turning))).update(
                    public=flag, stage=stage, latest_day=day, modified=timezone.now()
                )


def _settle_partnerships(partnerships, touched):
    day = latest_day_of(Development.objects.counted())
    for batch in batches(partnerships):
        rows = Partnership.objects.filter(among("pk", batch)).order_by().annotate(new_day=day)
        changed = sorted(
            pk
            for pk, old_day, new_day in rows.values_list("pk", "latest_day", "new_day")
            if old_day != new_day or pk in touched.retold[Partnership]
        )
        if changed:
            Partnership.objects.filter(among("pk", changed)).update(latest_day=day, modified=timezone.now())
