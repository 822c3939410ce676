"""Small plans for checks: one with the fault, one that just misses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphmodel.plan import Plan
from queries.checks.context import Context
from queries.checks.registry import CHECKS
from queries.checks.run import run_check

if TYPE_CHECKING:
    from queries.checks.rule import CheckResult

__all__ = ["action", "found", "make", "milestone", "result"]


def make(*items: dict[str, Any], **keys: Any) -> Plan:
    """Return a plan of these items."""
    return Plan.model_validate({"schema": "knockon/plan@1", "id": "p", "items": items, **keys})


def action(name: str = "A", **keys: Any) -> dict[str, Any]:
    return {"id": name, "kind": "action", "title": f"Action {name}", **keys}


def milestone(name: str, finish: str | None = None, **keys: Any) -> dict[str, Any]:
    """Return a milestone of action A, planned to finish on a day of a month."""
    planned = {} if finish is None else {"planned": {"finish": finish, "precision": "month"}}
    item = {"id": name, "kind": "milestone", "title": f"Milestone {name}", "parent": "A"}
    return {**item, **planned, **keys}


def result(plan: Plan, code: str) -> CheckResult:
    """Return what one check says of a plan."""
    check = next(one for one in CHECKS if one.code == code)
    return run_check(check, Context(plan))


def found(plan: Plan, code: str) -> list[tuple[str, ...]]:
    """Return the ids of each finding of one check, which has to apply."""
    answer = result(plan, code)
    assert answer.applies, answer.why_not
    assert answer.passed is (not answer.findings)
    return [finding.items for finding in answer.findings]
