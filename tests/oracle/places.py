"""Where an item lies, what it may not lie before, and how its instants are shown (DESIGN 5.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.oracle.dates import Side, show

if TYPE_CHECKING:
    from datetime import date, datetime

__all__ = ["NOWHERE", "Bound", "Place", "side_of"]


@dataclass(frozen=True)
class Bound:
    """An instant that something may not lie before, and how it is shown (5.1)."""

    instant: datetime
    side: Side


@dataclass(frozen=True)
class Place:
    """Where an item lies, and how its two instants are shown."""

    start: datetime | None = None
    finish: datetime | None = None
    start_side: Side = "start"
    finish_side: Side = "finish"

    @classmethod
    def of(cls, start: datetime, finish: datetime, side: Side = "finish") -> Place:
        """Return a place; ``side`` shows the one instant of a zero-length item (5.1)."""
        return cls(start, finish, side, side) if start == finish else cls(start, finish)

    @property
    def shown_start(self) -> date | None:
        """The day people see as the start."""
        return None if self.start is None else show(self.start, self.start_side)

    @property
    def shown_finish(self) -> date | None:
        """The day people see as the finish."""
        return None if self.finish is None else show(self.finish, self.finish_side)


NOWHERE = Place()


def side_of(instant: datetime, bounds: list[Bound]) -> Side:
    """A finish-type bound at the instant wins over a start-type one."""
    sides = [bound.side for bound in bounds if bound.instant == instant]
    return "start" if sides and "finish" not in sides else "finish"
