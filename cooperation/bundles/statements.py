"""Plans the developments of a load: which row each entry of an article means, whose words decide, and what is cited.

An entry without `id` means the development of the same subject, date, stage and speaker. Where several articles report
one development, the earliest that states it decides: its entry sets the values, the others only add their citation, and
a fact in which they differ is an error, because a claim of its own needs an id of its own. So the order of loading does
not matter.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from graphlib import TopologicalSorter

from django.core.exceptions import ValidationError

from cooperation import text, validators
from cooperation.bundles.identity import build_development_id
from cooperation.bundles.items import Item
from cooperation.bundles.plan import BATCH, Step, fill_step
from cooperation.models import Article, Citation, Development

KEPT_APART = ("quantity", "amount")  # the same statement with another figure is another statement
OWN_WORDS = ("id", "quote", "summary", "said_as", "state")  # in which the entries of several articles may differ


@dataclass
class Entry:
    """One entry of an article: what it says, with the article's speaker and day where it gives none."""

    item: Item
    article: Article
    values: dict

    @property
    def key(self):
        """Return what identifies a development without id: subject, date, stage and speaker."""
        values = self.values
        return (
            values.get("program"),
            values.get("partnership"),
            values["date"],
            values.get("stage", ""),
            values["said_by"],
        )

    @property
    def states_something(self):
        """Whether it says more than where the words are that say it."""
        return bool(set(self.item.values) - {"id", "quote", "state"})

    @property
    def age(self):
        """Return a sort key by which the entry of the article that appeared first comes first."""
        return (self.article.published, self.article.slug)


@dataclass
class Statement:
    """One development of the input: its row to be, and the entries that report it, the first one first."""

    id: str
    row: Development | None
    entries: list = field(default_factory=list)
    step: Step | None = None


def plan_statements(steps, records, default_state):
    """Return (statements, problems) for the entries of all articles among `steps`."""
    entries = [_read_entry(step, item) for step in steps for item in step.item.entries or []]
    problems = [p for entry in entries for p in _find_entry_problems(entry)]
    stored = _fetch_stored(entries)
    statements, identity_problems = _identify(entries, stored)
    records.rows["developments"].update({s.id: s.row for s in statements.values() if s.row})
    if not problems and not identity_problems:
        for statement in statements.values():
            _make_row(statement, records, default_state)
        _fetch_containers(entries, records)
        for statement in statements.values():
            problems += _fill_statement(statement, records)
    return list(statements.values()), problems + identity_problems


def _read_entry(step, item):
    article, given = step.row, item.values
    speaker = article.said_by.slug if article.said_by else None
    values = {"date": article.published.isoformat(), "said_by": speaker, "channel": article.channel, **given}
    if "said_by" not in given:
        values.setdefault("said_as", article.said_as)
    return Entry(item, article, values)


def _find_entry_problems(entry):
    item, article, values = entry.item, entry.article, entry.values
    if text.find_quote(values["quote"], article.text) is None:
        yield item.problem("quote", "these words do not occur in the text of the article; quote it letter by letter.")
    if "id" not in values and not (values.get("program") or values.get("partnership")):
        yield item.problem("", "names neither a program nor a partnership that it is about.")


def _fetch_stored(entries):
    """Return the stored developments that the entries can mean, by id."""
    ids = {e.item.id for e in entries if e.item.id}
    programs = {e.values["program"] for e in entries if e.values.get("program")}
    partnerships = {e.values["partnership"] for e in entries if e.values.get("partnership")}
    stored = {}
    for key, wanted in (("slug", ids), ("program__slug", programs), ("partnership__slug", partnerships)):
        wanted = sorted(wanted)
        for start in range(0, len(wanted), BATCH):
            rows = Development.objects.with_names().filter(**{f"{key}__in": wanted[start : start + BATCH]})
            stored.update({row.slug: row for row in rows.prefetch_related("citations__article")})
    return stored


def _stored_key(row):
    program, partnership = (subject.slug if subject else None for subject in (row.program, row.partnership))
    return (program, partnership, row.date, row.stage, row.said_by.slug if row.said_by else None)


def _identify(entries, stored):
    """Return ({id: Statement}, problems): entries with an id first, then those that match by key, then new ones."""
    statements, problems = {}, []
    by_key = defaultdict(list)
    for row in stored.values():
        by_key[_stored_key(row)].append(row.slug)
    for entry in sorted(entries, key=lambda e: (e.item.id is None, e.age)):
        record_id = entry.item.id or _match(entry, by_key[entry.key], stored, statements, problems)
        if record_id not in statements:
            statements[record_id] = Statement(record_id, stored.get(record_id))
            if record_id not in by_key[entry.key] and record_id not in stored:
                by_key[entry.key].append(record_id)
        statements[record_id].entries.append(entry)
    for statement in statements.values():
        statement.entries.sort(key=lambda e: e.age)
    return statements, problems


def _match(entry, candidates, stored, statements, problems):
    """Return the id of the one candidate that says the same, or a new id."""
    if len(candidates) > 1:
        candidates = [c for c in candidates if _figures(c, stored, statements) == _entry_figures(entry)] or candidates
    if len(candidates) > 1:
        problems.append(
            entry.item.problem("", f"can mean {' or '.join(sorted(candidates))}; give the id of the one meant.")
        )
    if candidates:
        return candidates[0]
    program, partnership, date, stage, speaker = entry.key
    record_id = build_development_id(program or partnership, date, stage, speaker)
    if record_id in stored or record_id in statements or Development.objects.filter(slug=record_id).exists():
        problems.append(
            entry.item.problem("", f"would get the id “{record_id}”, which another one has; give it its own id.")
        )
    return record_id


def _entry_figures(entry):
    return [entry.values.get(key) for key in KEPT_APART]


def _figures(record_id, stored, statements):
    if record_id in stored:
        return [getattr(stored[record_id], key) for key in KEPT_APART]
    return _entry_figures(statements[record_id].entries[0])


def _make_row(statement, records, default_state):
    statement.row = statement.row or Development(slug=statement.id, state=default_state)
    records.rows["developments"][statement.id] = statement.row


def _fetch_containers(entries, records):
    wanted = {e.values["counted_in"] for e in entries if e.values.get("counted_in")} - set(records.rows["developments"])
    for row in Development.objects.filter(slug__in=wanted):
        records.rows["developments"][row.slug] = row


def _fill_statement(statement, records):
    """Set the row from the entry that decides, and return what is wrong with it or contradicts it."""
    row, deciding = statement.row, _deciding_entry(statement)
    if deciding is None and row.pk is None:
        return [
            entry.item.problem("id", f"“{statement.id}” is not known, and nothing is said of it.")
            for entry in statement.entries
        ]
    if deciding is None:
        return [p for e in statement.entries for p in (*_find_differences(e, row), *_find_begun_later(e, row))]
    item = Item(deciding.item.shape, deciding.item.file, deciding.item.line, deciding.item.lines)
    takes_over = row.pk is None or not _is_cited_by(row, deciding.article)
    item.values = dict(deciding.values if takes_over else deciding.item.values, id=statement.id)
    problems = _find_lost_container(deciding, records) or _find_missing(row, item)
    if row.pk and takes_over:
        problems += _find_differences(deciding, row, ("date", "said_by"))
    if problems:
        return problems
    statement.step = Step(item, row)
    problems = fill_step(statement.step, records)
    problems += [p for e in statement.entries if e is not deciding for p in _find_differences(e, row)]
    return problems + [p for e in statement.entries for p in _find_begun_later(e, row)]


def _is_cited_by(row, article):
    return any(citation.article_id == article.pk for citation in row.citations.all())


def _deciding_entry(statement):
    """Return the entry of the article that stated it first, None if that article is not in the input.

    An entry of `id` and `quote` alone states nothing and never decides.
    """
    stating = [entry for entry in statement.entries if entry.states_something]
    if not stating:
        return None
    cited = statement.row.citations.all() if statement.row.pk else []
    ages = [(c.article.published, c.article.slug) for c in cited if c.article_id != stating[0].article.pk]
    return stating[0] if all(stating[0].age < age for age in ages) else None


def _find_missing(row, item):
    if row.pk is None and "summary" not in item.values:
        return [item.problem("", "“summary” is missing; a new development needs it.")]
    return []


def _find_lost_container(entry, records):
    container = entry.values.get("counted_in")
    if not container or container in records.rows["developments"]:
        return []
    return [
        entry.item.problem("counted_in", f"“{container}” is neither in the input nor in the database (developments).")
    ]


def _find_differences(entry, row, inherited=()):
    """Return a problem for each fact, given or among the `inherited` ones, in which `entry` differs from `row`."""
    message = f"differs from what “{row.slug}” says already; give it its own id to keep both."
    keys = [key for key in entry.item.values if key not in OWN_WORDS]
    keys += [key for key in inherited if key not in keys]
    kinds = entry.item.shape.by_name
    return [entry.item.problem(k, message) for k in keys if entry.values[k] != kinds[k].kind.dump(row, k)]


def _find_begun_later(entry, row):
    """Return a problem if the development begins after the day of an article that reports it."""
    try:
        validators.validate_begun(row.date, row.earliest, entry.article.published)
    except ValidationError as error:
        return entry.item.problems_of(error, "date")
    return []


def in_writing_order(statements):
    """Return `statements`, each after the one that it is counted in."""
    by_id = {statement.id: statement for statement in statements}
    graph = TopologicalSorter()
    for statement in statements:
        container = statement.row.counted_in
        graph.add(statement.id, *([container.slug] if container and container.slug in by_id else []))
    return [by_id[record_id] for record_id in graph.static_order()]


def cited_words(statement):
    """Return [(article, [quote, …])] for the articles that report `statement`, each quote once, white space folded."""
    cited = {}
    for entry in statement.entries:
        _, quotes = cited.setdefault(entry.article.slug, (entry.article, {}))
        quotes.setdefault(text.fold_space(entry.values["quote"]), entry.values["quote"])
    return [(article, list(quotes.values())) for article, quotes in cited.values()]


def compare_quotes(development, article, quotes):
    """Return (the stored citations that are none of `quotes`, the quotes that are not stored) of a pair."""
    is_new = development.pk is None or article.pk is None
    stored = [] if is_new else list(Citation.objects.filter(development=development, article=article))
    kept = {text.fold_space(c.quote) for c in stored} & set(map(text.fold_space, quotes))
    spare = [c for c in stored if text.fold_space(c.quote) not in kept]
    return spare, [quote for quote in quotes if text.fold_space(quote) not in kept]


def find_left_over(steps, statements):
    """Return the citations of the input's articles whose development the article no longer lists."""
    listed = {(s.id, entry.article.slug) for s in statements for entry in s.entries}
    articles = [step.row.slug for step in steps if step.item.entries is not None and not step.is_new]
    cited = Citation.objects.filter(article__slug__in=articles).exclude(development__state="withdrawn")
    cited = cited.select_related("development", "article").order_by("article__slug", "development__slug")
    cited = cited.defer("article__text", "article__search_text")  # once for each citation, they would fill the memory
    return [c for c in cited if (c.development.slug, c.article.slug) not in listed]
