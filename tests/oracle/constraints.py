"""Date constraints: floors, caps and pins (DESIGN 5.3.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.oracle.dates import finish_of, start_of
from tests.oracle.places import Bound

if TYPE_CHECKING:
    from datetime import datetime

    from graphmodel.items import Item

__all__ = ["finish_caps", "finish_floors", "is_alap", "pin", "start_caps", "start_floors"]


def start_floors(item: Item) -> list[Bound]:
    """SNET, and MSO, which is a lower and an upper bound."""
    return [Bound(start_of(one), "start") for one in _dates(item, "SNET", "MSO")]


def finish_floors(item: Item) -> list[Bound]:
    """FNET, and MFO, which is a lower and an upper bound."""
    return [Bound(finish_of(one), "finish") for one in _dates(item, "FNET", "MFO")]


def start_caps(item: Item) -> list[datetime]:
    """SNLT and MSO cap the late start."""
    return [start_of(one) for one in _dates(item, "SNLT", "MSO")]


def finish_caps(item: Item) -> list[datetime]:
    """FNLT, MFO and deadlines cap the late finish."""
    caps = [finish_of(one) for one in _dates(item, "FNLT", "MFO")]
    return caps + [finish_of(one.date) for one in item.deadlines]


def pin(item: Item) -> Bound | None:
    """Return the date that a hard MSO or MFO pins, as a start or as a finish."""
    for one in item.constraints:
        if one.hard and one.date is not None and one.type == "MSO":
            return Bound(start_of(one.date), "start")
        if one.hard and one.date is not None and one.type == "MFO":
            return Bound(finish_of(one.date), "finish")
    return None


def is_alap(item: Item) -> bool:
    """Whether an item is to lie as late as possible."""
    return any(one.type == "ALAP" for one in item.constraints)


def _dates(item: Item, *types: str) -> list[Any]:
    return [one.date for one in item.constraints if one.type in types and one.date is not None]
