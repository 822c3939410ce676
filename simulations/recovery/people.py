"""Another officer: what has to wait for somebody's return passes to somebody who is there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graphmodel.moments import DAY
from graphmodel.people import ROLES
from graphmodel.scenario import Away, Reassign
from simulations.conditions import quoted
from simulations.edited import is_over
from simulations.recovery.levers import Edit, Lever
from simulations.recovery.results import Cure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.people import Officer
    from simulations.recovery.trials import Trials

__all__ = ["HandOver", "find_handovers", "floor_without"]


class HandOver(Lever):
    """An item passes from an officer who is away to one who is not."""

    kind = "reassign"
    most = 1

    def __init__(self, trials: Trials, item: str, officer: Officer, to: Officer) -> None:
        self._trials, self._item, self._officer, self._to = trials, item, officer, to
        self.place = trials.base.compiled.at[item]
        self.name = f"reassign {item} {officer.id}"
        self.price = (item,)

    def worth(self, amount: int) -> float:
        """Return by how many days the absence holds the item up, against the plan without it."""
        trials = self._trials
        before = trials.run.baseline.passes[trials.gaps]
        was = before.instant(before.compiled.at[self._item])
        return amount * max(0, trials.base.instant(self.place) - was) / DAY

    def edit(self, amount: int) -> Edit:
        """Return the new officer."""
        change = Reassign(item=self._item, officer=self._officer.id, to=self._to.id)
        return Edit((change,) * amount)

    def cure(self, amount: int) -> Cure:
        """Return the handover as it is told."""
        old, new = self._officer, self._to
        return Cure(
            kind=self.kind,
            words=f"pass {quoted(self._trials.plan, self._item)} from {old.name} to {new.name}",
            item=self._item,
            link=None,
            by=None,
            days=0,
            before=None,
            after=None,
            board=None,
            on=None,
            until=None,
            asks=(new.name, old.name),
            ask_ids=(new.id, old.id),
            replaces=None,
            changes=self.edit(amount).adds,
        )


def find_handovers(trials: Trials, position: int) -> Iterator[HandOver]:
    """Yield the levers that take an item from an officer whose absence holds it up."""
    item = trials.base.compiled.ids[position]
    away = [one for one in trials.run.edited.aways if item in one.leaves]
    if not away or floor_without(trials, position) == trials.changes.floor[position]:
        return
    for officer in dict.fromkeys(one.officer for one in away):
        to = _stand_in(trials, item, officer)
        if to is not None:
            yield HandOver(trials, item, trials.plan.index.officer(officer), to)


def floor_without(trials: Trials, position: int) -> int:
    """Return the floor of an item from everything but absences."""
    run = trials.run
    present = replace(run, edited=replace(run.edited, aways=[]))
    return present.slips(trials.gaps)[0].floor[position]


def _stand_in(trials: Trials, item: str, officer: str) -> Officer | None:
    """Return who can take an item over: nobody who is away in the scenario.

    First who holds another role on it, then who follows the officer in office, then the office in
    the same directorate, or else anywhere, that has the least unfinished work of its own; of
    several the first in the plan.
    """
    plan = trials.plan
    away = {one.officer for one in trials.scenario.changes if isinstance(one, Away)}
    away.add(officer)
    held = [one for role in ROLES[1:] for one in plan.index.officers_of(item, role)]
    named = [plan.index.officer(officer).successor]
    known = {one.id: one for one in plan.officers}
    nearest = [*held, *(known[one] for one in named if one in known)]
    for one in nearest:
        if one.id not in away and one.kind == "office":
            return one
    return _least_loaded(trials, [one for one in plan.officers if one.id not in away], officer)


def _least_loaded(trials: Trials, officers: Sequence[Officer], officer: str) -> Officer | None:
    plan = trials.plan
    directorate = plan.index.officer(officer).directorate
    load: dict[str, int] = {}
    for item in plan.items:
        if plan.index.is_leaf(item.id) and not is_over(item):
            for one in plan.index.officers_of(item.id):
                load[one.id] = load.get(one.id, 0) + 1
    offices = [one for one in officers if one.kind == "office"]
    return min(
        offices,
        key=lambda one: (
            directorate is None or one.directorate != directorate,
            load.get(one.id, 0),
        ),
        default=None,
    )
