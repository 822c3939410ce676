"""After a change: which board sees it first, and which decisions move to another meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from queries.boards_instants import is_meeting, shown, valid_meetings
from queries.boards_wording import tell_scenario
from simulations.boards import FirstBoards
from simulations.codes import NEVER
from simulations.passes import whole
from simulations.whatif import answer

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.people import Gate
    from graphmodel.scenario import Scenario
    from simulations.boards import Heard
    from simulations.passes import Passes
    from simulations.results import Gaps, Summary
    from simulations.scenarios import Baseline, Run

__all__ = ["BoardHearing", "GateMove", "ScenarioView", "view_scenario"]


@dataclass(frozen=True, slots=True)
class BoardHearing:
    """A board that a change concerns: it gates or oversees an item that moves, or what that is in.

    ``meeting`` is its first one, on or after the status date, whose papers are not due yet, and
    ``papers_due`` the last day for them; None where no such meeting is known. ``items`` are the ids
    of what moves under either rule for gaps.
    """

    board: str
    title: str
    meeting: date | None
    papers_due: date | None
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GateMove:
    """A decision that a change moves, with the gaps between dates as spare time and as work.

    ``meeting`` tells whether the new date (spare) is a meeting that is known.
    """

    item: str
    title: str
    board: str
    board_title: str
    before: date | None
    after: date | None
    after_if_work: date | None
    days: float
    days_if_work: float
    meeting: bool


@dataclass(frozen=True, slots=True)
class ScenarioView:
    """A change as boards meet it.

    ``first_board`` is the first of ``hearings`` that has a meeting, which come in order of time;
    None where nothing moves, or no board that is concerned has a known meeting to come.
    ``sentences`` say it in words, and ``summary`` is that of the what-if.
    """

    scenario: Scenario
    sentences: tuple[str, ...]
    summary: Summary
    first_board: BoardHearing | None
    hearings: tuple[BoardHearing, ...]
    gates: tuple[GateMove, ...]


def view_scenario(baseline: Baseline, scenario: Scenario, board: str | None = None) -> ScenarioView:
    """Say what boards see of a change, and which decisions it moves.

    Parameters
    ----------
    board
        The id of the board whose gates are wanted; every board that is concerned is named all the
        same.

    Raises
    ------
    ScenarioError, UnknownIdError, CycleError
        The change cannot be made.
    """
    found = answer(baseline, scenario)
    run = baseline.run(scenario)
    boards = FirstBoards.of(run.compiled)
    moved = [one.id for one in found.items if one.knock_on_days or one.knock_on_if_work_days]
    hearings = tuple(map(_hearing, boards.by_board(moved)))
    first = next((one for one in hearings if one.meeting is not None), None)
    moves = tuple(one for one in _moves(run) if board in {None, one.board})
    sentences = tell_scenario(baseline.plan, scenario, hearings, moves)
    return ScenarioView(scenario, sentences, found.summary, first, hearings, moves)


def _hearing(heard: Heard) -> BoardHearing:
    board = heard.board
    return BoardHearing(board.id, board.name, heard.meeting, heard.papers_due, heard.items)


def _moves(run: Run) -> list[GateMove]:
    """Return the gates that a run passes at another time, in the order of the plan."""
    old = run.baseline.passes
    new: dict[Gaps, Passes] = {gaps: run.after(gaps) for gaps in old}
    found: list[tuple[int, GateMove]] = []
    after = {_place(run.compiled.plan.gates, gate): r for r, gate in enumerate(run.compiled.gates)}
    for row, gate in enumerate(run.baseline.compiled.gates):
        place = _place(run.baseline.plan.gates, gate)
        if place in after:
            move = _move(run, gate, row, after[place], new)
            found += [] if move is None else [(place, move)]
    return [move for _, move in sorted(found, key=lambda pair: pair[0])]


def _place(gates: tuple[Gate, ...], wanted: Gate) -> int:
    return next(number for number, gate in enumerate(gates) if gate is wanted)


def _move(run: Run, gate: Gate, row: int, to: int, new: dict[Gaps, Passes]) -> GateMove | None:
    """Return where a gate moves to; None where it stays."""
    old = run.baseline.passes
    before = {gaps: passes.dates.passed[row] for gaps, passes in old.items()}
    after = {gaps: passes.dates.passed[to] for gaps, passes in new.items()}
    if before == after or NEVER in {*before.values(), *after.values()}:
        return None
    plan = run.baseline.plan
    item = plan.index.items[gate.item]
    meetings = valid_meetings(run.compiled, to)
    return GateMove(
        item=item.id,
        title=item.title,
        board=gate.board,
        board_title=plan.index.board(gate.board).name,
        before=shown(before["spare"]),
        after=shown(after["spare"]),
        after_if_work=shown(after["work"]),
        days=whole(after["spare"] - before["spare"]),
        days_if_work=whole(after["work"] - before["work"]),
        meeting=is_meeting(meetings, after["spare"]),
    )
