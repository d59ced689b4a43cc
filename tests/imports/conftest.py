"""Fixtures that these tests share with those of the bundles."""

from tests.bundles.conftest import own_database  # noqa: F401 - pytest finds it by its name
