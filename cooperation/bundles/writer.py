"""The second half of a load: records are planned and go to the ledger in batches, what is named before what names it.

All of it is one transaction, so nobody sees what was written before a problem is found. From then on records are only
planned, so that all problems are told.
"""

from cooperation import ledger
from cooperation.bundles.entries import find_entry_problems, read_entries
from cooperation.bundles.plan import Records, plan_records
from cooperation.bundles.rights import refuse_statements, refuse_steps
from cooperation.bundles.shapes import DEVELOPMENT, SHAPES
from cooperation.bundles.statements import cited_words, compare_quotes, fetch_cited, plan_statements
from cooperation.choices import State
from cooperation.models import Citation

BATCH = 1_000  # records that are planned and written together


class Writer:
    """Writes what a spool holds, and adds to `told` what its articles report.

    `problems` are those found so far; `refused` are the acts that the sender may not do, which are told if nothing else
    is wrong.
    """

    def __init__(self, spool, told, report, default_state, may=None):
        """Take what is to be written, and the report that notes what was done."""
        self.spool, self.told, self.report = spool, told, report
        self.default_state, self.may = default_state, may
        self.records, self.problems, self.refused, self.misread = Records(), [], [], []

    def write_records(self):
        """Write all records but developments; yield, batch by batch, how many."""
        for section in SHAPES:
            for batch in self.spool.walk_items(section, BATCH):
                steps, problems = plan_records([item for _, item in batch], self.records, self.default_state)
                self.problems += problems
                if self.may:
                    self.refused += refuse_steps(steps, self.may)
                if not self.problems:
                    self._write_steps(section, steps, [number for number, _ in batch])
                self.records.forget(section)
                yield len(batch)

    def _write_steps(self, section, steps, numbers):
        drafts, written = [], []
        if section == "articles":
            self.told.add_articles([s.item.id for s in steps if s.item.entries is not None and not s.is_new])
        for step, number in zip(steps, numbers, strict=True):
            if step.changed or step.is_new:
                (self.report.created if step.is_new else self.report.updated).append(step.item.name)
                drafts.append((step.row, step.relations))
                written.append((step.row, number))
            else:
                self.report.unchanged.append(step.item.name)
        ledger.record_all(drafts)
        self._note(section, written)
        if section == "articles":
            self._read_entries(steps)

    def _read_entries(self, steps):
        """Add what articles report to what is told; what is wrong with it is told when all records are written."""
        for step in steps:
            entries = read_entries(step)
            self.misread += [p for entry in entries for p in find_entry_problems(entry, step.row)]
            self.told.add(entries)

    def _note(self, section, written):
        """Note which of the rows written, (row, number) pairs, are to be public in the end."""
        self.spool.note_written(section, [(row.pk, n) for row, n in written if row.state == State.PUBLISHED])

    def write_statements(self):
        """Write developments and what cites them; yield, batch by batch, how many entries reported them."""
        for batch in self.told.walk_statements(BATCH):
            statements, problems = plan_statements(batch, self.records, self.default_state, self.told)
            self.problems += problems
            if self.may:
                self.refused += refuse_statements(statements, self.may)
            if not self.problems:
                self._write_statements(statements)
            self.records.forget(DEVELOPMENT.section)
            yield sum(map(len, batch.values()))

    def _write_statements(self, statements):
        stored = fetch_cited(statements)
        drafts, quotes, written = [], [], []
        for statement in statements:
            is_new, is_changed = statement.row.pk is None, bool(statement.step and statement.step.changed)
            recited = [
                (statement.row, article, *compare_quotes(stored.get((statement.row.pk, article.pk), []), words))
                for article, words in cited_words(statement)
            ]
            quotes += recited
            is_recited = any(spare or missing for *_, spare, missing in recited)
            outcome = "created" if is_new else "updated" if is_changed or is_recited else "unchanged"
            getattr(self.report, outcome).append(f"{DEVELOPMENT.section}/{statement.id}")
            if is_new or is_changed:
                drafts.append((statement.row, {}))
            if outcome != "unchanged":
                written.append((statement.row, statement.entries[0].number))
        ledger.record_all(drafts)
        _write_quotes(quotes)
        self._note(DEVELOPMENT.section, written)


def _write_quotes(quotes):
    """Have articles cite developments in other words.

    `quotes` are (development, article, [citation to be rewritten or deleted], [new words]).
    """
    rewritten, deleted = [], []
    for development, article, spare, missing in quotes:
        reused = [*spare]
        for words in missing:
            citation = reused.pop() if reused else Citation()
            citation.development, citation.article, citation.quote = development, article, words
            rewritten.append(citation)
        deleted += reused
    ledger.loosen([citation for *_, spare, _ in quotes for citation in spare])
    for citation in deleted:
        ledger.delete(citation)
    ledger.record_all([(citation, {}) for citation in rewritten])
