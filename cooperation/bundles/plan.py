"""The second half of checking a load: what the input means for the database, before anything is written.

A `Plan` holds, for each record of the input, the row as it is to be and which of its keys change; for developments also
who first reports them, and the words that each article cites.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

from django.core.exceptions import ValidationError

from cooperation import validators
from cooperation.bundles.kinds import Ref, Refs, Roles
from cooperation.bundles.shapes import SHAPES
from cooperation.choices import State
from cooperation.models import Article, Official, Party
from cooperation.models.records import Record, errors_at

BATCH = 500
RELATIONS = (Refs, Roles)


@dataclass
class Step:
    """One record to write: the row, the keys that change, and the relations among them, already as records."""

    item: object
    row: Record
    changed: list = field(default_factory=list)
    relations: dict = field(default_factory=dict)

    @property
    def is_new(self):
        """Whether the record is not in the database yet."""
        return self.row.pk is None


class Records:
    """The rows that the input defines or names, by section and id: stored ones, and new ones not saved yet."""

    def __init__(self):
        """Start with none."""
        self.rows = defaultdict(dict)

    def fetch(self, section, ids):
        """Bring the stored rows of `ids` along, with the relations that their shape reads."""
        shape = SHAPES[section]
        relations = [
            ("roles_held__party" if isinstance(k.kind, Roles) else k.name)
            for k in shape.keys
            if isinstance(k.kind, RELATIONS)
        ]
        singles = [f.name for f in shape.model._meta.fields if f.is_relation]
        wanted = sorted(set(ids) - set(self.rows[section]))
        for start in range(0, len(wanted), BATCH):
            rows = shape.model.objects.filter(slug__in=wanted[start : start + BATCH])
            for row in rows.select_related(*singles).prefetch_related(*relations):
                self.rows[section][row.slug] = row

    def find(self, sections, record_id):
        """Return the row of `record_id` in one of `sections`, or None."""
        return next((self.rows[s][record_id] for s in sections if record_id in self.rows[s]), None)


def plan_records(items, records, default_state):
    """Return (steps, problems) for all records but developments, in an order in which they can be written."""
    _fetch_named(items, records)
    defined = {(item.shape.section, item.id) for item in items}
    problems = [problem for item in items for problem in _find_dangling(item, defined, records)]
    if problems:
        return [], problems
    ordered, problems = _sort_by_parents(items)
    steps = []
    for item in ordered:
        row = records.rows[item.shape.section].get(item.id)
        problems += find_missing_keys(item) if row is None else []
        row = row or item.shape.model(slug=item.id, state=default_state)
        records.rows[item.shape.section][item.id] = row
        steps.append(Step(item, row))
    if not problems:
        for step in steps:
            problems += fill_step(step, records)
        problems += _find_taken_addresses(steps)
    return steps, problems


def find_missing_keys(item):
    """Return a problem for each key without which a new record cannot be."""
    return [
        item.problem("", f"“{key.name}” is missing; a new record needs it.")
        for key in item.shape.keys
        if key.required and key.name not in item.values
    ]


def find_dangling_ids(item, records, defined):
    """Return a problem for each id that `item` names and that is neither in the input nor in the database."""
    return [
        item.problem(key, f"“{record_id}” is neither in the input nor in the database ({' or '.join(sections)}).")
        for key, sections, record_id in item.shape.named_ids(item.values)
        if not records.find(sections, record_id) and not any((s, record_id) in defined for s in sections)
    ]


def fill_step(step, records):
    """Set on the step's row what the input says, note what changes, and return the problems of the row."""
    item, row = step.item, step.row
    for key, value in item.values.items():
        kind = item.shape.by_name[key].kind
        if key in ("id", "quote") or (not step.is_new and kind.dump(row, key) == value):
            continue
        step.changed.append(key)
        if isinstance(kind, RELATIONS):
            step.relations[key] = _resolve(kind, value, records)
        elif isinstance(kind, Ref):
            setattr(row, key, records.find(kind.sections, value) if value else None)
        else:
            setattr(row, key, value)
    return _find_row_problems(step) if step.changed or step.is_new else []


def _resolve(kind, value, records):
    if isinstance(kind, Roles):
        return {role: [records.find(kind.sections, i) for i in ids] for role, ids in value.items()}
    return [records.find(kind.sections, record_id) for record_id in value]


def _find_row_problems(step):
    row, problems = step.row, []
    related = [f.name for f in row._meta.fields if f.is_relation]
    for check in (lambda: row.clean_fields(exclude=related), row.clean, lambda: _check_lists(step)):
        try:
            check()
        except ValidationError as error:
            problems += step.item.problems_of(error)
    return problems


def _check_lists(step):
    """Check the rules over a record and its lists; a list that the input does not give is the stored one."""
    values, row = step.item.values, step.row
    if step.item.shape.section == "partnerships" and row.state == State.PUBLISHED:
        with errors_at("parties"):
            validators.validate_party_count(values.get("parties", () if step.is_new else row.parties.all()))
    if step.item.shape.section == "programs":
        with errors_at("category"):
            validators.validate_category_use(
                values.get("systems", () if step.is_new else row.systems.all()), row.category
            )


def _fetch_named(items, records):
    wanted = defaultdict(set)
    for item in items:
        wanted[item.shape.section].add(item.id)
        for entry in [item, *(item.entries or [])]:
            for _, sections, record_id in entry.shape.named_ids(entry.values):
                for section in sections:
                    wanted[section].add(record_id)
    wanted.pop("developments", None)
    for section, ids in wanted.items():
        records.fetch(section, ids)


def _find_dangling(item, defined, records):
    yield from find_dangling_ids(item, records, defined)
    for entry in item.entries or []:
        yield from (p for p in find_dangling_ids(entry, records, defined) if p.place.key != "counted_in")
    other = {"parties": Official, "officials": Party}.get(item.shape.section)
    if other and other.objects.filter(slug=item.id).exists():
        yield item.problem("id", f"“{item.id}” is already the id of another party or official; they share their ids.")


def _sort_by_parents(items):
    """Return (items, problems), each record after its parent where both are in the input."""
    by_name = {item.name: item for item in items}
    graph = TopologicalSorter()
    for item in items:
        parent = f"{item.shape.section}/{item.values.get('parent')}"
        graph.add(item.name, *([parent] if parent in by_name else []))
    try:
        names = list(graph.static_order())
    except CycleError as error:
        ids = " → ".join(name.split("/")[1] for name in error.args[1])
        return items, [by_name[error.args[1][0]].problem("parent", f"a circle of parents: {ids}.")]
    rank = {name: position for position, name in enumerate(names)}
    sections = list(SHAPES)
    return sorted(items, key=lambda item: (sections.index(item.shape.section), rank[item.name])), []


def _find_taken_addresses(steps):
    """Return a problem for each article whose address another article of the input or the database has."""
    articles = {step.row.address: step for step in steps if isinstance(step.row, Article) and "address" in step.changed}
    articles.pop("", None)
    taken = dict(Article.objects.filter(address__in=articles).values_list("address", "slug"))
    problems = [
        articles[address].item.problem("address", f"the article “{slug}” has this address.")
        for address, slug in taken.items()
        if slug != articles[address].row.slug
    ]
    seen = {}
    for step in steps:
        if isinstance(step.row, Article) and step.row.address:
            other = seen.setdefault(step.row.address, step)
            if other is not step:
                problems.append(step.item.problem("address", f"the article “{other.row.slug}” has this address."))
    return problems
