"""The detail pages: one public record each, with what hangs together with it. A hidden record is an unknown one."""

from cooperation.views.details.articles import ArticleDetail, DevelopmentRedirect
from cooperation.views.details.parties import OfficialDetail, PartyDetail
from cooperation.views.details.partnerships import PartnershipDetail
from cooperation.views.details.programs import ProgramDetail
from cooperation.views.details.publishers import PublisherDetail
from cooperation.views.details.systems import InstrumentDetail, SystemDetail

__all__ = [
    "ArticleDetail",
    "DevelopmentRedirect",
    "InstrumentDetail",
    "OfficialDetail",
    "PartnershipDetail",
    "PartyDetail",
    "ProgramDetail",
    "PublisherDetail",
    "SystemDetail",
]
