"""The vesting day of a plan: when its council hands over to a new one, if the plan says so.

Looked for in this order, each in the order of the file:

1. An external item called "vesting day" (or the like), by its date.
2. A deadline whose kind says so.
3. A day that stands beside the words, in a title or in the wording of a date: "1 April 2028
   (vesting day)", "vesting day: 1 April 2028".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.mentions import find_dates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from graphmodel.items import Item
    from graphmodel.mentions import DateMention
    from graphmodel.plan import Plan

__all__ = ["VestingDay", "find_vesting_day"]

_WORDS = re.compile(r"\bvesting[\s-]+(?:day|date)\b", re.IGNORECASE)
_BEFORE = re.compile(r"[\s,:(\u2010-\u2015-]*(?:(?:is|on|of|by|from)\s+)?[\s(]*")
_AFTER = re.compile(r"[\s,:(\u2010-\u2015-]*(?:(?:is|as|the)\s+)*")
_EXACT: Final = frozenset({"day", "range"})


@dataclass(frozen=True, slots=True)
class VestingDay:
    """The day, and the item that says it."""

    day: date
    item: str


def find_vesting_day(plan: Plan) -> VestingDay | None:
    """Return the vesting day that a plan states, or None."""
    for look in (_external, _deadlines, _worded):
        for found in look(plan):
            return found
    return None


def _external(plan: Plan) -> Iterator[VestingDay]:
    for item in plan.items:
        if item.external and _WORDS.search(item.title):
            day = item.planned.finish or item.planned.start or item.due
            if day is not None:
                yield VestingDay(day, item.id)


def _deadlines(plan: Plan) -> Iterator[VestingDay]:
    for item in plan.items:
        for deadline in item.deadlines:
            if deadline.kind is not None and _WORDS.search(deadline.kind):
                yield VestingDay(deadline.date, item.id)


def _worded(plan: Plan) -> Iterator[VestingDay]:
    for item in plan.items:
        for text in _texts(item):
            match = _WORDS.search(text)
            while match is not None:
                day = _beside(text, match.start(), match.end())
                if day is not None:
                    yield VestingDay(day, item.id)
                match = _WORDS.search(text, match.end())


def _texts(item: Item) -> tuple[str, ...]:
    return (item.title,) if item.planned.text is None else (item.planned.text, item.title)


def _beside(text: str, begin: int, end: int) -> date | None:
    """Return the day that ends just before these words, or begins just after them."""
    for mention in find_dates(text):
        if mention.partial.planned.precision not in _EXACT:
            continue
        if _stands_before(text, mention, begin):
            return mention.partial.planned.finish
        if mention.begin >= end and _BEFORE.fullmatch(text, end, mention.begin):
            planned = mention.partial.planned
            return planned.start or planned.finish
    return None


def _stands_before(text: str, mention: DateMention, begin: int) -> bool:
    return mention.end <= begin and _AFTER.fullmatch(text, mention.end, begin) is not None
