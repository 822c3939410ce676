"""On how many examples a law is tried."""

from __future__ import annotations

import os


def examples(most: int = 100) -> int:
    """Tell on how many examples a law is tried: `most`, or fewer where KNOCKON_EXAMPLES says so.

    On the lowest versions the question is whether they still work, not whether the law holds.
    """
    return min(most, int(os.environ.get("KNOCKON_EXAMPLES") or most))
