"""What a terminal shows while a load goes on."""

import io
import sys

import pytest
from django.core.management.base import OutputWrapper

from cooperation.bundles.loader import Phase
from cooperation.management.progress import Progress

TOLD = [(Phase.READING, 1, 3), (Phase.READING, 3, 3), (Phase.DERIVING, 0, 1), (Phase.DERIVING, 1, 1)]


@pytest.mark.parametrize(
    ("is_watched", "shown"),
    [
        (True, "\rreading: 1 of 3\rreading: 3 of 3\n\rderiving: …\rderiving: done\n"),
        (False, ""),
    ],
)
def test_each_phase_is_shown_to_who_watches(monkeypatch, is_watched, shown):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: is_watched, raising=False)
    output = io.StringIO()
    progress = Progress(OutputWrapper(output))
    for step in TOLD:
        progress(*step)
    assert output.getvalue() == shown
