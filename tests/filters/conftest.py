"""What filters look into."""

import pytest

from cooperation import ledger
from tests import factories as make
from tests.keeping import once


@pytest.fixture
def world():
    return make.make_world()


@pytest.fixture
def full_world():
    return make_full_world()


@once
def make_full_world():
    """Make a world, and give the records the columns that a minimal record leaves empty."""
    world = make.make_world()
    for key, fields in {
        "development": {"channel": "telegram", "credibility": "2"},
        "article": {"channel": "telegram"},
        "publisher": {"reliability": "C"},
    }.items():
        for name, value in fields.items():
            setattr(world[key], name, value)
        ledger.record(world[key])
    ukraine, france = world["partnership"].parties.order_by("-slug")
    ukraine.parent = france
    ledger.record(ukraine)
    return {**world, "party": ukraine}
