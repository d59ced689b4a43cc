"""All claims on one step and measure beside each other: the preferred first, with what stands behind each."""

from dataclasses import dataclass
from itertools import groupby

from cooperation.choices import Rank, Step
from cooperation.claims.contradictions import find_contradictions
from cooperation.claims.figures import Claim, Kind, claims_of, measure_order
from cooperation.claims.origins import find_origins, group_repeats


@dataclass(frozen=True)
class ComparedClaim:
    """A claim with its repeats: other developments of the same program that say the same figure of the same origin."""

    claim: Claim
    repeats: tuple
    is_contradicted: bool

    @property
    def development(self):
        """Return the development that says it first."""
        return self.claim.development

    @property
    def figure(self):
        """Return the quantity or amount."""
        return self.claim.figure

    @property
    def reason(self):
        """Return why it is preferred or deprecated, as the editors wrote it; empty for a normal claim."""
        return self.development.rank_reason

    @property
    def has_notes(self):
        """Whether there is anything to add: a reason, a contradiction, a rate, a container or repeats."""
        is_marked = self.is_contradicted or self.claim.is_rate or bool(self.development.counted_in_id)
        return bool(self.reason or is_marked or self.repeats)

    @property
    def origin(self):
        """Return who said it, or the first article that reports it where nobody is named."""
        return self.development.said_by or self.articles[0]

    @property
    def articles(self):
        """Return the articles behind it and its repeats, each once, the earliest first."""
        found = {c.article.slug: c.article for d in self._developments for c in d.public_citations}
        return sorted(found.values(), key=lambda article: (article.published, article.slug))

    @property
    def origin_count(self):
        """Return the number of origins behind it and its repeats."""
        return len(set().union(*map(find_origins, self._developments)))

    @property
    def reliability(self):
        """Return the best letter among the publishers; empty if none is graded."""
        return min((a.publisher.reliability for a in self.articles if a.publisher.reliability), default="")

    @property
    def credibility(self):
        """Return the best digit among it and its repeats; empty if none is graded."""
        return min((d.credibility for d in self._developments if d.credibility), default="")

    @property
    def _developments(self):
        return [claim.development for claim in (self.claim, *self.repeats)]


@dataclass(frozen=True)
class Comparison:
    """The claims on one step in one unit or currency, rates and claims without number among them.

    `claims` has the preferred ones first, then the others, the latest first in both; `deprecated` the latest first.
    """

    step: Step
    kind: Kind
    measure: str
    claims: tuple
    deprecated: tuple


def compare_claims(developments):
    """Return a `Comparison` for each step and measure of one program: by step, quantities before amounts, by measure.

    A figure whose stage is no step of the ledger (such as preparing) is not compared.
    """
    contradicted = {claim.slug for found in find_contradictions(developments) for claim in found.claims}
    claims = sorted((c for kind in Kind for c in claims_of(developments, kind)), key=_place_of)  # stable: in time order
    return [_compare(list(group), contradicted) for _, group in groupby(claims, key=_place_of)]


def _place_of(claim):
    return claim.step.position, list(Kind).index(claim.kind), measure_order(claim.measure)


def _compare(claims, contradicted):
    preferred, normal, deprecated = (_gather(claims, rank, contradicted) for rank in Rank)
    first = claims[0]
    return Comparison(first.step, first.kind, first.measure, preferred + normal, deprecated)


def _gather(claims, rank, contradicted):
    """Return the claims of one rank with their repeats, the latest first."""
    groups = group_repeats([claim for claim in claims if claim.development.rank == rank])
    return tuple(
        ComparedClaim(group[0], tuple(group[1:]), any(_is_in(claim, contradicted) for claim in group))
        for group in reversed(groups)
    )


def _is_in(claim, contradicted):
    """Whether a claim is one of those that contradict each other: they are quantities, and no rates."""
    return claim.kind == Kind.QUANTITY and not claim.is_rate and claim.development.slug in contradicted
