"""The items of a plan as columns in the order of its file, taken up in one sweep (DESIGN 5.3.1-2).

A large plan's items stream by: what later steps need of them stands in columns, and what only a
few items have in dictionaries by their place in the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.moments import finish_instant
from simulations.codes import BEGINS, ENDS, NEVER, PINNED, RETAINED, RUNS_ON, STARTED
from simulations.extras import extra_of
from simulations.health import note_item
from simulations.owndates import Own, own_dates
from simulations.worktimes import Measured

if TYPE_CHECKING:
    from graphmodel.items import Item
    from graphmodel.modes import Rules
    from graphmodel.plan import Plan
    from graphmodel.problems import Problem
    from simulations.columns import NewColumn
    from simulations.extras import Extra
    from simulations.worktimes import WorkTimes

__all__ = ["Draft"]

_FLAGS = {"task": 0, "start_milestone": BEGINS, "finish_milestone": ENDS, "loe": 0}


class Draft:
    """What every item brings along, by its place in the file.

    Attributes
    ----------
    how, start, finish, length, months, cal, rest, rest_months, rest_cal, held
        `Own`, field by field.
    flags
        Bits of `simulations.codes`.
    due, planned
        Instants of the due date and of the planned finish.
    calendars
        The calendar an item names.
    extras
        What is special about the few items that have it.
    stated
        Items with constraints, gaps or delays, which may turn out to hold nothing.
    findings
        What is odd about items as such.
    """

    def __init__(self, plan: Plan, times: WorkTimes, rules: Rules, new: NewColumn) -> None:
        """Take up every item of a plan."""
        self._plan = plan
        self._times = times
        self._status = NEVER if plan.status_date is None else finish_instant(plan.status_date)
        self._resumes = rules.unstarted != "unmoved"
        self._flags = 0 if self._resumes else RUNS_ON
        self._flags |= RETAINED if rules.progress == "retained_logic" else 0
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
        for item in plan.items:
            self._add(item)

    def _add(self, item: Item) -> None:
        own = own_dates(
            item,
            self._times,
            is_parent=item.id in self._parents,
            status=self._status,
            resumes=self._resumes,
        )
        number = len(self.how)
        extra = extra_of(item, own, self._times, self._plan.blackouts)
        if extra is not None:
            self.extras[number] = extra
        if item.constraints or item.splits or item.levelling_delay:
            self.stated[number] = item
        self.findings.extend(note_item(self._plan, item, own.how))
        self._append(own)
        planned, due = item.planned.finish, item.due
        flags = self._flags | (PINNED if own.pinned else 0) | _FLAGS[item.type]
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
