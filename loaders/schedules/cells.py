"""Cells of files as numbers, dates and spans; what cannot be read is told."""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from loaders.schedules.tasks import work_span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphmodel.spans import Span
    from loaders.schedules.journal import Journal

__all__ = ["Cells", "Fields"]

T = TypeVar("T")

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::\d\d)?)?", re.ASCII)
_QUOTED: Final = 40


class Fields(Protocol):
    """A row of a table or an element of XML: texts by name, blank where there is none."""

    @property
    def line(self) -> int:
        """Line of the file, from 1."""

    def __getitem__(self, name: str, /) -> str: ...


class Cells:
    """Reads cells of rows."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._dates: dict[str, datetime] = {}

    def number(self, row: Fields, name: str) -> float | None:
        """Return a number; a comma may stand for the decimal point."""
        text = row[name]
        if not text:
            return None
        try:
            value = float(text if "." in text else text.replace(",", "."))
        except ValueError:
            value = math.nan
        if math.isfinite(value):
            return value
        self.refuse(row, name, "number")
        return None

    def hours(self, row: Fields, name: str) -> Span | None:
        """Return hours of work as a span."""
        value = self.number(row, name)
        return None if value is None else work_span(value * 60)

    def date(self, row: Fields, name: str) -> datetime | None:
        """Return a date with its time of day."""
        text = row[name]
        if not text:
            return None
        known = self._dates.get(text)
        if known is not None:
            return known
        match = _DATE.fullmatch(text)
        try:
            found = match and datetime.fromisoformat(match.group())
        except ValueError:
            found = None
        if found:
            self._dates[text] = found
            return found
        self.refuse(row, name, "date")
        return None

    def choice(self, row: Fields, name: str, choices: Mapping[str, T], default: T) -> T:
        """Return what a code stands for; ``default`` for a blank, and for a code unknown here."""
        text = row[name]
        if text and text not in choices:
            self.refuse(row, name, "code known here")
        return choices.get(text, default)

    def refuse(self, row: Fields, name: str, wanted: str) -> None:
        """Tell that a cell holds no such thing."""
        self._journal.tell(
            "cell-not-read",
            "warning",
            f'The field {name} holds "{row[name][:_QUOTED]}", which is no {wanted}: it is taken as '
            "blank.",
            row.line,
        )
