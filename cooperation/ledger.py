"""The only way to write what changes a sum, whoever writes: admin, loader, API or a command.

Every write happens inside `writing()`: one transaction, one writer at a time. When the outermost block ends, `settle`
derives everything once: public flags, days, stages and search texts of what was written and of all that depends on it.
Then the bitmaps from which facets are counted, and the index of words, are renewed, and what
changed in public is announced.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import connection, models, transaction
from django.db.models import ProtectedError

from cooperation import text, validators
from cooperation.choices import State
from cooperation.editions import announce
from cooperation.facets.index import reindex
from cooperation.models import Article, Citation, Development, Partnership, Program, ProgramRole
from cooperation.search.index import renew
from cooperation.settling import Touched, settle

WRITER_LOCK = 7_201_026  # any number that no other application uses on the same PostgreSQL database

_open_page = ContextVar("open_page", default=None)


@dataclass(frozen=True)
class Obstacle:
    """Why a record may not be published; `missing` is the record that has to be published first, if that is why."""

    record: models.Model
    key: str
    message: str
    missing: models.Model | None = None

    def __str__(self):
        return f"{self.record.slug}: {self.message}"


class NotPublishable(ValidationError):
    """Publishing was refused; `obstacles` lists all that is missing."""

    def __init__(self, obstacles):
        """Keep the obstacles and make their sentences the messages."""
        self.obstacles = obstacles
        super().__init__([str(obstacle) for obstacle in obstacles], code="not-publishable")


@contextmanager
def writing():
    """Open the ledger: one transaction, no other writer; settle, count, index and announce at the end.

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
            reindex(touched.programs)
            renew(touched.records)
            announce(touched.saved, touched.flags)
        finally:
            _open_page.reset(token)


def record(instance, **relations):
    """Save `instance` and set its many-to-many relations.

    `relations` are lists of records by field name; `roles` of a program is `{role: [party, …]}`. Saving a record whose
    relations alone change counts as a change of the record, too.
    """
    with writing():
        _touch_former(instance)
        instance.save()
        for name, related in relations.items():
            if name == "roles":
                _set_roles(instance, related)
            else:
                getattr(instance, name).set(related)
        if isinstance(instance, Article):
            _relocate_quotes(instance)
        touch(instance)


def touch(instance):
    """Have `instance` settled when the ledger closes; for what was written by a form inside `writing()`."""
    page = _open_page.get()
    if isinstance(instance, Citation):
        page.add(Development, instance.development_id)
        page.add_source(instance.article_id)
        page.cited.add((instance.development_id, instance.article_id))
    elif isinstance(instance, ProgramRole):
        page.add(Program, instance.program_id)
    else:
        page.add(type(instance), instance.pk)
        _touch_former(instance)


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


def find_obstacles(instance):
    """Return all that keeps `instance` from being published, as a list of `Obstacle`; the one rule of publication."""
    obstacles = [
        Obstacle(instance, key, f"{root._meta.verbose_name} “{root}” ({root.slug}) is not published.", root)
        for key, named in instance.named_records()
        for root in _find_hidden_roots(named)
    ]
    if isinstance(instance, Development):
        obstacles += _find_article_obstacles(instance)
    if isinstance(instance, Article):
        obstacles += _find_begun_later(instance)
    for key, check in _row_rules(instance):
        try:
            check()
        except ValidationError as error:
            obstacles += [Obstacle(instance, key, message) for message in error.messages]
    return list(dict.fromkeys(obstacles))


def is_presentable(instance):
    """Whether `instance` is published and all that it names is public."""
    return type(instance).objects.presentable().filter(pk=instance.pk).exists()


def find_naming(instance):
    """Return the records that name `instance` and so keep it from being deleted; its own rows do not count."""
    naming = []
    for relation in instance._meta.related_objects:
        if relation.on_delete is models.CASCADE or relation.related_model.__name__.startswith("Historical"):
            continue
        rows = relation.related_model._base_manager.filter(**{relation.field.name: instance})
        naming.extend(row.program if isinstance(row, ProgramRole) else row for row in rows)
    return naming


def _wait_for_other_writers():
    if connection.vendor == "postgresql":  # SQLite's transactions are IMMEDIATE: there it is so already
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITER_LOCK])


def _touch_former(instance):
    """Touch what `instance` belongs to in the database, before it changes, moves or goes: that sum changes with it."""
    keys = {Development: ("program", "partnership"), Program: ("partnership",)}.get(type(instance), ())
    if instance.pk and keys:
        for former in type(instance).objects.filter(pk=instance.pk).values("public", *keys):
            for key in filter(former.get, keys):
                model = type(instance)._meta.get_field(key).related_model
                _open_page.get().add_sum(model, former[key], is_retold=former["public"])


def _relocate_quotes(article):
    """Find the quotes of a changed text again.

    Of two quotes that now begin alike, one stays without a place: find_obstacles tells it until it is corrected.
    """
    places = {citation: text.find_quote(citation.quote, article.text) for citation in article.citations.all()}
    moved = {c: place for c, place in places.items() if place != ((c.start, c.end) if c.start is not None else None)}
    loosen(moved)
    taken = {(c.development_id, c.start) for c in places if c not in moved}
    for citation, place in moved.items():
        if place and (citation.development_id, place[0]) not in taken:
            taken.add((citation.development_id, place[0]))
            Citation.objects.filter(pk=citation.pk).update(start=place[0], end=place[1])


def _set_roles(program, roles):
    wanted = {(role, party.pk) for role, parties in roles.items() for party in parties}
    for held in program.roles_held.all():
        if (held.role, held.party_id) not in wanted:
            held.delete()
        wanted.discard((held.role, held.party_id))
    for role, party in sorted(wanted):
        ProgramRole.objects.create(program=program, role=role, party_id=party)


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


def _find_hidden_roots(record):
    """Return the records that keep `record` from the public: itself, or what it names, also through others."""
    if is_presentable(record):
        return []
    if record.state != State.PUBLISHED:
        return [record]
    return [root for _, named in record.named_records() for root in _find_hidden_roots(named)] or [record]


def _row_rules(instance):
    """Yield (key, check) for the rules over the rows that belong to `instance`."""
    if isinstance(instance, Partnership):
        yield "parties", lambda: validators.validate_party_count(instance.parties.all())
    if isinstance(instance, Program):
        yield "category", lambda: validators.validate_category_use(instance.systems.exists(), instance.category)
    if isinstance(instance, Article):
        yield "text", lambda: _check_quotes(instance.citations)
    if isinstance(instance, Development):
        yield "citations", lambda: _check_citations(instance)


def _check_quotes(citations):
    for citation in citations.filter(start=None):
        message = "the words “%(quote)s” do not occur in the text of %(article)s."
        raise ValidationError(message, code="quote", params={"quote": citation.quote, "article": citation.article.slug})


def _find_article_obstacles(development):
    """Return the obstacle that no article which reports `development` is published, and each one's words, if so."""
    articles = Article.objects.filter(citations__development=development).order_by("published", "slug")
    first = articles.presentable().first()
    if first is None:
        message = "none of the articles that report it is published."
        return [Obstacle(development, "citations", message, article) for article in articles.distinct()]
    try:
        validators.validate_begun(development.date, development.earliest, first.published)
    except ValidationError as error:
        return [Obstacle(development, "date", message) for message in error.messages]
    return []


def _find_begun_later(article):
    """Return the obstacles that published developments which `article` reports begin after their first report."""
    developments = Development.objects.filter(citations__article=article, state=State.PUBLISHED).distinct()
    return [o for development in developments for o in _find_article_obstacles(development) if o.key == "date"]


def _check_citations(development):
    validators.validate_citation_count(development.citations.count())
    _check_quotes(development.citations)
