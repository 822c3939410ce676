"""The plans of a portfolio as the engine takes them: each with its own start, calendar and rules.

Project 0 is the plan itself, to which everything belongs that no project holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphmodel.modes import Rules, rules_of
from graphmodel.moments import finish_instant, start_instant
from simulations.codes import NEVER
from simulations.columns import fill

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from graphmodel.plan import Plan, Project
    from simulations.columns import Column, NewColumn

__all__ = ["Ground", "grounds_of", "project_numbers"]


@dataclass(frozen=True, slots=True)
class Ground:
    """What the items of one project stand on.

    Attributes
    ----------
    start
        Where it starts, ``NEVER`` where that is not stated.
    floor_finish, floor_start
        The status date as rule 7 takes it: a finish-type or a start-type floor.
    must_finish
        The instant it must finish by, or ``NEVER``.
    calendar
        What its items count on that name no calendar.
    """

    rules: Rules
    start: int
    status_date: date | None
    floor_finish: int
    floor_start: int
    must_finish: int
    calendar: str | None

    @property
    def status(self) -> int:
        """The last instant of the status date, or ``NEVER``."""
        return NEVER if self.status_date is None else finish_instant(self.status_date)


def grounds_of(plan: Plan) -> tuple[Ground, ...]:
    """Return what the plan itself and each of its projects stand on."""
    return (
        _ground(plan, plan.calendar),
        *(_ground(project, plan.calendar) for project in plan.projects),
    )


def _ground(one: Plan | Project, calendar: str | None) -> Ground:
    rules, status = rules_of(one.options), one.status_date
    floor_finish = floor_start = NEVER
    if status is not None and rules.unstarted == "after_status_date":
        floor_finish = finish_instant(status)
    if status is not None and rules.unstarted == "from_status_date":
        floor_start = start_instant(status)
    return Ground(
        rules,
        NEVER if one.start is None else start_instant(one.start),
        status,
        floor_finish,
        floor_start,
        NEVER if one.must_finish is None else finish_instant(one.must_finish),
        one.calendar or calendar,
    )


def project_numbers(plan: Plan, new: NewColumn) -> Column:
    """Return the number of the project each item belongs to, in the order of the file."""
    parents = plan.index.parents
    numbers = fill(new, 0, len(parents))
    if not plan.projects:
        return numbers
    known = {project.item: number for number, project in enumerate(plan.projects, start=1)}
    for place, item in enumerate(parents):
        numbers[place] = _number(item, parents, known)
    return numbers


def _number(item: str, parents: Mapping[str, str | None], known: dict[str, int]) -> int:
    """Return an item's project, and remember it for everything on the way up."""
    way: list[str] = []
    above: str | None = item
    while above is not None and above not in known:
        way.append(above)
        above = parents[above]
    number = 0 if above is None else known[above]
    known.update(dict.fromkeys(way, number))
    return number
