"""The plan as the quick look takes it: dates, lengths and finish-to-start links on one calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphmodel.errors import PlanError
from simulations.codes import ABSENT, DONE, FIXED, FS, LOE, LOGIC, NEVER, PARENT, PLANNED
from simulations.kernels.clock import work_of
from simulations.kernels.trials import DELAY
from simulations.risk.ways import find_way

if TYPE_CHECKING:
    from simulations.risk.model import RiskModel

__all__ = ["BoundNet", "Node", "check_independent"]


@dataclass(frozen=True, slots=True)
class Node:
    """Finishes at the latest of ``bound`` and its arms (source and minutes), and a length more.

    ``cell``: the cell that says the length, -1 for ``length`` itself.
    """

    bound: int
    arms: tuple[tuple[int, int], ...]
    cell: int
    length: int


def check_independent(model: RiskModel) -> None:
    """Check that lengths and delays have nothing in common.

    Raises
    ------
    PlanError
        There are risks or correlations.
    """
    program = model.program
    if model.risks:
        raise PlanError(
            f'The quick look cannot bound what the risk "{model.risks[0].id}" does to several '
            "items at once: run the iterations instead."
        )
    shared = len(set(program.term_die)) < len(program.term_die)
    if shared or len(program.term_die) > len(program.kind):
        raise PlanError(
            "The quick look holds for delays that have nothing in common, and here some are "
            "correlated: run the iterations instead."
        )


class BoundNet:
    """The plan as nodes by position; one calendar for all that moves (-1: the wall)."""

    def __init__(self, model: RiskModel) -> None:
        self.model = model
        self.passes = model.baseline.passes[model.gaps]
        self.compiled = self.passes.compiled
        self.net = self.compiled.net
        self.cell = {self.compiled.at[one]: cell for cell, one in enumerate(model.cell_items)}
        cals = {
            cal
            for cal, how in zip(self.net.cal, self.net.how, strict=True)
            if how in {LOGIC, PLANNED}
        }
        if len(cals) > 1:
            raise PlanError(
                "The quick look holds on one calendar, and this plan counts work on several: run "
                "the iterations instead."
            )
        self.cal = next(iter(cals), -1)

    def nodes(self) -> list[Node | None]:
        """Return the nodes; None for what has no finish."""
        if self.compiled.has_alap:
            raise PlanError(
                "The quick look cannot place what is as late as possible: run the iterations "
                "instead."
            )
        return [self._node(position) for position in range(len(self.net.how))]

    def _work(self, instant: int) -> int:
        return NEVER if instant == NEVER else work_of(self.net.clock, self.cal, instant)

    def _node(self, position: int) -> Node | None:
        net, how = self.net, self.net.how[position]
        finish = self.passes.dates.finish[position]
        if how in {ABSENT, LOE} or finish == NEVER:
            return None
        if how in {DONE, FIXED}:
            return Node(self._work(finish), (), -1, 0)
        if net.extra[position] >= 0 or how not in {LOGIC, PLANNED, PARENT} or net.months[position]:
            raise self._refusal(position)
        cell = self.cell.get(position, -1)
        floors = net.project[position]
        bound = max(net.own_start[position], net.floor_start[floors], net.floor_finish[floors])
        if how == PARENT:
            bound = max(net.own_finish[position], NEVER)
            arms = [(part, 0) for part in self.compiled.parts(position)]
            return self._made(position, bound, arms, cell, 0)
        length = self.passes.lengths[position]
        way = None if cell < 0 else find_way(self.compiled, self.passes.lengths, position)
        if way is not None and way.code == DELAY:
            arms = [(-1 - edge, length) for edge in self.compiled.into(position)]
            bound = max(net.own_finish[position], bound + length if bound != NEVER else NEVER)
            return self._made(position, bound, arms, cell, 0)
        if how == PLANNED and bound == NEVER:
            bound = net.own_finish[position] - length
        if max(bound, net.own_finish[position]) == NEVER:
            bound = net.plan_start[floors]
        arms = [(-1 - edge, 0) for edge in self.compiled.into(position)]
        return self._made(position, bound, arms, cell, length)

    def _made(
        self, position: int, bound: int, arms: list[tuple[int, int]], cell: int, length: int
    ) -> Node:
        """Return a node; arms are parts by position, or links by -1 - edge."""
        net, found = self.net, []
        for one, add in arms:
            source = one if one >= 0 else net.source[-1 - one]
            if self.passes.dates.finish[source] == NEVER or net.how[source] == LOE:
                continue
            if one >= 0:
                found.append((source, add))
                continue
            edge = -1 - one
            lag, counted = net.lag[edge], net.lag_cal[edge] if net.lag[edge] else self.cal
            if (
                net.code[edge] != FS
                or net.lag_months[edge]
                or net.shift[edge]
                or lag < 0
                or counted != self.cal
                or net.how[position] == PARENT
            ):
                raise self._refusal(position)
            found.append((source, add + lag))
        if net.how[position] == PARENT and any(self.compiled.into(position)):
            raise self._refusal(position)
        return Node(self._work(bound), tuple(found), cell, length)

    def _refusal(self, position: int) -> PlanError:
        name = self.model.plan.index.items[self.compiled.ids[position]].name
        return PlanError(
            f"The quick look holds for dates, lengths and finish-to-start links, and {name} has "
            "more (a gate, a constraint, a blackout, begun work, or another link): run the "
            "iterations instead."
        )

    def ends(self) -> list[int]:
        """Return the positions that nothing waits for, and that are no parts."""
        parts, led = set(self.net.parts), set(self.net.source)
        every = range(len(self.net.how))
        return [position for position in every if position not in parts and position not in led]
