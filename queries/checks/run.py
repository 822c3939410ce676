"""Holding a plan against the checks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphmodel.collector import collector_paused
from graphmodel.errors import CycleError, KnockonError
from graphmodel.problems import SEVERITIES
from queries.checks.context import Context
from queries.checks.practices import weigh_practices
from queries.checks.readiness import gather_evidence
from queries.checks.registry import choose_checks
from queries.checks.rule import CheckResult, Finding, NotApplicable

if TYPE_CHECKING:
    from collections.abc import Collection

    from graphmodel.plan import Plan
    from graphmodel.problems import Severity
    from queries.checks.practices import Practice
    from queries.checks.readiness import Evidence
    from queries.checks.rule import Answer, Check, Family, Fault, Tally

__all__ = ["Health", "run_check", "run_checks"]


@dataclass(frozen=True, slots=True)
class Health:
    """What the checks say of a plan.

    ``readiness`` is what the plan shows, topic by topic: evidence, no verdict. ``results`` are in
    the order of the registry. ``practices`` are GAO's ten with what the plan offers on each; there
    are none unless the schedule family, or a check of it, was asked for.
    """

    plan: Plan
    readiness: tuple[Evidence, ...]
    results: tuple[CheckResult, ...]
    practices: tuple[Practice, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, the gravest first, then in the order of the checks and of the plan."""
        found = (finding for result in self.results for finding in result.findings)
        return tuple(sorted(found, key=lambda one: SEVERITIES.index(one.severity)))


@collector_paused()
def run_checks(
    plan: Plan,
    *,
    codes: Collection[str] | None = None,
    families: Collection[Family] | None = None,
    context: Context | None = None,
) -> Health:
    """Hold a plan against the checks.

    Parameters
    ----------
    codes, families
        The checks wanted, by code and by family; None for both means all.
    context
        What was already worked out of this plan.

    Raises
    ------
    UnknownCheckError
        There is no such check or family.
    """
    wanted = None if codes is None and families is None else [*(codes or ()), *(families or ())]
    checks = choose_checks() if wanted is None else choose_checks(wanted) if wanted else ()
    looked_at = context or Context(plan)
    results = tuple(run_check(check, looked_at) for check in checks)
    has_schedule = any(check.family == "schedule" for check in checks) and bool(plan.items)
    practices = weigh_practices(looked_at, results) if has_schedule else ()
    return Health(plan, gather_evidence(plan, results), results, practices)


def run_check(check: Check, context: Context) -> CheckResult:
    """Return what one check says of the plan in a context."""
    answer = _ask(check, context)
    if isinstance(answer, NotApplicable):
        return _unfit(check, answer.why)
    if not answer.denominator:
        return _unfit(check, f"there are no {check.denominator}")
    return _judge(check, answer)


def _ask(check: Check, context: Context) -> Answer:
    try:
        return check.find(context)
    except CycleError:
        return NotApplicable("links run in a circle, so that no dates can be worked out")
    except KnockonError as error:
        return NotApplicable(f"no dates can be worked out: {str(error).rstrip('.')}")


def _unfit(check: Check, why: str) -> CheckResult:
    return CheckResult(
        check,
        applies=False,
        why_not=why,
        numerator=None,
        denominator=None,
        share=None,
        threshold=check.limit,
        passed=None,
        findings=(),
    )


def _judge(check: Check, tally: Tally) -> CheckResult:
    share = tally.counted / tally.denominator
    passed = None if check.limit is None else check.limit.allows(share)
    return CheckResult(
        check,
        applies=True,
        why_not=None,
        numerator=tally.counted,
        denominator=tally.denominator,
        share=share,
        threshold=check.limit,
        passed=passed,
        findings=tuple(_finding(check, fault, passed=passed) for fault in tally.faults),
        note=tally.note,
    )


def _finding(check: Check, fault: Fault, *, passed: bool | None) -> Finding:
    severity: Severity = "info" if passed else fault.severity or check.severity
    return Finding(check.code, severity, fault.message, fault.items, fault.source, check.advice)
