"""What holds for every test."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    """Begin in English: the last request of the test before may have been in another language."""
    with translation.override("en"):
        yield
