"""Boards, gates, blackouts and officers of random plans: meetings close to what they wait for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from tests.oracle.dice import write

if TYPE_CHECKING:
    from tests.oracle.dice import Dice

__all__ = ["add_boards"]

_RULES = [
    "FREQ=MONTHLY;BYDAY=3TU",
    "FREQ=MONTHLY;BYMONTHDAY=28",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH",
    "FREQ=MONTHLY;BYDAY=2WE;COUNT=8",
    "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20280331",
]
_LEADS = (None, None, "5d", "10d", "3d", "1w", "10wd", "3wd", "0d")
_TAGS = ("consultation", "tender")


def add_boards(dice: Dice, document: dict[str, Any]) -> None:
    """Give a plan boards and gates; dates of many items fall into the same two months."""
    items = document["items"]
    parents = {item.get("parent") for item in items}
    names = ["x", "y"][: dice.number(1, 2)]
    month = dice.number(6, 11)
    document["boards"] = [
        {
            "id": name,
            "title": name,
            "papers_lead": dice.pick(_LEADS),
            "meetings": _meetings(dice, month),
            "oversees": dice.some([one["id"] for one in items], 0, 1),
        }
        for name in names
    ]
    for item in items:
        _crowd(dice, item, month)
    gates: list[dict[str, Any]] = []
    for item in items:
        if dice.once_in(3) and _can_be_gate(item, is_parent=item["id"] in parents):
            item.pop("constraints", None)
            by_day = item.get("planned", {}).get("precision") == "day"
            for order in range(1, 1 + dice.pick([1, 2] if by_day else [1])):
                state = dice.pick(["accepted"] * 5 + ["proposed"])
                gate = {"id": f"{item['id']}{order}", "item": item["id"], "order": order}
                gate |= {"board": dice.pick(names), "state": state}
                gates.append(gate | {"papers_lead": dice.pick(_LEADS)})
    document["gates"] = gates
    document["blackouts"] = _blackouts(dice, names)
    _people(dice, document)


def _can_be_gate(item: dict[str, Any], *, is_parent: bool) -> bool:
    planned = item.get("planned", {})
    special = item.get("type") == "loe" or item.get("scheduling") in {"fixed", "logic"}
    logic = "duration" in item and item.get("scheduling") != "planned"
    special |= item.get("status") == "in_progress"
    open_end = planned.get("precision") in {"from", "ongoing"}
    return not special and not open_end and (is_parent or not logic)


def _meetings(dice: Dice, month: int) -> dict[str, Any]:
    first = date(2026, month, 1)
    dates = [first + timedelta(days=dice.number(-45, 75)) for _ in range(dice.number(0, 5))]
    found: dict[str, Any] = {"dates": [write(day) for day in dates]}
    if dice.once_in(3):
        found["rule"] = dice.pick(_RULES)
    if dates and dice.once_in(3):
        found["cancelled"] = [write(dice.pick(dates))]
    return found


def _crowd(dice: Dice, item: dict[str, Any], month: int) -> None:
    """Date many milestones by month: the last days of the same two or three."""
    planned = item.get("planned", {})
    if "finish" not in planned or "start" in planned or dice.once_in(4):
        return
    first = date(2026, month + dice.pick([0, 0, 0, 1]), 1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    planned["finish"] = write(after - timedelta(days=1))
    planned["precision"] = dice.pick(["month", "month", "month", "quarter", "day"])


def _blackouts(dice: Dice, boards: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for _ in range(dice.pick([0, 0, 1, 2])):
        first = dice.day(120)
        last = first + timedelta(days=dice.number(0, 45))
        one: dict[str, Any] = {"start": write(first), "finish": write(last)}
        one["boards"] = dice.some(boards, 0, 1)
        one["tags"] = dice.some(_TAGS, 0, 1)
        found.append(one)
    return found


def _people(dice: Dice, document: dict[str, Any]) -> None:
    """Officers, who holds which item, tags and divisions."""
    document["officers"] = [{"id": "o1"}, {"id": "o2"}]
    document["assignments"] = [
        {
            "officer": dice.pick(["o1", "o2"]),
            "item": item["id"],
            "role": dice.pick(["responsible", "responsible", "delivery_lead"]),
        }
        for item in document["items"]
        if dice.once_in(3)
    ]
    parents = {item.get("parent") for item in document["items"]}
    for item in document["items"]:
        chosen = dice.number(0, 5)
        if chosen < len(_TAGS) and item["id"] not in parents and item.get("type") != "loe":
            item["tags"] = [_TAGS[chosen]]
        elif chosen == len(_TAGS):
            item["division"] = "north"
