"""Loads bundles: everything is read and checked first, then written in one transaction, or nothing is."""

from contextlib import contextmanager
from pathlib import Path

from django.db import transaction

from cooperation import ledger
from cooperation.bundles.items import collect_items
from cooperation.bundles.lock import load_lock
from cooperation.bundles.plan import Records, plan_records
from cooperation.bundles.reader import SUFFIXES, read_path
from cooperation.bundles.report import BundleError, NotPermitted, Place, Problem, Report
from cooperation.bundles.rights import refuse_unpermitted
from cooperation.bundles.statements import (
    cited_words,
    compare_quotes,
    find_left_over,
    in_writing_order,
    plan_statements,
)
from cooperation.choices import State
from cooperation.models import Article, Citation, Development


def find_bundles(paths):
    """Return the bundle files among `paths` and below those that are folders, sorted; JSON Schemas are no bundles."""
    files = set()
    for path in map(Path, paths):
        if path.is_dir():
            files.update(p for p in path.rglob("*") if p.suffix in SUFFIXES and not p.name.endswith(".schema.json"))
        elif path.is_file():
            files.add(path)
        else:
            raise BundleError([Problem(Place(str(path), 1), "there is no such file or folder.")])
    return sorted(files)


def load_paths(paths, **options):
    """Load the bundle files among and below `paths`; options and answer as for `load_documents`."""
    documents, problems = [], []
    try:
        files = find_bundles(paths)
    except BundleError as error:
        return Report(rejected=error.problems)
    for file in files:
        try:
            documents.append((str(file), read_path(file)))
        except BundleError as error:
            problems += error.problems
    return Report(rejected=problems) if problems else load_documents(documents, **options)


def load_documents(
    documents, *, dry_run=False, withdraw=False, default_state=State.PUBLISHED, may=None, on_progress=lambda *_: None
):
    """Load `documents`, (name, `Mapping`) pairs, and return a `Report`; raise LoadRunning if another load is under way.

    Effects, in order: the input is checked as a whole; records are created and updated in the ledger, developments with
    their citations last; with `withdraw`, developments that no article of the input lists any more are withdrawn; then
    everything is settled. With `dry_run` or on any problem nothing stays written. `may(action, record)`, if given,
    tells what the sender may do (see `rights`) and is asked before the first write. `on_progress(done, total)` is
    called as records are written.
    """
    items, problems = collect_items(documents)
    report = Report(dry_run=dry_run)
    try:
        _refuse(problems)
        with load_lock(), _rolling_back(dry_run), ledger.writing():
            _load_items(items, report, withdraw, default_state, may, on_progress)
    except BundleError as error:
        return Report(dry_run, rejected=error.problems, is_permitted=not isinstance(error, NotPermitted))
    return report


@contextmanager
def _rolling_back(dry_run):
    with transaction.atomic():
        yield
        if dry_run:
            transaction.set_rollback(True)


def _load_items(items, report, withdraw, default_state, may, on_progress):
    records = Records()
    steps, problems = plan_records(items, records, default_state)
    _refuse(problems)
    statements, problems = plan_statements(steps, records, default_state)
    _refuse(problems)
    if may:
        refuse_unpermitted(steps, statements, may)
    left_over = find_left_over(steps, statements)
    total = len(steps) + len(statements)
    written = []
    for done, step in enumerate(steps, 1):
        written += _write_step(step, report)
        on_progress(done, total)
    for done, statement in enumerate(in_writing_order(statements), len(steps) + 1):
        written += _write_statement(statement, report)
        on_progress(done, total)
    _note_left_over(left_over, report, withdraw)
    ledger.settle_now()
    _refuse([problem for item, row in written for problem in _find_unpublishable(item, row)])


def _refuse(problems):
    if problems:
        raise BundleError(problems)


def _write_step(step, report):
    """Write one record, note what was done, and return [(item, row)] if anything was."""
    if step.changed or step.is_new:
        (report.created if step.is_new else report.updated).append(step.item.name)
        ledger.record(step.row, **step.relations)
        return [(step.item, step.row)]
    report.unchanged.append(step.item.name)
    return []


def _write_statement(statement, report):
    """Write one development and what cites it, note what was done, and return [(item, row)] if anything was."""
    step, row = statement.step, statement.row
    is_new = row.pk is None
    is_changed = is_new or bool(step and step.changed)
    if is_changed:
        ledger.record(row)
    recited = [_write_quotes(row, article, quotes) for article, quotes in cited_words(statement)]
    outcome = report.created if is_new else report.updated if is_changed or any(recited) else report.unchanged
    outcome.append(f"developments/{statement.id}")
    return [(statement.entries[0].item, row)] if is_changed or any(recited) else []


def _write_quotes(development, article, quotes):
    """Have `article` cite `development` in exactly these words; return whether anything changed."""
    spare, missing = compare_quotes(development, article, quotes)
    ledger.loosen(spare)
    for quote in missing:
        citation = spare.pop() if spare else Citation(development=development, article=article)
        citation.quote = quote
        ledger.record(citation)
    for citation in spare:
        ledger.delete(citation)
    return bool(missing or spare)


def _note_left_over(citations, report, withdraw):
    """Report the developments that articles no longer list, and withdraw those that no other article reports."""
    gone = {c.pk for c in citations}
    developments = {c.development.slug: c.development for c in citations}
    for slug, development in developments.items():
        is_lone = not development.citations.exclude(pk__in=gone).exists()
        if withdraw and is_lone:
            ledger.withdraw([development])
            report.withdrawn.append(f"developments/{slug}")
        else:
            report.left_over.append(f"developments/{slug}")


def _find_unpublishable(item, row):
    """Return what keeps a written record, if it is published, from being so.

    A record that says itself that it is published may name a withdrawn one, as in a dump: it stays hidden with that.
    """
    is_public = type(row).objects.filter(pk=row.pk, public=True).exists()
    if row.state != State.PUBLISHED or (is_public and not isinstance(row, Article)):
        return []
    obstacles = ledger.find_obstacles(row)
    if "state" in item.values:
        obstacles = [o for o in obstacles if o.missing is None or o.missing.state == State.DRAFT]
    keys = {"citations": "quote"} if isinstance(row, Development) else {}
    return [item.problem(keys.get(o.key, o.key), o.message) for o in obstacles]
