"""Plans the developments of a load: the row of each, whose words decide, and what is cited.

Where several articles report one development, the earliest that states it decides: its entry sets the values, the
others only add their citation, and a fact in which they differ is an error, because a claim of its own needs an id of
its own. So the order of loading does not matter.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Prefetch

from cooperation import text, validators
from cooperation.bundles.checks import find_depths
from cooperation.bundles.items import Item
from cooperation.bundles.plan import Step, fill_step
from cooperation.bundles.shapes import DEVELOPMENT
from cooperation.choices import State
from cooperation.models import Article, Citation, Development
from cooperation.models.keys import batches

OWN_WORDS = ("id", "quote", "summary", "said_as", "state")  # in which the entries of several articles may differ


@dataclass
class Statement:
    """One development of the input: its row to be, its entries, the first one first, and {id: article} of these."""

    id: str
    row: Development
    entries: list
    articles: dict
    step: Step | None = None


def order_statements(told):
    """Have each statement come after the one that it is counted in; return a problem if they go round in a circle."""
    depths, circle = find_depths(told.find_containers())
    told.set_depths(depths)
    entries = (entry for statement in circle for entry in told.find_entries([statement])[statement])
    counted = max((e for e in entries if e.values.get("counted_in")), key=lambda e: (e.age, e.number), default=None)
    return [counted.item.problem("counted_in", "A development cannot be counted in itself.")] if counted else []


def plan_statements(entries, records, default_state, told):
    """Return (statements, problems) for {id: entries}, none of which is counted in another."""
    stored, articles = _fetch_stored(entries), _fetch_articles(entries)
    statements = []
    for record_id, reports in entries.items():
        row = stored.get(record_id) or Development(slug=record_id, state=default_state)
        statements.append(Statement(record_id, row, reports, articles))
    records.rows[DEVELOPMENT.section].update({statement.id: statement.row for statement in statements})
    records.fetch_named(DEVELOPMENT, [entry.values for reports in entries.values() for entry in reports])
    lost = _find_lost(entries, records, told)
    return statements, [problem for statement in statements for problem in _fill_statement(statement, records, lost)]


def _fetch_stored(ids):
    """Return the stored developments among `ids`, with the days and ids of the articles that they cite."""
    dated = Article.objects.only("slug", "published")  # their texts would fill the memory
    citations, stored = Prefetch("citations", Citation.objects.prefetch_related(Prefetch("article", dated))), {}
    for batch in batches(ids):
        rows = Development.objects.with_names().filter(slug__in=batch)
        stored.update({row.slug: row for row in rows.prefetch_related(citations)})
    return stored


def _fetch_articles(entries):
    """Return {id: article} of the articles that report statements."""
    ids = {entry.article for reports in entries.values() for entry in reports}
    rows = Article.objects.only("slug", "text")
    return {row.slug: row for batch in batches(ids) for row in rows.filter(slug__in=batch)}


def _find_lost(entries, records, told):
    """Return the ids in which developments are said to be counted and which nothing has."""
    named = {entry.values.get("counted_in") for reports in entries.values() for entry in reports} - {None}
    unknown = named - records.rows[DEVELOPMENT.section].keys()
    return unknown - told.find_taken(unknown) if unknown else set()


def _fill_statement(statement, records, lost):
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
    problems = _find_lost_container(deciding, lost) or _find_missing(row, item)
    if row.pk and takes_over:
        problems += _find_differences(deciding, row, ("date", "said_by"))
    if problems:
        return problems
    statement.step = Step(item, row)
    problems = fill_step(statement.step, records)
    problems += [p for e in statement.entries if e is not deciding for p in _find_differences(e, row)]
    return problems + [p for e in statement.entries for p in _find_begun_later(e, row)]


def _is_cited_by(row, article):
    return any(citation.article.slug == article for citation in row.citations.all())


def _deciding_entry(statement):
    """Return the entry of the article that stated it first, None if that article is not in the input.

    An entry of `id` and `quote` alone states nothing and never decides.
    """
    stating = [entry for entry in statement.entries if entry.states_something]
    if not stating:
        return None
    cited = [citation.article for citation in statement.row.citations.all()] if statement.row.pk else []
    ages = [(article.published, article.slug) for article in cited if article.slug != stating[0].article]
    return stating[0] if all(stating[0].age < age for age in ages) else None


def _find_missing(row, item):
    if row.pk is None and "summary" not in item.values:
        return [item.problem("", "“summary” is missing; a new development needs it.")]
    return []


def _find_lost_container(entry, lost):
    container = entry.values.get("counted_in")
    if container not in lost:
        return []
    message = f"“{container}” is neither in the input nor in the database ({DEVELOPMENT.section})."
    return [entry.item.problem("counted_in", message)]


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
        validators.validate_begun(row.date, row.earliest, entry.published)
    except ValidationError as error:
        return entry.item.problems_of(error, "date")
    return []


def cited_words(statement):
    """Return [(article, [quote, …])] for the articles that report `statement`, each quote once, white space folded."""
    cited = {}
    for entry in statement.entries:
        quotes = cited.setdefault(entry.article, {})
        quotes.setdefault(text.fold_space(entry.values["quote"]), entry.values["quote"])
    return [(statement.articles[article], list(quotes.values())) for article, quotes in cited.items()]


def fetch_cited(statements):
    """Return {(development, article): [citation, …]} by primary keys, of what is stored of the rows of `statements`."""
    cited = defaultdict(list)
    for batch in batches(statement.row.pk for statement in statements if statement.row.pk):
        for citation in Citation.objects.filter(development__in=batch):
            cited[citation.development_id, citation.article_id].append(citation)
    return cited


def compare_quotes(stored, quotes):
    """Return (those of the `stored` citations that are none of `quotes`, the quotes that are not stored) of a pair."""
    kept = {text.fold_space(c.quote) for c in stored} & set(map(text.fold_space, quotes))
    spare = [c for c in stored if text.fold_space(c.quote) not in kept]
    return spare, [quote for quote in quotes if text.fold_space(quote) not in kept]


def find_left_over(told):
    """Return {id: primary keys of the citations} of the developments that articles of the input no longer list."""
    left_over = defaultdict(list)
    for listed in told.walk_articles():
        cited = Citation.objects.filter(article__slug__in=listed).exclude(development__state=State.WITHDRAWN)
        columns = cited.order_by("article__slug", "development__slug", "pk").values_list(
            "pk", "article__slug", "development__slug"
        )
        for citation, article, development in columns:
            if development not in listed[article]:
                left_over[development].append(citation)
    return left_over
