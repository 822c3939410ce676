"""Registers of meetings: one row for each date, cancelled or not, or for the rule of a board.

A board that the plan does not hold is made from its first row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graphmodel.entity import is_id
from graphmodel.meetings import meeting_anchor
from graphmodel.moments import write_moment
from graphmodel.people import Board, Meetings
from graphmodel.recurrence import rule_fault
from loaders.board_register import PAPERS_LEAD
from loaders.columns import Column
from loaders.ids import free_id, make_slug
from loaders.meeting_rules import read_rule
from loaders.register_cells import choose, read_days, read_length, read_words
from loaders.register_rows import RegisterKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from graphmodel.plan import Plan
    from graphmodel.spans import Span
    from loaders.register_desk import Desk
    from loaders.register_rows import RegisterRow

__all__ = ["MEETINGS"]

_STATES: Final[dict[str, tuple[str, ...]]] = {
    "meets": ("meets", "meeting", "held", "confirmed", "planned", "scheduled", "provisional"),
    "cancelled": ("cancelled", "canceled", "not held", "postponed", "off"),
}

_COLUMNS: Final = (
    Column(
        "board",
        ("board", "board id", "committee", "meeting", "body"),
        read_words,
        needed=True,
        about="The id or title of a board.",
    ),
    Column(
        "board_title",
        ("board title", "title", "board name"),
        read_words,
        about="Its title, held against the id.",
    ),
    Column(
        "dates",
        ("date", "dates", "meeting date", "meeting dates", "meets on", "when"),
        read_days,
        about="The day of a meeting, with the time if you like: 2026-10-20 or 2026-10-20T14:00.",
    ),
    Column(
        "state",
        ("state", "status", "meeting status"),
        choose(_STATES, "state of a meeting"),
        about="Whether the board meets on that day. Blank: it does.",
        choices=tuple(_STATES),
    ),
    Column(
        "rule",
        ("rule", "rrule", "recurrence", "frequency", "pattern", "cadence"),
        read_rule,
        about="Instead of a date: third Tuesday of the month, or an iCalendar RRULE. One for each "
        "board; a cancelled date takes one meeting out.",
    ),
    Column(
        "cancelled",
        ("cancelled dates", "cancelled", "cancelled meetings", "cancelled on", "except"),
        read_days,
    ),
    Column("papers_lead", PAPERS_LEAD, read_length),
)


@dataclass(slots=True)
class _Said:
    """What the rows say of one board's meetings: where each day is first said, and how."""

    days: dict[date, tuple[str, RegisterRow]] = field(default_factory=dict)
    rule: tuple[str, RegisterRow] | None = None
    lead: Span | None = None


def _merge(desk: Desk, rows: Sequence[RegisterRow]) -> None:
    said: dict[str, _Said] = {}
    for row in rows:
        if not {"dates", "rule", "cancelled", "papers_lead"} & row.values.keys():
            message = "The row has neither a date nor a rule"
            desk.refuse(row, "dates", "missing-cell", message)
            continue
        board = _find_board(desk, row)
        if board is not None:
            _hear(desk, row, said.setdefault(board.id, _Said()), board)
    for wanted, heard in said.items():
        _change(desk, desk.boards.by_id[wanted], heard)
    _check_rules(desk, said)


def _find_board(desk: Desk, row: RegisterRow) -> Board | None:
    words, title = row.values["board"], row.get("board_title")
    board = desk.boards.find(words)
    if board is not None:
        if title is None or desk.boards.fits(board, title):
            return board
        message = f'The title "{title[:60]}" does not fit {board.id}, which is "{board.title[:60]}"'
        desk.refuse(row, "board_title", "title-does-not-fit", message)
        return None
    if is_id(words) and " " not in words:
        wanted, title = words, title or ""
    else:
        taken = {*desk.boards.by_id, *desk.plan.index.items}
        wanted, title = free_id(make_slug(words) or "board", taken), title or words
    message = f"{desk.boards.explain(words)}: it is new, with the id {wanted}"
    desk.tell(row.place("board"), "board-new", "info", message)
    new = Board(id=wanted, title=title, source=desk.source_of(row))
    desk.boards.put(new)
    desk.count("board", new=True)
    return new


def _hear(desk: Desk, row: RegisterRow, said: _Said, board: Board) -> None:
    state = row.get("state") or "meets"
    days = [(day, state) for day in row.get("dates") or ()]
    days += [(day, "cancelled") for day in row.get("cancelled") or ()]
    for day, how in days:
        first = said.days.setdefault(day, (how, row))
        if first[1] is row:
            continue
        if first[0] == how:
            message = f"{board.name} is listed for {write_moment(day)} already"
            desk.tell(row.place("dates"), "duplicate-meeting", "warning", message)
        else:
            message = (
                f"{board.name} is said to meet on {write_moment(day)} and not to "
                f"({first[1].place('dates')}); the first row counts"
            )
            desk.tell(row.place("dates"), "meeting-contradiction", "error", message)
    rule = row.get("rule")
    if rule is not None:
        if said.rule is None:
            said.rule = rule, row
        elif said.rule[0] != rule:
            message = (
                f"{board.name} has another rule already ({said.rule[1].place('rule')}); this one "
                "is not used"
            )
            desk.tell(row.place("rule"), "meeting-contradiction", "error", message)
    said.lead = row.get("papers_lead") or said.lead


def _change(desk: Desk, board: Board, said: _Said) -> None:
    """Add what is said to what a board's meetings are; nothing is left out because it is not."""
    meetings = board.meetings
    held = [day for day, (how, _) in said.days.items() if how == "meets"]
    off = [day for day, (how, _) in said.days.items() if how == "cancelled"]
    changed = Meetings(
        dates=(*meetings.dates, *(day for day in held if day not in meetings.dates)),
        rule=meetings.rule if said.rule is None else said.rule[0],
        cancelled=(
            *(day for day in meetings.cancelled if day not in held),
            *(day for day in off if day not in meetings.cancelled),
        ),
    )
    lead = said.lead or board.papers_lead
    if changed != meetings or lead != board.papers_lead:
        desk.boards.put(board.model_copy(update={"meetings": changed, "papers_lead": lead}))
        desk.count("meeting", new=False)


def _check_rules(desk: Desk, said: dict[str, _Said]) -> None:
    """Take rules away that are none, or never meet."""
    plan = desk.plan.model_copy(update={"boards": tuple(desk.boards)})
    anchor = meeting_anchor(plan)
    old = {board.id: board.meetings.rule for board in desk.plan.boards}
    for wanted, heard in said.items():
        if heard.rule is None:
            continue
        rule, row = heard.rule
        fault = rule_fault(rule, anchor)
        if fault is not None:
            board = desk.boards.by_id[wanted]
            message = f'The meeting rule of the board "{board.name}" {fault.removesuffix(".")}'
            desk.tell(row.place("rule"), "bad-rule", "error", f"{message}; the rule is not used")
            meetings = board.meetings.model_copy(update={"rule": old.get(wanted)})
            desk.boards.put(board.model_copy(update={"meetings": meetings}))


def _show_all(plan: Plan) -> Iterator[dict[str, str]]:
    for board in plan.boards:
        named = {"board": board.id, "board_title": board.title}
        meetings = board.meetings
        if meetings.rule is not None:
            yield named | {"rule": meetings.rule}
        for day in meetings.dates:
            if day not in meetings.cancelled:
                yield named | {"dates": write_moment(day), "state": "meets"}
        for day in meetings.cancelled:
            yield named | {"dates": write_moment(day), "state": "cancelled"}


MEETINGS: Final = RegisterKind(
    "Meetings",
    "meeting",
    "When boards meet: one row for each date, or one with a rule.",
    _COLUMNS,
    _merge,
    _show_all,
    names=("board meetings", "meeting dates", "calendar of meetings", "forward plan"),
    tells=frozenset({"dates", "rule", "cancelled"}),
)
