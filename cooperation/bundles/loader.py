"""Loads bundles: everything is read and checked first, then written in one transaction, or nothing is."""

import gc
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from django.db import transaction

from cooperation import ledger
from cooperation.bundles.checks import (
    find_dangling,
    find_incomplete,
    find_repeats,
    find_taken_addresses,
    order_records,
)
from cooperation.bundles.items import read_items
from cooperation.bundles.lock import load_lock
from cooperation.bundles.matching import match_entries
from cooperation.bundles.reader import SUFFIXES, read_path
from cooperation.bundles.report import BundleError, NotPermitted, Place, Problem, Report
from cooperation.bundles.shapes import DEVELOPMENT, model_of
from cooperation.bundles.spool import Spool
from cooperation.bundles.statements import find_left_over, order_statements
from cooperation.bundles.told import Told
from cooperation.bundles.writer import Writer
from cooperation.choices import State
from cooperation.models import Development
from cooperation.publication import find_hindered, find_obstacles
from cooperation.rows import much_at_hand


class Phase(StrEnum):
    """What a load is busy with; only `READING` (files) and `WRITING` (records) have a number of steps."""

    READING = "reading"
    CHECKING = "checking"
    WRITING = "writing"
    DERIVING = "deriving"
    INDEXING = "indexing"


def ignore(phase, done, total):
    """Take the progress of a load and tell nobody."""


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


def load_paths(paths, *, on_progress=ignore, **options):
    """Load the bundle files among and below `paths`; options and answer as for `load_documents`."""
    problems = []
    try:
        files = find_bundles(paths)
    except BundleError as error:
        return Report(rejected=error.problems)
    return _load(_read_files(files, problems, on_progress), problems, on_progress=on_progress, **options)


@contextmanager
def _seldom_collecting_garbage():
    """Look for garbage that goes in circles less often; among so many records it takes a fifth of the time."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _read_files(files, problems, on_progress):
    """Yield the documents of `files`, one held at a time; note in `problems` what cannot be read."""
    for done, file in enumerate(files, 1):
        try:
            yield str(file), read_path(file)
        except BundleError as error:
            problems += error.problems
        on_progress(Phase.READING, done, len(files))


def load_documents(documents, **options):
    """Load `documents`, (name, `Mapping`) pairs, and return a `Report`; raise LoadRunning if another load is under way.

    Effects, in order: the input is checked as a whole; records are created and updated in the ledger, developments with
    their citations last; with `withdraw`, developments that no article of the input lists any more are withdrawn; then
    everything is settled. With `dry_run` or on any problem nothing stays written. `default_state` is that of new
    records. `may(action, record)`, if given, tells what the sender may do (see `rights`) and is asked before each
    batch is written; if it refuses anything, nothing stays written either. `on_progress(phase, done, total)` is called
    as the load goes on.
    """
    return _load(documents, [], **options)


def _load(documents, problems, *, dry_run=False, on_progress=ignore, **options):
    """Load `documents`; `problems` are those found while they are read."""
    report = Report(dry_run=dry_run)
    try:
        with _seldom_collecting_garbage(), much_at_hand(), Spool() as spool, Told() as told:
            _spool(documents, problems, spool)
            with load_lock(), _rolling_back(dry_run), ledger.writing():
                _load_spool(spool, told, report, on_progress, **options)
                on_progress(Phase.INDEXING, 0, 1)
            on_progress(Phase.INDEXING, 1, 1)
    except BundleError as error:
        return Report(dry_run, rejected=error.problems, is_permitted=not isinstance(error, NotPermitted))
    return report


def _spool(documents, problems, spool):
    for item in read_items(documents, problems):
        spool.add(item)
    spool.flush()
    spool.arrange()
    _refuse([*problems, *find_repeats(spool)])


@contextmanager
def _rolling_back(dry_run):
    with transaction.atomic():
        yield
        if dry_run:
            transaction.set_rollback(True)


def _load_spool(spool, told, report, on_progress, withdraw=False, default_state=State.PUBLISHED, may=None):
    on_progress(Phase.CHECKING, 0, 1)
    _refuse(list(find_dangling(spool)))
    _refuse([*order_records(spool), *find_incomplete(spool)])
    on_progress(Phase.CHECKING, 1, 1)
    writer = Writer(spool, told, report, default_state, may)
    writer.problems += find_taken_addresses(spool)
    done = 0
    for count in writer.write_records():
        done += count
        on_progress(Phase.WRITING, done, spool.size)
    _refuse(writer.problems)
    told.arrange()
    _refuse([*writer.misread, *match_entries(told)])
    writer.problems += order_statements(told)
    left_over = find_left_over(told)
    for count in writer.write_statements():
        done += count
        on_progress(Phase.WRITING, done, spool.size)
    _refuse(writer.problems)
    if writer.refused:
        raise NotPermitted(writer.refused)
    _note_left_over(left_over, report, withdraw)
    on_progress(Phase.DERIVING, 0, 1)
    ledger.settle_now()
    on_progress(Phase.DERIVING, 1, 1)
    _refuse(list(_find_unpublishable(spool, told)))


def _refuse(problems):
    if problems:
        raise BundleError(problems)


def _note_left_over(left_over, report, withdraw):
    """Report the developments that articles no longer list, and withdraw those that no other article reports."""
    for slug, citations in left_over.items():
        development = Development.objects.get(slug=slug)
        is_lone = not development.citations.exclude(pk__in=citations).exists()
        if withdraw and is_lone:
            ledger.withdraw([development])
            report.withdrawn.append(f"developments/{slug}")
        else:
            report.left_over.append(f"developments/{slug}")


def _find_unpublishable(spool, told):
    """Yield what keeps written records, if they are published, from being so."""
    for section, numbers in spool.walk_written():
        model, is_told = model_of(section), section == DEVELOPMENT.section
        for row in model.objects.filter(pk__in=find_hindered(model, numbers)):
            number = numbers[row.pk]
            yield from _explain(told.find_entry(number).item if is_told else spool.find_item(number), row)


def _explain(item, row):
    """Return the problems of a record that is not public.

    A record that says itself that it is published may name a withdrawn one, as in a dump: it stays hidden with that.
    """
    obstacles = find_obstacles(row)
    if "state" in item.values:
        obstacles = [o for o in obstacles if o.missing is None or o.missing.state == State.DRAFT]
    keys = {"citations": "quote"} if isinstance(row, Development) else {}
    return [item.problem(keys.get(o.key, o.key), o.message) for o in obstacles]
