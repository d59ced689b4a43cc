"""What records of the input mean for the database: each row as it is to be, and which of its keys change."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial

from django.core.exceptions import ValidationError

from cooperation import validators
from cooperation.bundles.kinds import Code, Flag, Ref, Refs, Roles
from cooperation.bundles.shapes import SHAPES, model_of
from cooperation.choices import State
from cooperation.models.records import Record, errors_at

BATCH = 500
KEPT = 20_000  # rows of a section that are only named; so many are at hand for the next records
RELATIONS = (Refs, Roles)
CHECKED = (Code, Flag, Ref, *RELATIONS)  # kinds of values that the shape checks as the model would


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
    """The rows that are being planned, and those that they name, by section and id."""

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
        self._fetch(section, ids, shape.model.objects.select_related(*singles).prefetch_related(*relations))

    def fetch_named(self, shape, records):
        """Bring along what `records`, each the values of one by key, name: what it is called and what is above it."""
        wanted = defaultdict(set)
        for values in records:
            for _, sections, record_id in shape.named_ids(values):
                for section in sections:
                    wanted[section].add(record_id)
        for section, ids in wanted.items():
            model = model_of(section)
            above = [field.name for field in model._meta.fields if field.related_model is model]
            self._fetch(section, ids, model.objects.only("slug", *above))

    def _fetch(self, section, ids, rows):
        known = self.rows[section]
        wanted = sorted(record_id for record_id in ids if record_id not in known)
        for start in range(0, len(wanted), BATCH):
            known.update({row.slug: row for row in rows.filter(slug__in=wanted[start : start + BATCH])})

    def forget(self, section):
        """Let go of the rows of a section, which are written, and of others when there are too many."""
        for name, rows in self.rows.items():
            if name == section or len(rows) > KEPT:
                rows.clear()

    def find(self, sections, record_id):
        """Return the row of `record_id` in one of `sections`.

        A record of the input that is not written, because it or another one is wrong, is stood in for by an empty one.
        """
        found = (self.rows[s][record_id] for s in sections if record_id in self.rows[s])
        return next(found, None) or model_of(sections[0])(slug=record_id)


def plan_records(items, records, default_state):
    """Return (steps, problems) for some records of one section, whose parents are not among them."""
    shape, steps = items[0].shape, []
    rows = records.rows[shape.section]
    records.fetch(shape.section, [item.id for item in items])
    records.fetch_named(shape, [item.values for item in items])
    for item in items:
        if item.id not in rows:
            rows[item.id] = shape.model(slug=item.id, state=default_state)
        steps.append(Step(item, rows[item.id]))
    return steps, [problem for step in steps for problem in fill_step(step, records)]


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
    checked = _find_checked(step.item) if step.is_new else {f.name for f in row._meta.fields if f.is_relation}
    for check in (partial(row.clean_fields, exclude=checked), row.clean, partial(_check_lists, step)):
        try:
            check()
        except ValidationError as error:
            problems += step.item.problems_of(error)
    return problems


def _find_checked(item):
    """Return the fields of a new record that the model need not check: the shape did, or they have their defaults."""
    shape, fields = item.shape, {field.name for field in item.shape.model._meta.fields}
    return fields.difference(
        *(shape.columns[key] for key in item.values if not isinstance(shape.by_name[key].kind, CHECKED))
    )


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
