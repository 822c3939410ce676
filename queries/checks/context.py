"""What several checks look at, worked out once: the schedule, and groups of items."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from graphmodel.places import find_place
from simulations.schedule import schedule

if TYPE_CHECKING:
    from graphmodel.index import PlanIndex
    from graphmodel.items import Item, Source
    from graphmodel.people import Board
    from graphmodel.plan import Plan
    from graphmodel.problems import Place
    from simulations.results import Schedule, ScheduledItem

__all__ = ["Context"]

#: Kinds that are headings for what is done.
_HEADINGS: Final = frozenset({"plan", "theme", "objective"})


@dataclass(frozen=True, eq=False)  # no slots: what is looked at is kept once it is worked out
class Context:
    """A plan under check; each property is worked out when it is first asked for."""

    plan: Plan

    @property
    def index(self) -> PlanIndex:
        """Look-ups in the plan."""
        return self.plan.index

    @cached_property
    def live(self) -> tuple[Item, ...]:
        """Items of this plan that are not cancelled, in the order of the file; none external."""
        return tuple(
            item
            for item in self.plan.items
            if item.status != "cancelled" and not item.external and item.kind != "plan"
        )

    @cached_property
    def leaves(self) -> tuple[Item, ...]:
        """The live actions, milestones and activities that have no parts: where work is done."""
        parents = self.index.children
        return tuple(
            item for item in self.live if item.id not in parents and item.kind not in _HEADINGS
        )

    @cached_property
    def open_leaves(self) -> tuple[Item, ...]:
        """The leaves that are not complete."""
        return tuple(item for item in self.leaves if item.status != "complete")

    @cached_property
    def boards(self) -> dict[str, Board]:
        """Boards by id."""
        return {board.id: board for board in self.plan.boards}

    @cached_property
    def schedule(self) -> Schedule:
        """The forward and backward pass over accepted links, gaps as spare.

        Raises
        ------
        CycleError
            The accepted links run in a circle; every check that asks then does not apply.
        """
        return schedule(self.plan)

    @cached_property
    def rows(self) -> dict[str, ScheduledItem]:
        """The rows of the schedule, by item."""
        return {row.id: row for row in self.schedule.items}

    def place(self, source: Source | None) -> Place | None:
        """Return where a fact stands."""
        return find_place(self.plan, source)
