"""What figures say beside each other: ledger steps and their totals, promises, sums, claims compared, contradictions.

All functions are pure: they take a list of developments that hold on the day asked about, with speakers and public
citations at hand (`with_names`, `with_citations`), and never ask the database.
"""

from cooperation.claims.comparison import ComparedClaim, Comparison, compare_claims
from cooperation.claims.contradictions import Contradiction, find_contradictions, is_contradiction
from cooperation.claims.figures import (
    ABOUT,
    Claim,
    Kind,
    Span,
    best_of,
    claims_of,
    lies_inside,
    order_of,
    range_of,
    step_of,
)
from cooperation.claims.history import Change, History, build_history
from cooperation.claims.origins import find_origins, origin_of
from cooperation.claims.overdue import Overdue, find_overdue
from cooperation.claims.promises import Promise, build_promises
from cooperation.claims.steps import Reason, Skipped, Total, build_steps, build_total
from cooperation.claims.totals import Part, Sum, SumRow, Sums, WithoutNumber, sum_partnership, sum_totals

__all__ = [
    "ABOUT",
    "Change",
    "Claim",
    "ComparedClaim",
    "Comparison",
    "Contradiction",
    "History",
    "Kind",
    "Overdue",
    "Part",
    "Promise",
    "Reason",
    "Skipped",
    "Span",
    "Sum",
    "SumRow",
    "Sums",
    "Total",
    "WithoutNumber",
    "best_of",
    "build_history",
    "build_promises",
    "build_steps",
    "build_total",
    "claims_of",
    "compare_claims",
    "find_contradictions",
    "find_origins",
    "find_overdue",
    "is_contradiction",
    "lies_inside",
    "order_of",
    "origin_of",
    "range_of",
    "step_of",
    "sum_partnership",
    "sum_totals",
]
