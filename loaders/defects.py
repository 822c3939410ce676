"""Defects of a delivery plan itself: reported with their line, never put right.

=============================  ========  ==========================================================
code                           severity  what it says
=============================  ========  ==========================================================
``milestone-after-due``        warning   a milestone is planned after its action's due date
``action-without-milestones``  warning   an action lists no milestone
``before-plan-period``         warning   a date lies before the period the paper is about begins
``objective-without-actions``  warning   an objective lists no action
``role-missing``               warning   nobody is responsible for an action
=============================  ========  ==========================================================

When the period begins is told by `graphmodel.periods` from the front page and the heads of targets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.breakdown import ancestors_of
from graphmodel.partial import parse_partial
from graphmodel.periods import begin_period

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from graphmodel.items import Item
    from graphmodel.people import Assignment
    from loaders.draft import Draft

__all__ = ["find_period_start", "report_defects"]


def find_period_start(years: tuple[int, int] | None, targets: Iterable[str]) -> date | None:
    """Return the day before which nothing of the plan should lie, if the paper says its years."""
    return begin_period(years, [parse_partial(words).planned.finish for words in targets])


def report_defects(
    draft: Draft, assignments: Collection[Assignment], period_start: date | None
) -> None:
    """Report the defects of the table above for every item of a draft."""
    children: dict[str, list[Item]] = {}
    for item in draft.items.values():
        if item.parent is not None:
            children.setdefault(item.parent, []).append(item)
    parents = {item.id: item.parent for item in draft.items.values()}
    owned = {one.item for one in assignments if one.role == "responsible"}
    for item in draft.items.values():
        below = children.get(item.id, [])
        if item.kind == "action":
            _check_action(draft, item, below)
            if owned.isdisjoint({item.id, *ancestors_of(item.id, parents)}):
                _report(draft, "role-missing", item, f"Nobody is responsible for {item.name}.")
        elif item.kind == "objective" and not below:
            _report(draft, "objective-without-actions", item, f"{item.name} has no actions.")
        if period_start is not None:
            _check_period(draft, item, period_start)


def _check_action(draft: Draft, action: Item, milestones: Collection[Item]) -> None:
    if not milestones:
        _report(draft, "action-without-milestones", action, f"{action.name} has no milestones.")
    if action.due is None:
        return
    for one in milestones:
        finish = one.planned.finish
        if finish is not None and finish > action.due:
            message = (
                f"{one.name} is planned for {one.planned.text}, after its action's due date "
                f"({action.planned.text})."
            )
            draft.report("milestone-after-due", "warning", message, _line(one), (one.id, action.id))


def _check_period(draft: Draft, item: Item, period_start: date) -> None:
    finish = item.planned.finish
    if finish is not None and finish < period_start and item.status != "complete":
        message = (
            f"{item.name} is planned for {item.planned.text}, before the plan's period begins "
            f"({period_start:%B %Y})."
        )
        _report(draft, "before-plan-period", item, message)


def _report(draft: Draft, code: str, item: Item, message: str) -> None:
    draft.report(code, "warning", message, _line(item), (item.id,))


def _line(item: Item) -> int | None:
    return item.source.line if item.source is not None else None
