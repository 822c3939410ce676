"""Paper quality: what a careful reader of the plan would mark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from queries.checks.rule import Check

__all__ = ["PAPER"]

PAPER: Final[tuple[Check, ...]] = ()
