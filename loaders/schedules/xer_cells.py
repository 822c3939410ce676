"""Cells of XER tables as numbers, dates and spans; what cannot be read is told once each."""

from __future__ import annotations

import math
import re
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeVar

from loaders.schedules.tasks import work_span

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphmodel.spans import Span
    from loaders.schedules.journal import Journal
    from loaders.schedules.xer_tables import Row

__all__ = ["Cells", "plain_text"]

T = TypeVar("T")

_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::\d\d)?)?", re.ASCII)
#: P6 writes the end of a line inside a cell as two of these.
_BREAK: Final = "\x7f\x7f"
_TAG = re.compile(r"<[^<>]*>")
_QUOTED: Final = 40


class Cells:
    """Reads cells of rows."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._dates: dict[str, datetime] = {}

    def number(self, row: Row, name: str) -> float | None:
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
        self._refuse(row, name, "number")
        return None

    def hours(self, row: Row, name: str) -> Span | None:
        """Return hours of work as a span."""
        value = self.number(row, name)
        return None if value is None else work_span(value * 60)

    def date(self, row: Row, name: str) -> datetime | None:
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
        self._refuse(row, name, "date")
        return None

    def choice(self, row: Row, name: str, choices: Mapping[str, T], default: T) -> T:
        """Return what a code stands for; ``default`` for a blank, and for a code unknown here."""
        text = row[name]
        if text and text not in choices:
            self._refuse(row, name, "code known here")
        return choices.get(text, default)

    def _refuse(self, row: Row, name: str, wanted: str) -> None:
        self._journal.tell(
            "cell-not-read",
            "warning",
            f'The field {name} holds "{row[name][:_QUOTED]}", which is no {wanted}: it is taken as '
            "blank.",
            row.line,
        )


def plain_text(text: str) -> str:
    """Return a note of P6 without its mark-up, lines kept."""
    import html  # noqa: PLC0415 - few files hold notes

    lines = re.sub(r"<br\s*/?>|</p>", "\n", text.replace(_BREAK, "\n"), flags=re.IGNORECASE)
    return html.unescape(_TAG.sub("", lines)).strip()
