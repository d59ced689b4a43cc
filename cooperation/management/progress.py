"""Shows how far a long load is, on a terminal alone."""

import sys
import time

INTERVAL = 0.2  # seconds between two lines that replace each other


class Progress:
    """Takes the progress of a load and writes it on standard error, each phase on a line of its own."""

    def __init__(self, output):
        """Write to `output`, if anybody watches."""
        self.output, self.is_watched, self.shown = output, sys.stderr.isatty(), 0.0

    def __call__(self, phase, done, total):
        """Show how much of `total` is done in a phase; not every time, or the terminal would be what takes the time."""
        now, is_end = time.monotonic(), done == total
        if self.is_watched and (is_end or done == 0 or now - self.shown > INTERVAL):
            self.shown = now
            share = f"{done:,} of {total:,}" if total > 1 else "done" if is_end else "…"
            self.output.write(f"\r{phase}: {share}", ending="\n" if is_end else "")
