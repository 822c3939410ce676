"""Paper quality: what a careful reader of the plan would mark."""

from __future__ import annotations

from typing import Final

from queries.checks.paper_boards import BOARDS
from queries.checks.paper_dates import DATES
from queries.checks.paper_links import LINKS
from queries.checks.paper_metrics import METRICS
from queries.checks.paper_people import PEOPLE
from queries.checks.paper_structure import STRUCTURE
from queries.checks.paper_timing import TIMING

__all__ = ["PAPER"]

PAPER: Final = (*DATES, *TIMING, *PEOPLE, *STRUCTURE, *METRICS, *BOARDS, *LINKS)
