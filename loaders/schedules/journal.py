"""What is wrong with a schedule, told with the line of the file it stands on."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from graphmodel.moments import FIRST_YEAR, LAST_YEAR
from graphmodel.problems import Place, Problem

if TYPE_CHECKING:
    from graphmodel.problems import Severity

__all__ = ["Journal"]


class Journal:
    """Problems with one file, in the order they are found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def tell(
        self,
        code: str,
        severity: Severity,
        message: str,
        line: int | None = None,
        items: tuple[str, ...] = (),
    ) -> None:
        """Keep a problem; ``line`` counts from 1."""
        self.problems.append(Problem(code, severity, message, items, Place(self.file, line)))

    def moment(
        self, value: date | None, what: str, line: int | None = None, items: tuple[str, ...] = ()
    ) -> date | None:
        """Return a date to the minute, or None with a problem where it is in no known year."""
        if value is None:
            return None
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            self.tell(
                "date-out-of-range",
                "warning",
                f"{what} lies in the year {value.year}, outside {FIRST_YEAR} to {LAST_YEAR}: it "
                "is left out.",
                line,
                items,
            )
            return None
        if isinstance(value, datetime):
            return value.replace(second=0, microsecond=0, tzinfo=None)
        return value
