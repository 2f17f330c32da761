"""What the benchmarks' tests share."""

import io

from benchmarks.race import Progress


def silent(expected=0):
    """Return a progress that says nothing."""
    progress = Progress("test", io.StringIO())
    progress.expected = expected
    return progress
