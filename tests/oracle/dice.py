"""Quick draws for the random plans: whole numbers only, from strategies that are made once.

Plans take some hundred draws each. Hypothesis checks every strategy that it sees for the first
time, which costs more than the draw, so everything here is a number from one of few ranges. Low
numbers are the simple choice: examples shrink towards them.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["FIRST", "Dice", "write"]

T = TypeVar("T")

FIRST = date(2026, 1, 1)
_HORIZON = 550
_MONTHS = 17


class Dice:
    """Draws for one example."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def number(self, low: int, high: int) -> int:
        """Return a number, both ends included."""
        return low if low == high else self._draw(_numbers(low, high))

    def once_in(self, times: int) -> bool:
        """Return whether something that happens once in so many times happens."""
        return self.number(1, times) == times

    def pick(self, options: Sequence[T]) -> T:
        """Return one of some options, the simplest first."""
        return options[self.number(0, len(options) - 1)]

    def some(self, options: Sequence[T], low: int, high: int) -> list[T]:
        """Return so many different options."""
        left = list(options)
        count = self.number(min(low, len(left)), min(high, len(left)))
        return [left.pop(self.number(0, len(left) - 1)) for _ in range(count)]

    def shuffle(self, options: Sequence[T]) -> list[T]:
        """Return the options in any order."""
        return self.some(options, len(options), len(options))

    def day(self, first: int = 0) -> date:
        """Return a day: any, but ends and beginnings of months as often."""
        if self.once_in(2):
            return FIRST + timedelta(days=self.number(first, _HORIZON))
        month = self.number(max(first // 30, 1), _MONTHS)
        turn = date(2026 + month // 12, month % 12 + 1, 1)
        return turn + timedelta(days=self.pick([0, -1, -1, -2, -3]))

    def moment(self) -> datetime:
        """Return a day with a time."""
        return datetime.combine(self.day(), self.pick([time(9, 30), time(12), time(17), time(0)]))


@cache
def _numbers(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high)


def write(moment: date) -> str:
    """Return a date, or a date with time, as plan files hold it."""
    if isinstance(moment, datetime):
        return moment.strftime("%Y-%m-%dT%H:%M")
    return moment.isoformat()
