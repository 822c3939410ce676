"""The items of a plan as columns in the order of its file, taken up in one sweep (DESIGN 5.3.1-2).

A large plan's items stream by: what later steps need of them stands in columns, and what only a
few items have in dictionaries by their place in the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.moments import finish_instant
from simulations.codes import BEGINS, ENDS, NEVER, PINNED, RETAINED, RUNS_ON, STARTED, WHOLE
from simulations.extras import extra_of
from simulations.health import note_item
from simulations.owndates import Own, own_dates
from simulations.worktimes import Measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from graphmodel.problems import Problem
    from simulations.columns import Column, NewColumn
    from simulations.extras import Extra
    from simulations.projects import Ground
    from simulations.worktimes import WorkTimes

__all__ = ["Draft", "own_on"]

_FLAGS = {"task": 0, "start_milestone": BEGINS, "finish_milestone": ENDS, "loe": 0}


class Draft:
    """What every item brings along, by its place in the file.

    Attributes
    ----------
    grounds
        What the plan itself and each of its projects stand on.
    how, start, finish, length, months, cal, rest, rest_months, rest_cal, held
        `Own`, field by field.
    flags
        Bits of `simulations.codes`.
    due, planned
        Instants of the due date and of the planned finish.
    calendars
        The calendar an item names, or else its project.
    extras
        What is special about the few items that have it.
    stated
        Items with constraints, gaps or delays, which may turn out to hold nothing.
    findings
        What is odd about items as such.
    """

    def __init__(
        self,
        plan: Plan,
        times: WorkTimes,
        grounds: Sequence[Ground],
        projects: Column,
        new: NewColumn,
    ) -> None:
        """Take up every item of a plan; ``projects``: the number of each one's ground."""
        self._plan = plan
        self._times = times
        self.grounds = grounds
        self._projects = projects
        self._roots = frozenset(project.item for project in plan.projects)
        self._flags = [_rule_flags(ground) for ground in grounds]
        self._parents = plan.index.children
        self.how, self.start, self.finish = new(()), new(()), new(())
        self.length, self.months, self.cal = new(()), new(()), new(())
        self.rest, self.rest_months, self.rest_cal = new(()), new(()), new(())
        self.flags, self.due, self.planned = new(()), new(()), new(())
        self.held: list[str] = []
        self.calendars: list[str | None] = []
        self.extras: dict[int, Extra] = {}
        self.stated: dict[int, Item] = {}
        self.findings: list[Problem] = []
        for item, project in zip(plan.items, projects, strict=True):
            self._add(item, project)

    def _add(self, item: Item, project: int) -> None:
        ground = self.grounds[project]
        item = _on_calendar(item, ground, project)
        own = own_on(item, ground, project, self._times, is_parent=item.id in self._parents)
        number = len(self.how)
        extra = extra_of(item, own, self._times, self._plan.blackouts)
        if extra is not None:
            self.extras[number] = extra
        if item.constraints or item.splits or item.levelling_delay:
            self.stated[number] = item
        self.findings.extend(note_item(self._plan, item, own.how, ground.status_date))
        self._append(own)
        planned, due = item.planned.finish, item.due
        flags = self._flags[project] | (PINNED if own.pinned else 0) | _FLAGS[item.type]
        if item.id in self._roots:
            flags |= WHOLE
        self.flags.append(flags | (0 if item.actual_start is None else STARTED))
        self.due.append(NEVER if due is None else finish_instant(due))
        self.planned.append(NEVER if planned is None else finish_instant(planned))
        self.calendars.append(item.calendar)

    def _append(self, own: Own) -> None:
        self.how.append(own.how)
        self.start.append(own.start)
        self.finish.append(own.finish)
        self.held.append(own.held)
        months, minutes, cal = own.length
        self.length.append(minutes)
        self.months.append(months)
        self.cal.append(cal)
        months, minutes, cal = own.rest
        self.rest.append(minutes)
        self.rest_months.append(months)
        self.rest_cal.append(cal)

    def ground(self, number: int) -> Ground:
        """Return what an item's project stands on."""
        return self.grounds[self._projects[number]]

    def own(self, number: int) -> Own:
        """Return what one item brings along."""
        return Own(
            self.how[number],
            self.start[number],
            self.finish[number],
            Measured(self.months[number], self.length[number], self.cal[number]),
            Measured(self.rest_months[number], self.rest[number], self.rest_cal[number]),
            pinned=self.flags[number] & PINNED != 0,
            held=self.held[number],
        )

    def replace(self, number: int, own: Own) -> None:
        """Put other dates and another length in the place of an item's own."""
        self.start[number], self.finish[number] = own.start, own.finish
        self.months[number], self.length[number], self.cal[number] = own.length


def own_on(item: Item, ground: Ground, project: int, times: WorkTimes, *, is_parent: bool) -> Own:
    """Return an item's own dates by the rules and on the calendar of its project."""
    return own_dates(
        _on_calendar(item, ground, project),
        times,
        is_parent=is_parent,
        status=ground.status,
        resumes=ground.rules.unstarted != "unmoved",
    )


def _on_calendar(item: Item, ground: Ground, project: int) -> Item:
    """Return an item with the calendar of its project where it names none."""
    if project and item.calendar is None and ground.calendar is not None:
        return item.model_copy(update={"calendar": ground.calendar})
    return item


def _rule_flags(ground: Ground) -> int:
    """Return the bits of `simulations.codes` that a project's rules give each of its items."""
    flags = 0 if ground.rules.unstarted != "unmoved" else RUNS_ON
    return flags | (RETAINED if ground.rules.progress == "retained_logic" else 0)
