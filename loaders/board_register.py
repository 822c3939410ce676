"""Registers of boards: what they are, what they oversee, and how long before papers are due."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphmodel.breakdown import find_parent_circle
from graphmodel.people import Board
from loaders.body_rows import add_spellings, find_body, free_body_id
from loaders.columns import Column
from loaders.register_cells import choose, read_id, read_ids, read_length, read_words
from loaders.register_rows import RegisterKind, find_news, join

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from loaders.register_desk import Desk
    from loaders.register_rows import RegisterRow

__all__ = ["BOARDS", "PAPERS_LEAD"]

_KINDS: Final[dict[str, tuple[str, ...]]] = {
    "decision": ("decision", "decides", "decision making", "cabinet", "committee"),
    "assurance": ("assurance", "assures", "scrutiny", "audit"),
    "advisory": ("advisory", "advises", "working group", "panel"),
    "external": ("external", "partner", "commissioners"),
}

#: A heading that several registers share.
PAPERS_LEAD: Final = (
    *("papers lead", "papers due", "papers deadline", "lead time for papers", "paper deadline"),
)

_COLUMNS: Final = (
    Column(
        "id",
        ("id", "board id"),
        read_id,
        about="A short id that stays the same. Leave it blank for a new board.",
    ),
    Column(
        "title",
        ("title", "board", "board title", "name", "board name", "committee"),
        read_words,
        about="The full name of the board.",
    ),
    Column(
        "also",
        ("also", "also known as", "abbreviation", "spellings", "other spellings", "acronym"),
        read_ids,
        about="Abbreviations and other spellings, parted by semicolons.",
    ),
    Column(
        "kind",
        ("kind", "type", "board type"),
        choose(_KINDS, "kind of board"),
        about="Whether it decides, assures or advises, or is external.",
        choices=tuple(_KINDS),
    ),
    Column(
        "oversees",
        ("oversees", "items", "remit", "scope"),
        read_ids,
        about="Ids of the themes or objectives it watches over, parted by semicolons.",
    ),
    Column("chair", ("chair", "chaired by", "chairman"), read_words, about="Who chairs it."),
    Column(
        "members",
        ("members", "membership"),
        read_ids,
        about="Its members, parted by semicolons.",
    ),
    Column(
        "reports_to",
        ("reports to", "parent board", "escalates to"),
        read_words,
        about="The id or title of the board it reports to.",
    ),
    Column(
        "papers_lead",
        PAPERS_LEAD,
        read_length,
        about="How long before a meeting papers are due: 10wd, 2w.",
    ),
)

_PLAIN: Final = ("title", "also", "kind", "chair", "members", "papers_lead")


def _merge(desk: Desk, rows: Sequence[RegisterRow]) -> None:
    named: list[tuple[RegisterRow, str]] = []
    for row in rows:
        usable, known = find_body(desk, desk.boards, row)
        if not usable:
            continue
        wanted = free_body_id(desk, desk.boards, row) if known is None else known.id
        if not desk.is_repeated("board", wanted, row):
            named.append((row, wanted))
            _put(desk, row, known, wanted)
    for row, wanted in named:
        if "reports_to" in row.values:
            _set_higher(desk, row, wanted)


def _put(desk: Desk, row: RegisterRow, known: Board | None, wanted: str) -> None:
    found = find_news(row, {} if known is None else _show(known))
    news: dict[str, Any] = {name: found[name] for name in _PLAIN if name in found}
    if "oversees" in found:
        news["oversees"] = _check_items(desk, row, found["oversees"])
    if known is None:
        desk.boards.put(Board.model_validate({**news, "id": wanted, "source": desk.source_of(row)}))
        desk.count("board", new=True)
        return
    add_spellings(known, row, news)
    if news:
        desk.boards.put(known.model_copy(update=news))
        desk.count("board", new=False)


def _check_items(desk: Desk, row: RegisterRow, wanted: Sequence[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for name in wanted:
        fault = desk.finder.find_fault(name, None)
        if fault is None:
            kept.append(name)
        else:
            message = f"{fault.message}; the board does not oversee it"
            desk.tell(row.place("oversees"), fault.code, "error", message)
    return tuple(kept)


def _set_higher(desk: Desk, row: RegisterRow, wanted: str) -> None:
    board = desk.boards.by_id[wanted]
    words: str = row.values["reports_to"]
    if words == board.reports_to:
        return
    place = row.place("reports_to")
    higher = desk.boards.find(words)
    if higher is None:
        message = f"{desk.boards.explain(words)}; {wanted} reports to nobody by this row"
        desk.tell(place, "unknown-board", "error", message)
        return
    above = {one.id: one.reports_to for one in desk.boards} | {wanted: higher.id}
    circle = find_parent_circle(above)
    if wanted in circle:
        message = f"Boards would report to each other in a circle: {', '.join(circle)}"
        desk.tell(place, "board-circle", "error", f"{message}; this step is not used")
        return
    desk.boards.put(board.model_copy(update={"reports_to": higher.id}))
    desk.count("board", new=False)


def _show(board: Board) -> dict[str, str]:
    return {
        "id": board.id,
        "title": board.title,
        "also": join(board.also),
        "kind": board.kind,
        "oversees": join(board.oversees),
        "chair": board.chair or "",
        "members": join(board.members),
        "reports_to": board.reports_to or "",
        "papers_lead": "" if board.papers_lead is None else str(board.papers_lead),
    }


def _show_all(plan: Plan) -> Iterator[dict[str, str]]:
    return map(_show, plan.boards)


BOARDS: Final = RegisterKind(
    "Boards",
    "board",
    "Bodies that decide, assure or advise.",
    _COLUMNS,
    _merge,
    _show_all,
    names=("committees", "governance"),
    tells=frozenset({"oversees", "chair", "members", "reports_to", "papers_lead"}),
)
