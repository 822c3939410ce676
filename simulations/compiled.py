"""The compiled plan: the one form that every pass runs on, and what its numbers stand for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from simulations.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.links import Link
    from graphmodel.modes import Rules
    from graphmodel.people import Gate
    from graphmodel.plan import Plan
    from graphmodel.problems import Problem
    from simulations.columns import Column
    from simulations.kernels.shapes import Net
    from simulations.worktimes import WorkTimes

__all__ = ["Compiled"]


@dataclass(frozen=True, eq=False)
class Compiled:
    """One plan and the links used, ready to be scheduled; made by `simulations.compile`.

    Attributes
    ----------
    net
        The plan as the kernels read it (`simulations.kernels.shapes`).
    ids, at, order_in_file
        Item id by position, position by item id, and place in the plan's list by position.
    proposed
        How many of the links are proposed.
    work
        Length of a finish-only leaf when gaps are work (DESIGN 5.4); 0 for everything else.
    own_date
        Own finish by position; of a gate, its meeting M.
    held
        What the own finish is called if it holds the item.
    link
        Index into ``links`` by edge.
    fanned
        Indexes of links into a parent that hold every leaf below it, an edge for each.
    gates
        The accepted gates, by row of the ``g_`` columns.
    """

    plan: Plan
    links: Sequence[Link]
    proposed: int
    rules: Rules
    times: WorkTimes
    net: Net
    ids: list[str]
    at: dict[str, int]
    order_in_file: Column
    work: Column
    own_date: Column
    held: list[str]
    link: Column
    fanned: frozenset[int]
    gates: tuple[Gate, ...]
    has_alap: bool
    findings: tuple[Problem, ...]

    @property
    def is_packed(self) -> bool:
        """Whether the plan is so large that its columns are packed (`simulations.columns`)."""
        return not isinstance(self.net.own_finish, list)

    def into(self, position: int) -> range:
        """Return the edges that lead to an item."""
        return range(self.net.into[position], self.net.into[position + 1])

    def leaving(self, position: int) -> list[int]:
        """Return the edges that lead from an item."""
        at, leaving = self.net.leaving_at, self.net.leaving
        return [leaving[number] for number in range(at[position], at[position + 1])]

    def parts(self, position: int) -> list[int]:
        """Return the positions of an item's parts."""
        at, parts = self.net.parts_at, self.net.parts
        return [parts[number] for number in range(at[position], at[position + 1])]

    @cached_property
    def engine(self) -> Engine:
        """The kernels, ready for this plan."""
        return Engine(self)
