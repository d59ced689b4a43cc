"""What holds for every test."""

import os

import pytest
from django.conf import settings
from django.core.cache import caches
from django.utils import translation

from cooperation.facets import kept
from cooperation.search import matches
from tests.journeys.serving import serve


@pytest.fixture(autouse=True)
def english():
    """Begin in English: the last request of the test before may have been in another language."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def new_process():
    """Begin with nothing kept: what an earlier test was told holds for its own data alone."""
    kept._kept.clear()
    matches.forget()
    caches["pages"].clear()


@pytest.fixture(scope="session")
def is_postgresql():
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


@pytest.fixture(scope="session")
def portal(tmp_path_factory, is_postgresql):
    """The address of a running portal with the fixtures in it."""
    base = tmp_path_factory.getbasetemp()
    # Each worker has a folder in that of the run.
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "journeys"
    with serve(folder, is_postgresql) as address:
        yield address
