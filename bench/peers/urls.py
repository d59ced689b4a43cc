"""Addresses of the peers."""

from django.http import HttpResponse
from django.urls import include, path
from rest_framework.routers import SimpleRouter

from bench.peers import pages
from bench.peers.api import Programs, SearchedPrograms
from bench.peers.changelist import site

router = SimpleRouter()
router.register("api/programs", Programs, basename="filtered")
router.register("api/searched", SearchedPrograms, basename="searched")


def hello(request):
    """Answer a short text: what the portal's middleware and server cost alone."""
    return HttpResponse("hello\n", content_type="text/plain")


urlpatterns = [
    path("hello", hello),
    path("programs/", pages.list_programs),
    path("programs.csv", pages.export_programs),
    path("programs/<slug:slug>/", pages.show_program, name="tutorial-program"),
    path("admin/", site.urls),
    path("", include(router.urls)),
]
