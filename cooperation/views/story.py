"""What developments add up to on a page: which one earned the stage, and how many origins stand behind them. Pure."""

from collections import Counter
from dataclasses import dataclass

from cooperation.choices import Rank
from cooperation.claims import find_origins
from cooperation.models import Development


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
    def origin_count(self):
        """Return the number of origins behind the developments that count."""
        return len(set().union(*map(find_origins, self.counted)))


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
