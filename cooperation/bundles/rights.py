"""What a load would do, act by act, held against what its sender may do; asked before it is done."""

from cooperation.bundles.statements import cited_words, compare_quotes, fetch_cited
from cooperation.choices import State
from cooperation.models import Citation


def refuse_steps(steps, may):
    """Return a problem for each act on records for which `may(action, record)` is not true.

    Actions are `add`, `change` and `publish`, which is any change of the state, also publishing a new record at once.
    The record may be a model where only the kind counts.
    """
    return _refuse((act for step in steps for act in _find_acts(step)), may)


def refuse_statements(statements, may):
    """Do as `refuse_steps` with developments and what cites them."""
    stored = fetch_cited(statements)
    return _refuse((act for statement in statements for act in _find_statement_acts(statement, stored)), may)


def _refuse(acts, may):
    return [item.problem(key, _describe(action, row)) for item, key, action, row in acts if not may(action, row)]


def _find_acts(step):
    """Yield (item, key, action, row) for what writing a record takes; nothing for one that stays as it is."""
    if step.is_new or step.changed:
        yield step.item, "", "add" if step.is_new else "change", step.row
    if step.row.state != State.DRAFT if step.is_new else "state" in step.changed:
        yield step.item, "state", "publish", step.row


def _find_statement_acts(statement, stored):
    if statement.step:
        yield from _find_acts(statement.step)
    for article, quotes in cited_words(statement):
        spare, missing = compare_quotes(stored.get((statement.row.pk, article.pk), []), quotes)
        item = next(entry.item for entry in statement.entries if entry.article == article.slug)
        if missing:
            yield item, "quote", "add", Citation
        if spare:
            yield item, "quote", "change", Citation


def _describe(action, row):
    return f"you may not {action} {row._meta.verbose_name_plural}."
