"""What would bring back what is late at a percentile, for ``knockon risk --recover``: the text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from graphmodel.words import count, join_words
from knockon.cli.console import say, say_table, say_wrapped
from viz.words import shorten, show_date

if TYPE_CHECKING:
    from simulations.risk.recoveries import LateTarget, RiskRecovery
    from simulations.risk.results import RiskResult

__all__ = ["say_risk_recovery"]

#: Targets that cures are told of, single cures of each, and rows of the table of the others.
_TARGETS: Final = 10
_CURES: Final = 4
_ROWS: Final = 15
_TITLE: Final = 60


def say_risk_recovery(answer: RiskResult, found: RiskRecovery) -> None:
    """Print what brings each late target back, and how near the others can be brought."""
    at = f"P{answer.percentile}"
    say(f"What would bring back what is late at {at}")
    say()
    if not found.targets:
        what = "No target has a date to keep" if not found.of_targets else "No target is late"
        say_wrapped(f"{what} at {at}: there is nothing to win back.")
        return
    mended = [one for one in found.targets if one.smallest_set or one.keep]
    say_wrapped(
        f"{len(found.targets)} of {count(found.of_targets, 'target')} with a date to keep are late "
        f"at {at}; {len(mended)} can be brought back by what was tried. Every cure was put into "
        f"the plan and simulated again on the same rolls."
    )
    for one in mended[:_TARGETS]:
        _say_target(answer, one)
    if len(mended) > _TARGETS:
        say()
        say(f"And {len(mended) - _TARGETS} more: --json lists them all.")
    _say_others(answer, [one for one in found.targets if one not in mended])


def _say_target(answer: RiskResult, one: LateTarget) -> None:
    from simulations.recovery.wording import pick_cures, tell_cure  # noqa: PLC0415 - heavy

    say()
    say_wrapped(
        f"{_name(answer, one)}: P{answer.percentile} {show_date(one.finish)}, "
        f"{_days(one.late_days)} after {show_date(one.by)}."
    )
    singles = [single.cure for single in one.cures]
    if singles:
        say_wrapped("Any one of these brings it back:", indent=2)
    told = pick_cures(singles, _CURES)
    for cure in told:
        say_wrapped(f"- {tell_cure(cure)}", indent=2)
    if len(told) < len(singles):
        say(f"  - and {len(singles) - len(told)} more: --json lists them all.")
    _say_set(one)
    if one.keep:
        items = answer.plan.index.items
        names = [f"{name} {shorten(items[name].title, _TITLE)}" for name in one.keep]
        kept = f"Or keep to the plan: {join_words(names)}."
        say_wrapped(kept.replace("….", "…"), indent=2)


def _say_set(one: LateTarget) -> None:
    from simulations.recovery.wording import tell_cure  # noqa: PLC0415 - heavy

    best = one.smallest_set
    if best is None:
        return
    proof = "other sets may be smaller"
    if best.is_smallest:
        proof = "no set of such cures is smaller"
    elif best.at_least is not None:
        proof = f"no set comes to less than {count(math.ceil(best.at_least), 'day')}"
    days = f"{_days(best.cost)} in all"
    say_wrapped(
        f"The least set found: {count(len(best.cures), 'cure')}, {days}; {proof}.", indent=2
    )
    if len(best.cures) > 1 or not one.cures:
        for cure in best.cures:
            say_wrapped(f"- {tell_cure(cure)}", indent=2)


def _say_others(answer: RiskResult, others: list[LateTarget]) -> None:
    rows = [
        (
            _name(answer, one),
            show_date(one.by),
            show_date(one.finish),
            "" if one.best_finish == one.finish else show_date(one.best_finish),
        )
        for one in others[:_ROWS]
    ]
    if rows:
        say()
        at = f"P{answer.percentile}"
        heads = ("Target", "Date to keep", at, f"{at} at best")
        say_table("What nothing that was tried brings back", heads, rows, total=len(others))


def _days(days: float) -> str:
    """Return whole days with their noun; a part of one counts as one."""
    return count(math.ceil(days), "day")


def _name(answer: RiskResult, one: LateTarget) -> str:
    if one.id == answer.plan.id and one.id not in answer.plan.index.items:
        return "The plan"
    return f"{one.id}  {shorten(' '.join(one.title.split()), _TITLE)}"
