"""The addresses below /api/v1/."""

from django.urls import path, re_path
from rest_framework.routers import SimpleRouter

from cooperation.api import viewsets
from cooperation.api.bundles import BundlesView
from cooperation.api.changes import ChangeViewSet
from cooperation.api.views import CodesView, RootView, SearchView, UnknownAddressView

app_name = "api"

router = SimpleRouter(use_regex_path=False)
for viewset in (
    viewsets.PartyViewSet,
    viewsets.OfficialViewSet,
    viewsets.SystemViewSet,
    viewsets.InstrumentViewSet,
    viewsets.PublisherViewSet,
    viewsets.PartnershipViewSet,
    viewsets.ProgramViewSet,
    viewsets.DevelopmentViewSet,
    viewsets.ArticleViewSet,
):
    router.register(viewset.noun, viewset, basename=viewset.noun)

urlpatterns = [
    path("", RootView.as_view(), name="root"),
    path("changes/", ChangeViewSet.as_view({"get": "list"}), name="changes"),
    path("search/", SearchView.as_view(), name="search"),
    path("bundles/", BundlesView.as_view(), name="bundles"),
    path("codes/", CodesView.as_view(), name="codes"),
    *router.urls,
    re_path("", UnknownAddressView.as_view()),
]
