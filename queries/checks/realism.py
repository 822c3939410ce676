"""Realism: what makes a plan unlikely to come true as it is written."""

from __future__ import annotations

from typing import Final

from queries.checks.optimism import OPTIMISM
from queries.checks.realism_paths import PATHS
from queries.checks.realism_reports import REPORTS

__all__ = ["REALISM"]

REALISM: Final = (*PATHS, *REPORTS, *OPTIMISM)
