"""What a risk analysis is asked about: the plan's finish, and items that have a finish."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from graphmodel.errors import PlanError
from graphmodel.moments import finish_instant
from simulations.codes import NEVER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from simulations.passes import Passes

__all__ = ["PLAN", "Target", "find_targets"]

#: The place of the plan's finish among positions.
PLAN: Final = -1

Against = Literal["due", "must_finish", "planned"]


@dataclass(frozen=True, slots=True)
class Target:
    """One thing whose finish is asked about.

    Attributes
    ----------
    id
        The item, or the plan itself for its finish.
    item
        The item, None for the plan's finish.
    by
        What "on time" is held against, None where nothing says so.
    against
        Where that date is from.
    """

    id: str
    item: str | None
    by: date | None
    against: Against | None

    @property
    def instant(self) -> int:
        """The last instant that is on time, ``NEVER`` where nothing says so."""
        return NEVER if self.by is None else finish_instant(self.by)


def find_targets(passes: Passes, wanted: Sequence[str] | None) -> tuple[Target, ...]:
    """Return the targets asked for; unless told, the plan's finish and what has a due date.

    Raises
    ------
    UnknownIdError
        The plan has no such item.
    PlanError
        The item has no finish; the plan has none at all.
    """
    plan = passes.compiled.plan
    if passes.last_finish == NEVER:
        raise PlanError("Nothing in the plan has a finish: there is no date to give odds for.")
    if wanted is not None:
        if not wanted:
            raise PlanError("No target is named: name an item, or leave the targets out.")
        return tuple(_target(passes, one) for one in dict.fromkeys(wanted))
    dues = [
        _target(passes, item.id)
        for item in plan.items
        if item.due is not None
        and item.status not in {"complete", "cancelled"}
        and passes.dates.finish[passes.compiled.at[item.id]] != NEVER
    ]
    return (_plan_finish(passes), *dues)


def _plan_finish(passes: Passes) -> Target:
    plan = passes.compiled.plan
    against: Against | None = None if plan.must_finish is None else "must_finish"
    return Target(plan.id, None, plan.must_finish, against)


def _target(passes: Passes, wanted: str) -> Target:
    plan = passes.compiled.plan
    if wanted == plan.id and wanted not in plan.index.items:
        return _plan_finish(passes)
    item = plan.index.item(wanted)
    if passes.dates.finish[passes.compiled.at[item.id]] == NEVER:
        raise PlanError(f"{item.name} has no finish: there is no date to give odds for.")
    if item.due is not None:
        return Target(item.id, item.id, item.due, "due")
    planned = item.planned.finish
    return Target(item.id, item.id, planned, None if planned is None else "planned")
