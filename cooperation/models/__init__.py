"""The records of the portal, one module per desk; see docs/concepts.md for each noun in prose."""

from cooperation.models.articles import Article
from cooperation.models.developments import Citation, Development
from cooperation.models.editions import Edition, Withdrawal
from cooperation.models.facets import FacetBitmap, FacetChange
from cooperation.models.parties import Official, Party
from cooperation.models.partnerships import Partnership
from cooperation.models.programs import Program, ProgramRole
from cooperation.models.publishers import Publisher
from cooperation.models.search import SearchDocument, SearchTrigram, SearchWord
from cooperation.models.systems import Instrument, System
from cooperation.models.tokens import ApiToken

__all__ = [
    "ApiToken",
    "Article",
    "Citation",
    "Development",
    "Edition",
    "FacetBitmap",
    "FacetChange",
    "Instrument",
    "Official",
    "Partnership",
    "Party",
    "Program",
    "ProgramRole",
    "Publisher",
    "SearchDocument",
    "SearchTrigram",
    "SearchWord",
    "System",
    "Withdrawal",
]
