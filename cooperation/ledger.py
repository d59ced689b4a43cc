"""The only way to write what changes a sum, whoever writes: admin, loader, API or a command.

Every write happens inside `writing()`: one transaction, one writer at a time. When the outermost block ends, `settle`
derives everything once: public flags, days, stages and search texts of what was written and of all that depends on it.
Then what changed in public is announced, and if anything did, the bitmaps from which facets are counted and the words
by which records are found are renewed.
"""

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import ProtectedError

from cooperation import text
from cooperation.choices import State
from cooperation.editions import announce
from cooperation.facets.index import reindex
from cooperation.models import Article, Citation, Development, Program, ProgramRole
from cooperation.models.keys import batches
from cooperation.publication import find_obstacles, is_presentable
from cooperation.saving import forget_prefetched, relate_all, save_all
from cooperation.search.index import renew
from cooperation.settling import Touched, settle

WRITER_LOCK = 7_201_026  # any number that no other application uses on the same PostgreSQL database

_open_page = ContextVar("open_page", default=None)


class NotPublishable(ValidationError):
    """Publishing was refused; `obstacles` lists all that is missing."""

    def __init__(self, obstacles):
        """Keep the obstacles and make their sentences the messages."""
        self.obstacles = obstacles
        super().__init__([str(obstacle) for obstacle in obstacles], code="not-publishable")


@contextmanager
def writing():
    """Open the ledger: one transaction, no other writer; settle, announce, count and index at the end.

    An inner block joins the outer one.
    """
    if _open_page.get() is not None:
        yield
        return
    with transaction.atomic():
        _wait_for_other_writers()
        touched = Touched()
        token = _open_page.set(touched)
        try:
            yield
            settle(touched)
            if announce(touched.saved, touched.flags):  # drafts alone are in no bitmap and no word
                reindex(touched.programs, touched.records)
                renew(touched.records)
        finally:
            _open_page.reset(token)


def record(instance, **relations):
    """Save `instance` and set its many-to-many relations.

    `relations` are lists of records by field name; `roles` of a program is `{role: [party, …]}`. Saving a record whose
    relations alone change counts as a change of the record, too.
    """
    with writing():
        _touch_sums([instance])
        instance.save()
        for name, related in relations.items():
            if name == "roles":
                _set_roles([(instance, related)])
            else:
                getattr(instance, name).set(related)
        if isinstance(instance, Article):
            _relocate_quotes(instance, instance.citations.all())
        touch(instance)


def record_all(drafts):
    """Do with many instances of one model, in set statements, what `record` does with each.

    `drafts` are pairs of an instance and its relations, as `record` takes them. What an instance names is saved before.
    """
    with writing():
        rows = [instance for instance, _ in drafts]
        _touch_sums(rows)
        stored = {row.pk: row for row in rows if row.pk}
        save_all(rows)
        _relate(drafts)
        for article, citations in _group_citations(stored if rows and isinstance(rows[0], Article) else {}):
            _relocate_quotes(article, citations)
        _touch_all(rows, stored)


def touch(instance):
    """Have `instance` settled when the ledger closes; for what was written by a form inside `writing()`."""
    _touch_all([instance], {instance.pk})


def loosen(citations):
    """Free the places of citations that are about to be rewritten, so that they can change places."""
    Citation.objects.filter(pk__in=[citation.pk for citation in citations]).update(start=None, end=None)


def settle_now():
    """Settle what was written so far, before the ledger closes; for checks that read what is derived."""
    settle(_open_page.get())


def delete(instance):
    """Delete `instance` with the rows it owns; raise ProtectedError, with those records, if others name it."""
    with writing():
        naming = find_naming(instance)
        if naming:
            raise ProtectedError(f"“{instance}” is named by other records.", naming)
        touch(instance)
        if not isinstance(instance, (Citation, ProgramRole)):  # which have no page of their own to be taken away
            _open_page.get().note_flags(type(instance).objects.filter(pk=instance.pk))
        if isinstance(instance, Development):
            for article in instance.citations.values_list("article", flat=True):
                _open_page.get().add_source(article)
        instance.delete()


def publish(instances, along=False):
    """Publish `instances`, with `along` also the drafts that they name; return what changed state.

    Raise NotPublishable, and change nothing, if anything is missing.
    """
    wanted = list(instances)
    return _set_state(_with_named_drafts(wanted) if along else wanted, State.PUBLISHED)


def withdraw(instances):
    """Withdraw `instances`; return what changed state. What names them is hidden with them and keeps its state."""
    return _set_state(list(instances), State.WITHDRAWN)


def find_naming(instance, most=None):
    """Return the records that name `instance` and so keep it from being deleted; its own rows do not count.

    Of those that name it in one way, the first `most`; all without.
    """
    naming = []
    for relation in instance._meta.related_objects:
        if relation.on_delete is models.CASCADE or relation.related_model.__name__.startswith("Historical"):
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: instance})
        if relation.related_model is ProgramRole:
            rows = Program._base_manager.filter(pk__in=rows.values("program"))
        naming.extend(rows[:most])
    return naming


def _wait_for_other_writers():
    if connection.vendor == "postgresql":  # SQLite's transactions are IMMEDIATE: there it is so already
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITER_LOCK])


def _touch_all(rows, stored):
    """Note `rows` of one model that were written; all but those with the keys `stored` are new."""
    page = _open_page.get()
    for row in rows:
        if isinstance(row, Citation):
            page.add(Development, row.development_id)
            page.add_source(row.article_id)
            page.cited[row.article_id].add(row.development_id)
        elif isinstance(row, ProgramRole):
            page.add(Program, row.program_id)
        else:
            page.add(type(row), row.pk)
            page.note_spelling(type(row), row.pk, is_new=row.pk not in stored)
    _touch_sums(rows)


def _touch_sums(rows):
    """Touch what `rows` of one model belong to in the database: as they change, move or go, that sum changes too."""
    model = type(rows[0]) if rows else None
    names = {Development: ("program", "partnership"), Program: ("partnership",)}.get(model, ())
    for batch in batches(row.pk for row in rows if row.pk and names):
        for former in model.objects.filter(pk__in=batch).order_by().values("public", *names):
            for name in filter(former.get, names):
                above = model._meta.get_field(name).related_model
                _open_page.get().add_sum(above, former[name], is_retold=former["public"])


def _group_citations(articles):
    """Yield (article, [citation, …]) for those of `articles`, by primary key, that have citations."""
    cited = defaultdict(list)
    for batch in batches(articles):
        for citation in Citation.objects.filter(article__in=batch):
            cited[citation.article_id].append(citation)
    yield from ((articles[key], citations) for key, citations in cited.items())


def _relocate_quotes(article, citations):
    """Find the quotes of a changed text again.

    Of two quotes that now begin alike, one stays without a place: find_obstacles tells it until it is corrected.
    """
    places = {citation: text.find_quote(citation.quote, article.text) for citation in citations}
    moved = {c: place for c, place in places.items() if place != ((c.start, c.end) if c.start is not None else None)}
    loosen(moved)
    taken = {(c.development_id, c.start) for c in places if c not in moved}
    for citation, place in moved.items():
        if place and (citation.development_id, place[0]) not in taken:
            taken.add((citation.development_id, place[0]))
            Citation.objects.filter(pk=citation.pk).update(start=place[0], end=place[1])


def _relate(drafts):
    """Set the relations of `drafts`, those named first of all records first: each change is an entry of history."""
    for place in range(max((len(relations) for _, relations in drafts), default=0)):
        pairs = defaultdict(list)
        for instance, relations in drafts:
            for name, related in list(relations.items())[place : place + 1]:
                pairs[name].append((instance, related))
        for name, related in pairs.items():
            _set_roles(related) if name == "roles" else relate_all(name, related)


def _set_roles(pairs):
    """Set the roles of programs; `pairs` are (program, {role: [party, …]})."""
    wanted = {
        (program.pk, role, party.pk) for program, roles in pairs for role, parties in roles.items() for party in parties
    }
    for batch in batches(program.pk for program, _ in pairs):
        for held in ProgramRole.objects.filter(program__in=batch):
            if (held.program_id, held.role, held.party_id) not in wanted:
                held.delete()
            wanted.discard((held.program_id, held.role, held.party_id))
    save_all([ProgramRole(program_id=key, role=role, party_id=party) for key, role, party in sorted(wanted)])
    forget_prefetched([program for program, _ in pairs], "roles_held")


def _set_state(instances, state):
    changed = [instance for instance in instances if instance.state != state]
    with writing():
        settle_now()  # what was written before stays settled, whatever becomes of this
        with transaction.atomic():
            for instance in changed:
                instance.state = state
                instance.save()
                touch(instance)
            settle_now()
            if state == State.PUBLISHED:
                _refuse_obstacles(instances)
    return changed


def _refuse_obstacles(instances):
    if obstacles := [obstacle for instance in instances for obstacle in find_obstacles(instance)]:
        raise NotPublishable(obstacles)


def _with_named_drafts(instances):
    """Return `instances` and every draft they name, also through others, the named ones first."""
    found, waiting = [], list(instances)
    while waiting:
        instance = waiting.pop()
        if instance not in found:
            found.append(instance)
            named = [record for _, record in instance.named_records()]
            if isinstance(instance, Development):
                named += [citation.article for citation in instance.citations.select_related("article")]
            waiting += [other for other in named if other.state != State.WITHDRAWN and not is_presentable(other)]
    return [instance for instance in found[::-1] if instance in instances or instance.state == State.DRAFT]
