"""What a scenario changes about boards: their meetings, and papers that may come late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.errors import ScenarioError, UnknownIdError
from graphmodel.index import close_ids
from graphmodel.meetings import add_meeting, cancel_meeting, meeting_anchor, move_meeting
from graphmodel.spans import ZERO

if TYPE_CHECKING:
    from graphmodel.people import Board, Gate
    from graphmodel.plan import Plan
    from graphmodel.scenario import AddMeeting, CancelMeeting, MoveMeeting, WaivePapersLead
    from simulations.edited import Edited

__all__ = [
    "add_board_meeting",
    "cancel_board_meeting",
    "find_gate",
    "move_board_meeting",
    "waive_papers_lead",
]


def cancel_board_meeting(edited: Edited, change: CancelMeeting) -> None:
    """Take a meeting away; see `graphmodel.meetings.cancel_meeting`."""
    board, plan = _board(edited, change.board), edited.plan
    _replace(
        edited,
        cancel_meeting(board, change.date, anchor=meeting_anchor(plan), blackouts=plan.blackouts),
    )


def move_board_meeting(edited: Edited, change: MoveMeeting) -> None:
    """Put a meeting off, or forward; see `graphmodel.meetings.move_meeting`."""
    board, plan = _board(edited, change.board), edited.plan
    _replace(
        edited,
        move_meeting(
            board, change.date, change.to, anchor=meeting_anchor(plan), blackouts=plan.blackouts
        ),
    )


def add_board_meeting(edited: Edited, change: AddMeeting) -> None:
    """Add a meeting; see `graphmodel.meetings.add_meeting`."""
    board, plan = _board(edited, change.board), edited.plan
    _replace(
        edited,
        add_meeting(board, change.date, anchor=meeting_anchor(plan), blackouts=plan.blackouts),
    )


def waive_papers_lead(edited: Edited, change: WaivePapersLead) -> None:
    """Let the papers of a gate reach the board on the day of its meeting.

    Raises
    ------
    UnknownIdError, ScenarioError
        There is no such gate in force, or it needs no papers ahead; see `find_gate`.
    """
    wanted = find_gate(edited.plan, change.gate)
    place = next(number for number, one in enumerate(edited.plan.gates) if one is wanted)
    gate = edited.gates[place]
    lead = (
        gate.papers_lead if gate.papers_lead is not None else edited.boards[gate.board].papers_lead
    )
    item = edited.items[gate.item]
    if not lead:
        board = edited.boards[gate.board].name
        raise ScenarioError(
            f"{board} asks for no papers ahead of its decision on {item.name}: "
            "there is nothing to waive."
        )
    waived = gate.model_copy(update={"papers_lead": ZERO})
    edited.gates = (*edited.gates[:place], waived, *edited.gates[place + 1 :])
    edited.changed.add(gate.item)
    edited.structural = True


def find_gate(plan: Plan, wanted: str) -> Gate:
    """Return an accepted gate by its id, or by that of the item if it has just one.

    Raises
    ------
    UnknownIdError
        No gate and no gated item has this id; close ids are named.
    ScenarioError
        The item has no accepted gate, or has several; or the gate is not accepted.
    """
    found = [gate for gate in plan.gates if gate.id == wanted]
    found = found or [gate for gate in plan.gates if gate.item == wanted]
    accepted = [gate for gate in found if gate.state == "accepted"]
    if len(accepted) == 1:
        return accepted[0]
    if accepted:
        ids = " or ".join(gate.id for gate in accepted if gate.id is not None)
        raise ScenarioError(
            f'"{wanted}" passes {len(accepted)} gates: '
            f"{f'name {ids}' if ids else 'give them ids in the plan and name one'}."
        )
    if found:
        raise ScenarioError(
            f'The gate "{wanted}" is {found[0].state}, not accepted: it holds nothing.'
        )
    if wanted in plan.index.items:
        raise ScenarioError(f"{plan.index.items[wanted].name} has no gate to pass.")
    known = [one for gate in plan.gates for one in (gate.id, gate.item) if one is not None]
    raise UnknownIdError("gate", wanted, close_ids(wanted, known))


def _board(edited: Edited, wanted: str) -> Board:
    return edited.boards[edited.plan.index.board(wanted).id]


def _replace(edited: Edited, board: Board) -> None:
    edited.boards[board.id] = board
    edited.structural = True
