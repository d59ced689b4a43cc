"""What articles report: entries, each with the day and the speaker of its article where it gives none."""

import datetime
from dataclasses import dataclass

from cooperation import text
from cooperation.bundles.identity import build_development_id
from cooperation.bundles.items import Item


@dataclass(slots=True)
class Entry:
    """One entry of an article, named by id, and what it says; `number` is its place among all, once that is known."""

    item: Item
    values: dict
    article: str
    published: datetime.date
    number: int = 0

    @property
    def subject(self):
        """Return, as one text, what it is about."""
        return f"{self.values.get('program') or ''}/{self.values.get('partnership') or ''}"

    @property
    def states_something(self):
        """Whether it says more than where the words are that say it."""
        return bool(set(self.item.values) - {"id", "quote", "state"})

    @property
    def age(self):
        """Return a sort key by which the entry of the article that appeared first comes first."""
        return (self.published, self.article)


def read_entries(step):
    """Return the entries of an article that is planned."""
    article = step.row
    speaker = article.said_by.slug if article.said_by else None
    inherited = {"date": article.published.isoformat(), "said_by": speaker, "channel": article.channel}
    entries = []
    for item in step.item.entries or ():
        values = inherited | item.values
        if "said_by" not in item.values:
            values.setdefault("said_as", article.said_as)
        entries.append(Entry(item, values, article.slug, article.published))
    return entries


def find_entry_problems(entry, article):
    """Yield what is wrong with an entry of `article` taken alone."""
    values = entry.values
    if text.find_quote(values["quote"], article.text) is None:
        message = "these words do not occur in the text of the article; quote it letter by letter."
        yield entry.item.problem("quote", message)
    if "id" not in values and entry.subject == "/":
        yield entry.item.problem("", "names neither a program nor a partnership that it is about.")


def build_id(subject, date, stage, speaker):
    """Return the id that a development gets which an entry without one means."""
    program, _, partnership = subject.partition("/")
    return build_development_id(program or partnership, date, stage, speaker)
