"""How the cells of a workbook are to be shown: percentages, dates, coloured fills.

openpyxl reads the styles; it keeps them by the number that cells name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from graphmodel.moments import write_moment
from loaders.cellcolours import read_fill, read_theme

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CellStyles", "read_styles"]


@dataclass(frozen=True, slots=True)
class CellStyles:
    """The texts that cells hold by number, and for each style whether it is a date, …, and its RAG.

    ``epoch`` is the day that the serial number of a date is counted from.
    """

    strings: Sequence[str]
    dates: frozenset[int]
    percents: frozenset[int]
    colours: dict[int, str]
    epoch: datetime
    _days: dict[str, str] = field(default_factory=dict)

    def show_number(self, text: str, style: int) -> str:
        """Return a number as a person would type it."""
        if style in self.dates:
            shown = self._days.get(text)
            if shown is None:
                shown = self._days[text] = _show_date(text, self.epoch)
            return shown
        if style in self.percents:
            return f"{float(text) * 100:.10g}%"
        return text if text.isdecimal() and len(text) < len("1e15e15") else f"{float(text):.15g}"


def _show_date(text: str, epoch: datetime) -> str:
    from openpyxl.utils.datetime import from_excel  # noqa: PLC0415 - heavy

    try:
        value = from_excel(float(text), epoch)
    except (ValueError, OverflowError):  # a number that is no day of the calendar
        return text
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        value = value.date()
    return write_moment(value) if isinstance(value, date) else str(value)


def read_styles(book: Any) -> CellStyles:
    """Return the styles of a workbook that openpyxl has opened in its read-only mode."""
    from openpyxl.styles.numbers import (  # noqa: PLC0415 - heavy
        BUILTIN_FORMATS,
        is_date_format,
        is_timedelta_format,
    )

    theme = read_theme(book.loaded_theme)
    # openpyxl has no public way to its tables of styles without a look-up for each single cell.
    formats: Sequence[str] = book._number_formats  # noqa: SLF001
    fills = [read_fill(fill, theme) for fill in book._fills]  # noqa: SLF001
    dates, percents, colours = set(), set(), {}
    for number, style in enumerate(book._cell_styles):  # noqa: SLF001
        own = style.numFmtId - _BUILTIN
        form = formats[own] if 0 <= own < len(formats) else BUILTIN_FORMATS.get(style.numFmtId, "")
        if "%" in form:
            percents.add(number)
        elif is_date_format(form) and not is_timedelta_format(form):
            dates.add(number)
        colour = fills[style.fillId] if style.fillId < len(fills) else None
        if colour is not None:
            colours[number] = colour
    strings = getattr(book.worksheets[0], "_shared_strings", ()) if book.worksheets else ()
    return CellStyles(strings, frozenset(dates), frozenset(percents), colours, book.epoch)


#: Number formats from here on are the workbook's own.
_BUILTIN = 164
