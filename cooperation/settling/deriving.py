"""What follows from the rows that were written, one kind after the other."""

from django.db.models import Case, Exists, F, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
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
from cooperation.models.keys import among, batches
from cooperation.models.partnerships import latest_day_of
from cooperation.settling.places import settle_places

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
    settle_places(programs, keys[Development])
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
