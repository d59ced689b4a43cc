"""How records look in the API, one module per desk: the bundle's names, labels beside codes, relations with address."""

from cooperation.api.serializers.articles import ArticleDetailSerializer, ArticleSerializer
from cooperation.api.serializers.changes import ChangeSerializer
from cooperation.api.serializers.codes import CodeListsSerializer, FacetsSerializer, RootSerializer, SearchSerializer
from cooperation.api.serializers.developments import DevelopmentSerializer
from cooperation.api.serializers.parties import (
    OfficialSerializer,
    PartyDetailSerializer,
    PartySerializer,
    PublisherSerializer,
)
from cooperation.api.serializers.programs import (
    PartnershipDetailSerializer,
    PartnershipSerializer,
    ProgramDetailSerializer,
    ProgramSerializer,
)
from cooperation.api.serializers.systems import InstrumentSerializer, SystemDetailSerializer, SystemSerializer

__all__ = [
    "ArticleDetailSerializer",
    "ArticleSerializer",
    "ChangeSerializer",
    "CodeListsSerializer",
    "DevelopmentSerializer",
    "FacetsSerializer",
    "InstrumentSerializer",
    "OfficialSerializer",
    "PartnershipDetailSerializer",
    "PartnershipSerializer",
    "PartyDetailSerializer",
    "PartySerializer",
    "ProgramDetailSerializer",
    "ProgramSerializer",
    "PublisherSerializer",
    "RootSerializer",
    "SearchSerializer",
    "SystemDetailSerializer",
    "SystemSerializer",
]
