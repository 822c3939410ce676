"""Registers of blackouts: days on which boards do not meet and tagged items cannot start.

A blackout has no id. It is known by its reason where only one has it, else by its days: so its days
can change, and another with the same days can be added.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphmodel.moments import finish_instant, start_instant, write_moment
from graphmodel.people import Blackout
from loaders.columns import Column
from loaders.item_cells import parse_list
from loaders.register_cells import read_ids, read_moment, read_words
from loaders.register_rows import RegisterKind, find_news, join

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from loaders.register_desk import Desk
    from loaders.register_rows import RegisterRow

__all__ = ["BLACKOUTS"]

_COLUMNS: Final = (
    Column(
        "start",
        ("start", "from", "start date", "first day", "begins", "from date"),
        read_moment,
        needed=True,
        about="The first day.",
    ),
    Column(
        "finish",
        ("finish", "to", "end", "end date", "finish date", "last day", "until", "to date", "ends"),
        read_moment,
        needed=True,
        about="The last day.",
    ),
    Column(
        "reason",
        ("reason", "blackout", "why", "what", "period", "description"),
        read_words,
        about="What the reason is: pre-election period.",
    ),
    Column(
        "boards",
        ("boards", "board", "boards affected", "no meetings of"),
        read_ids,
        about="Ids of boards that do not meet, parted by semicolons.",
    ),
    Column(
        "tags",
        ("tags", "tag", "items tagged", "applies to"),
        parse_list,
        about="Tags of items that cannot start then, parted by semicolons: consultation.",
    ),
)


def _merge(desk: Desk, rows: Sequence[RegisterRow]) -> None:
    waiting = list(range(len(desk.blackouts)))
    made: list[RegisterRow] = []
    exact: list[tuple[RegisterRow, int]] = []
    for row in rows:
        if not _is_usable(desk, row):
            continue
        place = next((n for n in waiting if _is_same(desk.blackouts[n], row)), None)
        if place is None:
            made.append(row)
        else:
            waiting.remove(place)
            exact.append((row, place))
    for row, place in exact:
        _change(desk, row, place)
    for row in made:
        reason = row.get("reason")
        named = [n for n in waiting if reason is not None and desk.blackouts[n].reason == reason]
        if len(named) == 1 and sum(one.get("reason") == reason for one in made) == 1:
            waiting.remove(named[0])
            _change(desk, row, named[0])
        else:
            _add(desk, row)


def _is_usable(desk: Desk, row: RegisterRow) -> bool:
    start, finish = row.values["start"], row.values["finish"]
    if start_instant(start) >= finish_instant(finish):
        message = (
            f"The blackout from {write_moment(start)} to {write_moment(finish)} ends before it "
            "starts"
        )
        desk.refuse(row, "finish", "range-reversed", message)
        return False
    return not desk.is_repeated("blackout", (start, finish, row.get("reason")), row)


def _is_same(blackout: Blackout, row: RegisterRow) -> bool:
    news = find_news(row, _show(blackout))
    return not {"start", "finish", "reason"} & news.keys()


def _change(desk: Desk, row: RegisterRow, place: int) -> None:
    known = desk.blackouts[place]
    found = find_news(row, _show(known))
    news: dict[str, Any] = {
        name: found[name] for name in ("start", "finish", "tags") if name in found
    }
    if "boards" in found:
        news["boards"] = _find_boards(desk, row)
    if news:
        desk.blackouts[place] = known.model_copy(update=news)
        desk.count("blackout", new=False)


def _add(desk: Desk, row: RegisterRow) -> None:
    boards = _find_boards(desk, row)
    tags = row.get("tags") or ()
    said = {name: row.values[name] for name in ("start", "finish", "reason") if name in row.values}
    desk.blackouts.append(Blackout(**said, boards=boards, tags=tags))
    desk.count("blackout", new=True)
    if not boards and not tags:
        message = "The blackout names no board and no tag, so it holds nothing up"
        desk.tell(row.place("boards"), "blackout-without-effect", "warning", message)


def _find_boards(desk: Desk, row: RegisterRow) -> tuple[str, ...]:
    kept: list[str] = []
    for words in row.get("boards") or ():
        board = desk.boards.find(words)
        if board is None:
            message = f"{desk.boards.explain(words)}; the blackout does not hold it"
            desk.tell(row.place("boards"), "unknown-board", "error", message)
        else:
            kept.append(board.id)
    return tuple(dict.fromkeys(kept))


def _show(blackout: Blackout) -> dict[str, str]:
    return {
        "start": write_moment(blackout.start),
        "finish": write_moment(blackout.finish),
        "reason": blackout.reason or "",
        "boards": join(blackout.boards),
        "tags": join(blackout.tags),
    }


def _show_all(plan: Plan) -> Iterator[dict[str, str]]:
    return map(_show, plan.blackouts)


BLACKOUTS: Final = RegisterKind(
    "Blackouts",
    "blackout",
    "Days on which boards do not meet and tagged items cannot start.",
    _COLUMNS,
    _merge,
    _show_all,
    names=("pre-election", "closed periods", "purdah", "no meetings"),
    tells=frozenset({"boards", "tags", "reason"}),
)
