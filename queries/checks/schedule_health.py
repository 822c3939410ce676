"""Schedule health: the DCMA fourteen points, and what the schedule itself finds."""

from __future__ import annotations

from typing import Final

from queries.checks.dcma_dates import DATES
from queries.checks.dcma_logic import LOGIC
from queries.checks.dcma_path import PATH
from queries.checks.dcma_progress import PROGRESS
from queries.checks.schedule_findings import FINDINGS

__all__ = ["SCHEDULE"]

_POINTS: Final = (*LOGIC, *DATES, *PROGRESS, *PATH)

SCHEDULE: Final = (
    *sorted(_POINTS, key=lambda one: int(one.code.split("-")[1])),
    *FINDINGS,
)
