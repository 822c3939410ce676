"""Working calendars of random plans: ordinary weeks, long days, shifts at night, holidays."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.oracle.dice import write

if TYPE_CHECKING:
    from tests.oracle.dice import Dice

__all__ = ["add_calendars"]

_FIVE = ("mon", "tue", "wed", "thu", "fri")
_SEVEN = (*_FIVE, "sat", "sun")

_WHOLE = [["00:00", "24:00"]]
_HOURS: dict[str, dict[str, Any]] = {
    "office": {"week": {day: [["09:00", "17:00"]] for day in _FIVE}},
    "lunch": {"week": {day: [["08:00", "12:00"], ["12:30", "16:30"]] for day in _FIVE}},
    "long": {"week": {day: [["07:00", "17:00"]] for day in _FIVE[:4]}, "hours_per_day": 10},
    "night": {"week": {day: [["22:00", "06:00"]] for day in _FIVE}},
    "always": {"week": dict.fromkeys(_SEVEN, _WHOLE), "hours_per_day": 24},
    "mixed": {
        "week": {
            "mon": [["09:00", "17:00"]],
            "wed": [["13:00", "20:00"]],
            "sat": [["10:00", "12:00"]],
        },
        "hours_per_day": 7.5,
    },
}
#: Calendars in which every shift is a whole day, for plans that hold whole days only.
_DAYS: dict[str, dict[str, Any]] = {
    "five": {"week": dict.fromkeys(_FIVE, _WHOLE), "hours_per_day": 24},
    "six": {"week": dict.fromkeys(_SEVEN[:6], _WHOLE), "hours_per_day": 24},
    "always": _HOURS["always"],
}


def add_calendars(dice: Dice, document: dict[str, Any], *, whole_days: bool) -> None:
    """Give a plan one to three calendars, and some items one of them, or England's."""
    kinds = _DAYS if whole_days else _HOURS
    names = dice.some(sorted(kinds), 1, 3)
    document["calendars"] = [
        {"id": name, **kinds[name], "exceptions": _exceptions(dice, kinds[name])} for name in names
    ]
    above = dice.pick([None, None, "england", *names])
    if above is not None:
        document["calendars"].append(_child(dice, kinds, above))
        names = [*names, "child"]
    known = [*names, "england"]
    document["calendar"] = dice.pick([None, None, *known])
    for item in document["items"]:
        if dice.once_in(2):
            item["calendar"] = dice.pick(known)


def _exceptions(dice: Dice, kind: dict[str, Any]) -> list[dict[str, Any]]:
    """Holidays of one day to three weeks, and days with hours of their own."""
    found: list[dict[str, Any]] = []
    for _ in range(dice.number(0, 2)):
        first = dice.day()
        last = first + timedelta(days=dice.pick([0, 0, 1, 4, 20]))
        one: dict[str, Any] = {"from": write(first), "to": write(last)}
        if dice.once_in(3):
            one["to"] = one["from"]
            one["hours"] = next(iter(kind["week"].values()))[:1]
        found.append(one)
    return found


def _child(dice: Dice, kinds: dict[str, dict[str, Any]], above: str) -> dict[str, Any]:
    """A calendar that builds on another: a week of its own, or that of its parent."""
    kind = kinds.get(above, kinds[min(kinds)])
    child = {"id": "child", "parent": above, "hours_per_day": kind.get("hours_per_day", 8)}
    if above == "england" or dice.once_in(2):
        child["week"] = {day: kind["week"][day] for day in list(kind["week"])[:5]}
    child["exceptions"] = _exceptions(dice, kind)[:1]
    return child
