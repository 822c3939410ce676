"""One check asked of a small plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from queries.checks.context import Context
from queries.checks.registry import choose_checks
from queries.checks.run import run_check
from tests.simulations.sketch import OFFICE, sketch

if TYPE_CHECKING:
    from queries.checks.rule import CheckResult

__all__ = ["ask", "figures", "item_ids", "office"]


def ask(
    code: str,
    items: list[dict[str, Any]],
    links: list[dict[str, Any]] | None = None,
    *,
    rag: str | None = None,
    **rest: Any,
) -> CheckResult:
    """Return what a check says of a plan that starts on Monday 1 June 2026 unless told."""
    (check,) = choose_checks([code])
    return run_check(check, Context(sketch(items, links or [], **rest), rag))


def office(**rest: Any) -> dict[str, Any]:
    """Return the keys of a plan on a calendar from Monday to Friday, 09:00 to 17:00."""
    return {"calendar": "office", "calendars": [OFFICE], **rest}


def figures(result: CheckResult) -> tuple[float | None, float | None, bool | None]:
    """Return numerator, denominator, and whether the check is passed."""
    return result.numerator, result.denominator, result.passed


def item_ids(result: CheckResult) -> list[tuple[str, ...]]:
    """Return the ids that each finding is about."""
    return [one.items for one in result.findings]
