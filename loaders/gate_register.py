"""Registers of gates: which item needs the approval of which board."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphmodel.moments import write_moment
from graphmodel.people import Gate
from loaders.board_register import PAPERS_LEAD
from loaders.columns import Column
from loaders.link_columns import ORIGINS, STATES
from loaders.register_cells import (
    choose,
    read_count,
    read_id,
    read_length,
    read_moment,
    read_words,
    share,
    show_share,
)
from loaders.register_desk import decision_of
from loaders.register_rows import RegisterKind, find_news

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from loaders.register_desk import Desk
    from loaders.register_rows import RegisterRow

__all__ = ["GATES"]

_COLUMNS: Final = (
    Column(
        "item",
        ("item", "item id", "milestone", "milestone id", "action", "action id", "gate", "ref"),
        read_id,
        needed=True,
        about="The id of the item that needs approval.",
    ),
    Column(
        "item_title",
        ("item title", "title", "milestone title", "gate title"),
        read_words,
        about="Its title, held against the id.",
    ),
    Column(
        "board",
        ("board", "board id", "approved by", "approval by", "decision maker", "committee"),
        read_words,
        needed=True,
        about="The id or title of the board that decides.",
    ),
    Column(
        "order",
        ("order", "sequence", "step", "gate order"),
        read_count,
        about="Where several boards decide on one item, which comes first: 1, 2, 3.",
    ),
    Column(
        "decision",
        ("decision", "decision needed", "asked to", "decision type"),
        read_words,
        about="What the board is asked to do. Blank: approve.",
    ),
    Column(
        "papers_lead",
        PAPERS_LEAD,
        read_length,
        about="How long before the meeting papers are due, if not as for the board: 10wd, 2w.",
    ),
    Column(
        "state",
        ("state", "status", "gate status"),
        choose(STATES, "state"),
        about="Only accepted gates hold anything. Reject a gate here; do not delete its row.",
        choices=tuple(STATES),
    ),
    Column(
        "confidence",
        ("confidence", "certainty"),
        share("confidence"),
        about="How sure it is: 80% or 0.8.",
    ),
    Column(
        "reason",
        ("reason", "rationale", "notes", "comments", "comment"),
        read_words,
        about="Why it needs that approval.",
    ),
    Column("by", ("decided by", "accepted by"), read_words, about="Who decided on the gate."),
    Column("at", ("decided on", "decided at"), read_moment, about="The day it was decided on."),
    Column("why", ("why", "decided why"), read_words, about="Why it was decided so."),
    Column(
        "id",
        ("id", "gate id"),
        read_id,
        about="An id for the gate itself. Leave it blank if you need none.",
    ),
    Column(
        "origin",
        ("origin",),
        choose(ORIGINS, "origin of a gate"),
        about="Where it comes from. Leave it blank in new rows.",
        choices=tuple(ORIGINS),
    ),
)

_PLAIN: Final = (
    "order",
    "decision",
    "papers_lead",
    "state",
    "confidence",
    "reason",
    "origin",
    "id",
)


def _merge(desk: Desk, rows: Sequence[RegisterRow]) -> None:
    for row in rows:
        item, board = desk.item(row), desk.board(row)
        if item is None or board is None:
            continue
        place = _find_gate(desk, row, item, board.id)
        known = None if place is None else desk.gates[place]
        order = row.get("order") or (1 if known is None else known.order)
        if desk.is_repeated("gate", row.get("id") or (item, board.id, order), row):
            continue
        if known is not None and (known.item, known.board) != (item, board.id):
            message = f'The id "{known.id}" belongs to the gate of {known.board} on {known.item}'
            desk.refuse(row, "id", "duplicate-id", message, item)
        elif place is None or known is None:
            desk.gates.append(_make(desk, row, item, board.id))
            desk.count("gate", new=True)
        else:
            _change(desk, row, place, known)


def _find_gate(desk: Desk, row: RegisterRow, item: str, board: str) -> int | None:
    """Return the place of the gate that a row is about: by id, else by item, board and order."""
    wanted = row.get("id")
    here = [
        (n, gate) for n, gate in enumerate(desk.gates) if (gate.item, gate.board) == (item, board)
    ]
    if wanted is not None:
        named = [n for n, gate in enumerate(desk.gates) if gate.id == wanted]
        return (
            next(iter(named), None) if named else _only(row, [p for p in here if p[1].id is None])
        )
    return _only(row, here)


def _only(row: RegisterRow, gates: Sequence[tuple[int, Gate]]) -> int | None:
    order = row.get("order")
    fitting = [place for place, gate in gates if order in {None, gate.order}]
    return fitting[0] if fitting else None


def _make(desk: Desk, row: RegisterRow, item: str, board: str) -> Gate:
    said: dict[str, Any] = {name: row.values[name] for name in _PLAIN if name in row.values}
    if row.get("state") == "proposed":
        said.setdefault("confidence", 0.5)  # as likely as not
    said |= {"item": item, "board": board, "evidence": (desk.evidence_of(row),)}
    return Gate.model_validate({**said, "decided": decision_of(row)})


def _change(desk: Desk, row: RegisterRow, place: int, known: Gate) -> None:
    found = find_news(row, _show(known))
    news: dict[str, Any] = {name: found[name] for name in _PLAIN if name in found}
    if known.decided is None or {"by", "at", "why"} & found.keys():
        decision = decision_of(row)
        if decision is not None:
            news["decided"] = decision
    if news.get("state") == "accepted" and "confidence" not in row.values:
        news["confidence"] = 1.0
    if news:
        others = (one for one in known.evidence if one.source.source != desk.source_id(row))
        news["evidence"] = (*others, desk.evidence_of(row))
        desk.gates[place] = known.model_copy(update=news)
        desk.count("gate", new=False)


def _show(gate: Gate) -> dict[str, str]:
    decided = gate.decided
    at = None if decided is None else decided.at
    return {
        "item": gate.item,
        "board": gate.board,
        "order": str(gate.order),
        "decision": gate.decision,
        "papers_lead": "" if gate.papers_lead is None else str(gate.papers_lead),
        "state": gate.state,
        "confidence": show_share(gate.confidence),
        "reason": gate.reason or "",
        "by": (decided and decided.by) or "",
        "at": "" if at is None else write_moment(at),
        "why": (decided and decided.why) or "",
        "id": gate.id or "",
        "origin": gate.origin,
    }


def _show_all(plan: Plan) -> Iterator[dict[str, str]]:
    for gate in plan.gates:
        yield _show(gate) | {"item_title": plan.index.items[gate.item].title}


GATES: Final = RegisterKind(
    "Gates",
    "gate",
    "Items that a board must approve.",
    _COLUMNS,
    _merge,
    _show_all,
    names=("approvals", "decisions", "decision points"),
)
