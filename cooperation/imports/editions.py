"""Where claims go if something of them is stored already, so that nothing published or edited is written again.

An id has a chain of places: `x`, `x-r2`, `x-r3` and so on. A claim or its article takes the first one that is free (not
there, or a draft that only imports wrote) or that says the same already. So a second run of a file finds everything in
its place, and a newer edition that says something else stands beside what staff have published.
"""

from collections import defaultdict

from cooperation import text
from cooperation.bundles.identity import fit_id
from cooperation.bundles.plan import BATCH
from cooperation.imports.stored import fetch, find_kept
from cooperation.models import Article, Citation, Development


def name_place(key, number):
    """Return the id of a key's place, the first of which is the key itself."""
    return key if number == 1 else fit_id(f"{key}-r{number}")


class ArticlePlaces:
    """Where claims are cited: `claims` by article id, the `keys` of their sources, and the `kept` ids."""

    def __init__(self, claims):
        """Find a place for each of `claims` in an article of each of its sources."""
        self.claims, self.keys, self.numbers, self.kept, self.stored = {}, {}, {}, set(), {}
        waiting, number = defaultdict(list), 1
        for claim in claims:
            for key in claim.sources:
                waiting[key].append(claim)
        while waiting:
            waiting, number = self._settle(waiting, number), number + 1
        self.of_claim = defaultdict(list)
        for article, cited in self.claims.items():
            for claim in cited:
                self.of_claim[claim.key].append(article)

    def _settle(self, waiting, number):
        """Place what can be placed in articles of this number; return what has to go to the next."""
        ids = {name_place(key, number): key for key in waiting}
        rows, rest = fetch(Article, ids), {}
        kept = find_kept(Article, rows)
        self.kept |= kept
        self.stored |= rows
        for article, key in ids.items():
            here = [c for c in waiting[key] if _says(rows[article], c)] if article in kept else waiting[key]
            if here:
                self.claims[article], self.keys[article], self.numbers[article] = here, key, number
            if len(here) < len(waiting[key]):
                rest[key] = [claim for claim in waiting[key] if claim not in here]
        return rest


def find_left_words(articles, developments):
    """Return `{article id: {words}}` that stay: those cited for what is not among `developments` (ids)."""
    words, wanted = defaultdict(set), sorted(articles)
    for start in range(0, len(wanted), BATCH):
        cited = Citation.objects.filter(article__slug__in=wanted[start : start + BATCH])
        for article, development, quote in cited.values_list("article__slug", "development__slug", "quote"):
            if development not in developments:
                words[article].add(text.fold_space(quote))
    return words


def _says(article, claim):
    return text.find_quote(claim.sentence, article.text) is not None


class ClaimPlaces:
    """What claims become: their `ids` by key, the keys of those that are only `cited`, the `new` ids."""

    def __init__(self, claims, articles):
        """Find a place for each of `claims`, given the `ArticlePlaces` in which they are cited."""
        self.ids, self.cited, self.new = {}, set(), set()
        waiting, number = {claim.key: claim for claim in claims}, 1
        while waiting:
            waiting, number = self._settle(waiting, number, articles), number + 1

    def _settle(self, waiting, number, articles):
        ids = {key: name_place(key, number) for key in waiting}
        rows = fetch(Development, ids.values(), "citations__article")
        kept = find_kept(Development, rows)
        for key, record_id in list(ids.items()):
            row, claim = rows.get(record_id), waiting[key]
            is_kept = row is not None and (record_id in kept or not _is_cited_only_by(row, articles.of_claim[key]))
            if is_kept and not _is_in_words_of(row, claim):
                continue
            self.ids[key] = record_id
            self.cited |= {key} if is_kept else set()
            self.new |= {record_id} if row is None else set()
        return {key: claim for key, claim in waiting.items() if key not in self.ids}


def _is_cited_only_by(row, articles):
    return all(citation.article.slug in articles for citation in row.citations.all())


def _is_in_words_of(row, claim):
    words = text.fold_space(claim.sentence)
    return any(text.fold_space(citation.quote) == words for citation in row.citations.all())
