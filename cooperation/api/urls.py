"""The addresses below /api/v1/."""

from django.urls import path, re_path
from rest_framework.routers import SimpleRouter

from cooperation.api.bundles import BundlesView
from cooperation.api.changes import ChangeViewSet
from cooperation.api.views import CodesView, RootView, SearchView, UnknownAddressView
from cooperation.api.viewsets import VIEWSETS

app_name = "api"

router = SimpleRouter(use_regex_path=False)
for noun, viewset in VIEWSETS.items():
    router.register(noun, viewset, basename=noun)

urlpatterns = [
    path("", RootView.as_view(), name="root"),
    path("changes/", ChangeViewSet.as_view({"get": "list"}), name="changes"),
    path("search/", SearchView.as_view(), name="search"),
    path("bundles/", BundlesView.as_view(), name="bundles"),
    path("codes/", CodesView.as_view(), name="codes"),
    *router.urls,
    re_path("", UnknownAddressView.as_view()),
]
