"""What tests of facets share."""

from tests.bundles.conftest import own_database

__all__ = ["own_database"]
