"""One FilterSet per public record: list page, export, feed and API name the same class.

A filterset is always bound. Repeating a parameter means OR, except `party`: AND. Invalid values leave no rows.
"""

from cooperation.filters.base import RecordFilter
from cooperation.filters.changes import SPAN_PARAMETERS, ChangeFilter
from cooperation.filters.day import CLOCKS, DayForm
from cooperation.filters.fields import MAX_LENGTH, clean_value
from cooperation.filters.histories import ArticleFilter, DevelopmentFilter, PartnershipFilter, ProgramFilter
from cooperation.filters.parameters import CodesFilter, DayFilter, MomentFilter, RecordsFilter, SortFilter
from cooperation.filters.references import (
    InstrumentFilter,
    OfficialFilter,
    PartyFilter,
    PublisherFilter,
    SystemFilter,
)

FILTERS = {
    filterset.noun: filterset
    for filterset in (
        ProgramFilter,
        DevelopmentFilter,
        PartnershipFilter,
        ArticleFilter,
        PartyFilter,
        OfficialFilter,
        SystemFilter,
        InstrumentFilter,
        PublisherFilter,
    )
}

__all__ = [
    "CLOCKS",
    "FILTERS",
    "MAX_LENGTH",
    "SPAN_PARAMETERS",
    "ArticleFilter",
    "ChangeFilter",
    "CodesFilter",
    "DayFilter",
    "DayForm",
    "DevelopmentFilter",
    "InstrumentFilter",
    "MomentFilter",
    "OfficialFilter",
    "PartnershipFilter",
    "PartyFilter",
    "ProgramFilter",
    "PublisherFilter",
    "RecordFilter",
    "RecordsFilter",
    "SortFilter",
    "SystemFilter",
    "clean_value",
]
