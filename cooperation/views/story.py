"""What developments add up to on a page: which one earned the stage, and how many origins stand behind them. Pure."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from cooperation.choices import Rank
from cooperation.claims import find_origins
from cooperation.models import Article, Citation, Development


@dataclass(frozen=True)
class Story:
    """All that is said on a subject, the latest first: `earned` set the stage, `aside` no longer counts."""

    earned: Development | None
    counted: list
    aside: list

    @property
    def article_count(self):
        """Return the number of articles behind the developments that count."""
        return len({citation.article_id for development in self.counted for citation in development.public_citations})

    @property
    def latest(self):
        """Return the latest development that counts, whether or not it moves the stage; None if nothing counts."""
        return self.counted[0] if self.counted else None

    @property
    def sources(self):
        """Return the `Source` of each article behind the developments that count, the latest first."""
        cited = defaultdict(list)
        for citation in (citation for development in self.counted for citation in development.public_citations):
            cited[citation.article].append(citation)
        found = [Source(article, citations[0], _count_reports(citations)) for article, citations in cited.items()]
        return sorted(found, key=lambda source: (source.article.published, source.article.slug), reverse=True)

    @property
    def origin_count(self):
        """Return the number of origins behind the developments that count."""
        return len(set().union(*map(find_origins, self.counted)))


@dataclass(frozen=True)
class Source:
    """An article behind a story: `citation` leads to one of its passages, `total` developments are reported in it."""

    article: Article
    citation: Citation
    total: int


def tell(developments, day):
    """Return the public ones of `developments` (a queryset) known on the `day`, with names and with their words."""
    return developments.visible().known(**day).with_names().with_citations(day.get("known_on"))


def build_story(developments):
    """Return the story of `developments`, which come with their citations and the latest first."""
    told = with_anchors(developments)
    counted = [development for development in told if development.rank != Rank.DEPRECATED]
    earned = next((development for development in counted if development.moves and development.stage), None)
    return Story(earned, counted, [development for development in told if development.rank == Rank.DEPRECATED])


def with_anchors(developments):
    """Return `developments` as a list, the citations of each with the anchors of their passages."""
    told = list(developments)
    for development in told:
        number_anchors(development.public_citations)
    return told


def number_anchors(citations):
    """Give each citation the `anchor` of its passage on its article's page; those of one article come in text order."""
    seen = Counter()
    for citation in citations:
        key = (citation.article_id, citation.development_id)
        seen[key] += 1
        citation.anchor = f"cited-{citation.development.slug}" + (f".{seen[key]}" if seen[key] > 1 else "")
    return citations


def _count_reports(citations):
    return len({citation.development_id for citation in citations})
