"""Derives what the ledger does not write: public flags, days, places, stages and search texts.

Only `ledger` calls this room, and `rebuild_facets` inside it. All of it is set statements over the rows that can have
changed; running it again over everything changes nothing.
"""

from cooperation.settling.deriving import FOLLOWERS, settle
from cooperation.settling.places import find_misplaced, write_places
from cooperation.settling.touched import Touched

__all__ = ["FOLLOWERS", "Touched", "find_misplaced", "settle", "write_places"]
