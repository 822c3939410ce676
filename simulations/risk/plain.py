"""Which nets are plain, and a plain net as the fast kernel takes it (`simulations.kernels.lanes`).

Plain is: work that follows its logic, waits for finish-to-start links with lags of minutes (no
leads), and is held by nothing but the plan's start, an earliest start or the status date; what is
complete; parents without dates or links into them. Boards, constraints, blackouts, planned dates,
begun work and other links are for the forward pass.

What may have no length is shown, on a calendar, where what holds it lies: there it must hang on
work of the same calendar only, from the plan's start on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from simulations.codes import ABSENT, BEGINS, DONE, ENDS, FIXED, FS, LOE, LOGIC, NEVER, PARENT
from simulations.kernels.clock import add_work, at_most, work_of
from simulations.kernels.draws import Scratch, sample
from simulations.kernels.lanes import FACT, ROLL, WORK, Plain
from simulations.kernels.trials import LENGTH
from simulations.risk.arrays import ints
from simulations.risk.boxes import box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulations.kernels.draws import Program
    from simulations.risk.model import RiskModel
    from simulations.risk.variants import Variant

__all__ = ["Network", "find_plain"]

#: No sum of minutes along a path may come near the end of 32 bits.
_MOST: Final = 1 << 30
_HIGHEST_ROLL: Final = 1.0 - 1e-16
_LOWEST_ROLL: Final = 1e-16


@dataclass(frozen=True, eq=False)
class Network:
    """A plain net.

    Attributes
    ----------
    plain
        The columns of the kernel.
    position
        By node, its position; nodes are in the order of positions.
    node
        By position, its node, or -1.
    """

    plain: Plain
    position: NDArray[np.int64]
    node: NDArray[np.int64]

    @cached_property
    def arrays(self) -> Plain:
        """The columns as arrays, made once for all threads."""
        made: Plain = box(self.plain, is_large=True)
        return made


def find_plain(model: RiskModel, variant: Variant) -> Network | None:
    """Return a net as the fast kernel takes it, or None where it is not plain."""
    sketch = _Sketch(model, variant)
    if not sketch.draw():
        return None
    return sketch.network()


class _Sketch:
    """The columns of a plain net while they are collected."""

    def __init__(self, model: RiskModel, variant: Variant) -> None:
        self.model = model
        self.compiled = variant.compiled
        self.net = self.compiled.net
        self.lengths: Sequence[int] = variant.passes.lengths
        self.dates = variant.passes.dates
        self.changes = variant.changes
        self.cell = {
            position: number
            for number, (way, position) in enumerate(
                zip(variant.ways, variant.positions, strict=True)
            )
            if way is not None
        }
        self.codes = {
            position: way.code
            for way, position in zip(variant.ways, variant.positions, strict=True)
            if way is not None
        }
        self.node: dict[int, int] = {}
        self.kind: list[int] = []
        self.position: list[int] = []
        self.bound: list[int] = []
        self.point: list[int] = []
        self.edges: list[tuple[int, int, int, int, int]] = []  # source, target, lag, crosses, cal

    def draw(self) -> bool:
        """Collect everything; return whether it is plain."""
        if self.compiled.has_alap or len(set(self.net.plan_start)) > 1:
            return False
        if any(self.changes.slip) or any(self.changes.slip_months):
            return False
        if any(floor != NEVER for floor in self.changes.floor):
            return False
        return all(self._take(position, how) for position, how in enumerate(self.net.how)) and (
            self._fits()
        )

    def _take(self, position: int, how: int) -> bool:
        if how == ABSENT:
            return True
        if self.net.extra[position] >= 0:
            return False
        if how == LOE:
            leads = self.net.leaving_at[position] < self.net.leaving_at[position + 1]
            return not leads and self.net.parent[position] < 0
        if how in {DONE, FIXED}:
            return position not in self.cell and self._take_fact(position)
        if how == PARENT:
            return position not in self.cell and self._take_parent(position)
        return how == LOGIC and self._take_work(position)

    def _add(self, position: int, kind: int, bound: int, *, point: bool) -> int:
        self.node[position] = len(self.kind)
        self.kind.append(kind)
        self.position.append(position)
        self.bound.append(bound)
        self.point.append(int(point))
        return len(self.kind) - 1

    def _cal(self, position: int) -> int:
        """Return the calendar that a node's minutes are counted on."""
        return self.net.cal[position] if self.net.how[position] == LOGIC else -1

    def _take_fact(self, position: int) -> bool:
        finish = self.net.own_finish[position]
        if finish != NEVER:
            self._add(position, FACT, finish, point=False)
        return True

    def _take_parent(self, position: int) -> bool:
        net = self.net
        if net.own_start[position] != NEVER or net.own_finish[position] != NEVER:
            return False
        if net.into[position] < net.into[position + 1]:
            return False
        parts = [self.node[part] for part in self.compiled.parts(position) if part in self.node]
        if not parts:
            return self.dates.finish[position] == NEVER
        node = self._add(position, ROLL, NEVER, point=False)
        for part in parts:
            crosses = int(self._cal(self.position[part]) >= 0)
            self.edges.append((part, node, 0, crosses, -1))
        return True

    def _take_work(self, position: int) -> bool:
        net = self.net
        is_uncertain = position in self.cell
        if is_uncertain and self.codes[position] != LENGTH:
            return False
        if net.months[position] and not is_uncertain:
            return False
        if net.own_finish[position] != NEVER:
            return False
        held = [edge for edge in self.compiled.into(position) if self._holds(edge)]
        if any(not self._is_plain_link(edge) for edge in held):
            return False
        point = self._may_be_point(position)
        if point and net.cal[position] >= 0 and not self._is_simple_point(position, held):
            return False
        node = self._add(position, WORK, self._start(position), point=point)
        cal = net.cal[position]
        for edge in held:
            source = net.source[edge]
            lag_cal = net.lag_cal[edge] if net.lag[edge] else cal
            crosses = int(self._cal(source) != cal or lag_cal != cal)
            self.edges.append((self.node[source], node, net.lag[edge], crosses, lag_cal))
        return True

    def _holds(self, edge: int) -> bool:
        """Return whether the source of a link has a finish at all."""
        return self.dates.finish[self.net.source[edge]] != NEVER

    def _is_plain_link(self, edge: int) -> bool:
        net = self.net
        return (
            net.code[edge] == FS
            and not net.lag_months[edge]
            and net.lag[edge] >= 0
            and not net.shift[edge]
            and net.source[edge] in self.node
        )

    def _start(self, position: int) -> int:
        """Return the minutes before which work cannot start, on its calendar."""
        net = self.net
        project = net.project[position]
        begins = max(net.own_start[position], net.floor_start[project], net.floor_finish[project])
        if begins == NEVER and not any(map(self._holds, self.compiled.into(position))):
            begins = net.plan_start[project]
        if begins == NEVER:
            return NEVER
        return work_of(net.clock, net.cal[position], begins)

    def _may_be_point(self, position: int) -> bool:
        number = self.cell.get(position)
        if number is None:
            return self.lengths[position] == 0
        return _least(self.model, number) < 1

    def _is_simple_point(self, position: int, held: Sequence[int]) -> bool:
        """Return whether a point on a calendar lies where its minutes say (see the module)."""
        net = self.net
        project, cal = net.project[position], net.cal[position]
        if max(net.floor_start[project], net.floor_finish[project]) != NEVER:
            return False
        if net.own_start[position] != net.plan_start[project] or (
            net.flags[position] & (BEGINS | ENDS)
        ):
            return False
        return all(
            net.how[net.source[edge]] == LOGIC
            and net.cal[net.source[edge]] == cal
            and (not net.lag[edge] or net.lag_cal[edge] == cal)
            for edge in held
        )

    def _fits(self) -> bool:
        """Return whether no path of longest samples comes near the end of 32 bits."""
        latest: list[int] = []
        into: dict[int, list[tuple[int, int, int, int]]] = {}
        for source, target, *rest in self.edges:
            into.setdefault(target, []).append((source, *rest))  # type: ignore[arg-type]
        for node, position in enumerate(self.position):
            cell = self.cell.get(position)
            length = self.lengths[position] if self.kind[node] == WORK else 0
            if cell is not None:
                length = _most(self.model, cell)
            held = (self._reach(latest, node, edge) for edge in into.get(node, ()))
            latest.append(max([self.bound[node], 0, *held]) + length)
            if latest[-1] > _MOST:
                return False
        return True

    def _reach(self, latest: Sequence[int], node: int, edge: tuple[int, int, int, int]) -> int:
        """Return the minutes of a node that an edge holds it to at the very latest."""
        source, lag, crosses, lag_cal = edge
        if not crosses:
            return latest[source] + lag
        clock = self.net.clock
        instant = at_most(clock, self._cal(self.position[source]), latest[source])
        instant = add_work(clock, lag_cal, instant, lag)
        return work_of(clock, self._cal(self.position[node]), instant)

    def _needed_bounds(self) -> list[int]:
        """Return the bounds without those that a source on the same calendar makes needless."""
        earliest, needed = list(self.bound), list(self.bound)
        for source, target, lag, crosses, _ in self.edges:  # in the order of their targets
            if not crosses and earliest[source] != NEVER:
                earliest[target] = max(earliest[target], earliest[source] + lag)
                if earliest[source] + lag >= self.bound[target]:
                    needed[target] = NEVER
        return needed

    def network(self) -> Network:
        """Return what was collected as columns."""
        net, size = self.net, len(self.kind)
        source, target, lag, crosses, lag_cal = (
            np.array(self.edges, np.int64).reshape(-1, 5).T.copy()
        )
        into = np.zeros(size + 1, np.int64)
        np.cumsum(np.bincount(target, minlength=size), out=into[1:])
        leaving_at = np.zeros(size + 1, np.int64)
        np.cumsum(np.bincount(source, minlength=size), out=leaving_at[1:])
        position = np.array(self.position, np.int64)
        kind = np.array(self.kind, np.int64)
        followed = np.zeros(size, bool)
        followed[source[kind[target] != ROLL]] = True
        origin = [
            work_of(net.clock, cal, net.plan_start[0]) if net.plan_start[0] != NEVER else 0
            for cal in range(len(net.clock.low))
        ]
        node = np.full(len(net.how), -1, np.int64)
        node[position] = np.arange(size)
        cell = [self.cell.get(one, -1) for one in self.position]
        plain = Plain(
            kind=ints(kind),
            cal=ints([self._cal(one) for one in self.position]),
            cell=ints(cell),
            length=ints(
                [
                    self.lengths[one] if kind[number] == WORK else 0
                    for number, one in enumerate(self.position)
                ]
            ),
            bound=ints(self._needed_bounds()),
            point=ints(self.point),
            is_end=ints(~followed & (kind != ROLL)),
            into=ints(into),
            source=ints(source),
            lag=ints(lag),
            crosses=ints(crosses),
            lag_cal=ints(lag_cal),
            leaving_at=ints(leaving_at),
            leaving=ints(np.argsort(source, kind="stable")),
            target=ints(target),
            origin=ints(origin),
            clock=net.clock,
        )
        return Network(plain, position, node)


def _least(model: RiskModel, cell: int) -> int:
    """Return a length that no sample of a cell falls short of, 0 where none is known."""
    draw = int(model.cells.own[cell])
    if draw < 0:
        return int(model.cells.base[cell])
    return min(_extreme(model.program, draw, _LOWEST_ROLL), int(model.cells.base[cell]))


def _most(model: RiskModel, cell: int) -> int:
    """Return a length that no sample of a cell exceeds, whatever risks happen."""
    cells = model.cells
    impacts = range(int(cells.impact_at[cell]), int(cells.impact_at[cell + 1]))
    draws = [int(cells.impact_draw[impact]) for impact in impacts]
    own = int(cells.own[cell])
    longest = int(cells.base[cell])
    if own >= 0:
        longest = max(longest, _extreme(model.program, own, _HIGHEST_ROLL))
    return longest + sum(_extreme(model.program, draw, _HIGHEST_ROLL) for draw in draws)


def _extreme(program: Program, draw: int, roll: float) -> int:
    """Return the sample of a roll; a higher roll never gives a shorter one."""
    minutes = [0]
    sample(program, draw, 1, Scratch([0], [roll], [0.0]), minutes)
    return minutes[0]
