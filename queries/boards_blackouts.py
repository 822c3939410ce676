"""What blackouts catch: meetings that are not held, gates and work that wait (DESIGN 5.3.5, 5.3.6).

Each is found by taking the blackout out of the plan and scheduling it again: what has other dates
then is what the blackout moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from graphmodel.meetings import known_meetings
from graphmodel.moments import finish_instant, start_instant
from queries.boards_instants import shown
from simulations.codes import PARENT
from simulations.compile import compile_plan
from simulations.passes import Passes, whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from graphmodel.people import Blackout, Board
    from graphmodel.plan import Plan
    from simulations.scenarios import Baseline

__all__ = ["BlackoutFacts", "Caught", "LostMeeting", "read_blackouts"]


@dataclass(frozen=True, slots=True)
class LostMeeting:
    """A meeting that a board would hold but for a blackout."""

    board: str
    board_title: str
    meeting: date


@dataclass(frozen=True, slots=True)
class Caught:
    """What a blackout moves by itself, not through something else that it moves.

    Attributes
    ----------
    how
        ``meeting``: the gate would fall on a meeting that is not held; ``start``: the item has a
        tag that the blackout names, and may not begin inside it.
    board
        The board of the gate; None for an item that waits.
    before, after
        When the gate is passed, or the item starts, without the blackout and with it.
    days
        The days between; below 0 where an earlier meeting has to be taken.
    """

    how: Literal["meeting", "start"]
    item: str
    title: str
    board: str | None
    before: date
    after: date
    days: float


@dataclass(frozen=True, slots=True)
class BlackoutFacts:
    """One blackout and all that it does.

    ``others`` are the ids of the items without parts that move because of what is caught.
    """

    start: date
    finish: date
    reason: str | None
    boards: tuple[str, ...]
    tags: tuple[str, ...]
    meetings: tuple[LostMeeting, ...]
    caught: tuple[Caught, ...]
    others: tuple[str, ...]


def read_blackouts(baseline: Baseline, board: str | None = None) -> tuple[BlackoutFacts, ...]:
    """Return the blackouts of a plan, of those that name no such board none, in the plan's order.

    Parameters
    ----------
    board
        The board whose blackouts are wanted, by its id; None for all there are.
    """
    found = []
    for number, blackout in enumerate(baseline.plan.blackouts):
        if board is None or board in blackout.boards:
            found.append(_Lifting(baseline, number).facts(board))
    return tuple(found)


class _Lifting:
    """A plan with one of its blackouts taken out, beside the plan as it is."""

    def __init__(self, baseline: Baseline, number: int) -> None:
        plan = baseline.plan
        self.plan = plan
        self.blackout: Blackout = plan.blackouts[number]
        rest = (*plan.blackouts[:number], *plan.blackouts[number + 1 :])
        self.free = plan.model_copy(update={"blackouts": rest})
        self.new = baseline.passes["spare"]
        self.old = Passes.of(compile_plan(self.free, baseline.compiled.links), "spare")
        self.first = start_instant(self.blackout.start)
        self.last = finish_instant(self.blackout.finish)

    def facts(self, board: str | None) -> BlackoutFacts:
        """Return what the blackout does, of the meetings and gates those of one board if told."""
        gates, items = list(self._gates()), list(self._items())
        mine = {one.item for one in (*gates, *items)}
        blackout = self.blackout
        return BlackoutFacts(
            start=blackout.start,
            finish=blackout.finish,
            reason=blackout.reason,
            boards=blackout.boards,
            tags=blackout.tags,
            meetings=tuple(one for one in self._meetings() if board in {None, one.board}),
            caught=tuple(one for one in (*gates, *items) if board in {None, one.board}),
            others=tuple(self._others(mine)),
        )

    def _meetings(self) -> Iterator[LostMeeting]:
        for board in self.plan.boards:
            if board.id in self.blackout.boards:
                held = set(self._held(self.plan, board))
                for meeting in self._held(self.free, board):
                    if meeting not in held:
                        yield LostMeeting(board.id, board.name, shown(meeting))

    def _held(self, plan: Plan, board: Board) -> list[int]:
        """Return the valid meetings of a board up to the end of the blackout."""
        return known_meetings(plan, board, self.last)

    def _gates(self) -> Iterator[Caught]:
        """Yield each gate that would be passed at a meeting inside the blackout."""
        rows = {id(gate): row for row, gate in enumerate(self.new.compiled.gates)}
        for row, gate in enumerate(self.old.compiled.gates):
            before = self.old.dates.passed[row]
            after = self.new.dates.passed[rows[id(gate)]]
            if before != after and self.first < before <= self.last:
                title = self.plan.index.items[gate.item].title
                days = whole(after - before)
                dates = shown(before), shown(after)
                yield Caught("meeting", gate.item, title, gate.board, *dates, days)

    def _items(self) -> Iterator[Caught]:
        """Yield each item with a tag of the blackout that would start inside it."""
        tags = set(self.blackout.tags)
        for item in self.plan.items:
            if tags.isdisjoint(item.tags):
                continue
            old, new = self._positions(item.id)
            before, after = self.old.dates.start[old], self.new.dates.start[new]
            free, held = self.old.start(old), self.new.start(new)
            waits = before != after and self.first <= before <= self.last
            if waits and free is not None and held is not None:
                days = whole(after - before)
                yield Caught("start", item.id, item.title, None, free, held, days)

    def _others(self, mine: set[str]) -> Iterator[str]:
        """Yield what else moves, in the order of the plan."""
        for item in self.plan.items:
            before, after = self._positions(item.id)
            is_part = self.new.compiled.net.how[after] == PARENT
            moves = self.old.instant(before) != self.new.instant(after)
            if moves and item.id not in mine and not is_part:
                yield item.id

    def _positions(self, item: str) -> tuple[int, int]:
        """Return the positions of an item without and with the blackout."""
        return self.old.compiled.at[item], self.new.compiled.at[item]
