"""What a load would do, act by act, held against what its sender may do; asked before the first write."""

from cooperation.bundles.report import NotPermitted
from cooperation.bundles.statements import cited_words, compare_quotes
from cooperation.choices import State
from cooperation.models import Citation


def refuse_unpermitted(steps, statements, may):
    """Raise NotPermitted, with all that is refused, unless `may(action, record)` is true for each act.

    Actions are `add`, `change` and `publish`, which is any change of the state, also publishing a new record at once.
    The record may be a model where only the kind counts.
    """
    acts = [act for step in steps for act in _find_acts(step)]
    acts += [act for statement in statements for act in _find_statement_acts(statement)]
    problems = [item.problem(key, _describe(action, row)) for item, key, action, row in acts if not may(action, row)]
    if problems:
        raise NotPermitted(problems)


def _find_acts(step):
    """Yield (item, key, action, row) for what writing a record takes; nothing for one that stays as it is."""
    if step.is_new or step.changed:
        yield step.item, "", "add" if step.is_new else "change", step.row
    if step.row.state != State.DRAFT if step.is_new else "state" in step.changed:
        yield step.item, "state", "publish", step.row


def _find_statement_acts(statement):
    if statement.step:
        yield from _find_acts(statement.step)
    for article, quotes in cited_words(statement):
        spare, missing = compare_quotes(statement.row, article, quotes)
        item = next(entry.item for entry in statement.entries if entry.article is article)
        if missing:
            yield item, "quote", "add", Citation
        if spare:
            yield item, "quote", "change", Citation


def _describe(action, row):
    return f"you may not {action} {row._meta.verbose_name_plural}."
