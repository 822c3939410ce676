"""A report as one HTML page: no scripts, no addresses, printable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from viz.charts.draw import draw_svg
from viz.page import FILE, make_environment
from viz.paper.blocks import Spread, ends_of, show_cell, tell_rest
from viz.words import show_month

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from viz.page import Frame
    from viz.paper.blocks import Paper, Table

__all__ = ["block_words", "draw_report"]

#: Pixels of the small line of a trend: from its first report to its last, and up and down.
_WIDE: Final = 112
_HIGH: Final = 18
_EDGE: Final = 4


def draw_report(paper: Paper, *, frame: Frame = FILE) -> str:
    """Return a report as one HTML page, by default a file by itself."""
    environment = make_environment()
    environment.globals |= {
        **frame.dress(),
        "page": {
            "title": f"{paper.title} - {paper.plan_title}",
            "plan_title": paper.plan_title,
            "organisation": paper.organisation,
            "version": paper.version,
        },
        "paper": paper,
        **block_words(),
    }
    return environment.get_template("paper.html.j2").render()


def block_words() -> dict[str, Any]:
    """Return what templates that show blocks (``blocks.html.j2``) have to know.

    ``address_of_item`` gives the address of an item's own page, ``address_of_name`` that of an
    officer or a board by the heading of a column and the name in it; None where there is none.
    """
    return {
        "kind_of": lambda value: type(value).__name__,
        "is_number": is_number,
        "draw_svg": draw_svg,
        "ends_of": ends_of,
        "show_cell": show_cell,
        "show_month": show_month,
        "tell_rest": tell_rest,
        "trace": trace,
        "address_of_item": None,
        "address_of_name": None,
    }


def is_number(table: Table, column: int) -> bool:
    """Return whether a column holds plain numbers, which line up on the right."""
    cells = [row[column] for row in table.rows if row[column] is not None]
    return (
        bool(cells)
        and all(isinstance(cell, (int, float, Spread)) for cell in cells)
        and not (
            any(
                isinstance(cell, Spread) and not isinstance(cell.low, (int, float))
                for cell in cells
            )
        )
    )


def trace(days: Sequence[date]) -> list[tuple[float, float]]:
    """Return where the points of a trend stand: reports left to right, later dates higher."""
    numbers = [day.toordinal() for day in days]
    low, spread = min(numbers), max(numbers) - min(numbers)
    step = _WIDE / max(1, len(numbers) - 1)
    return [
        (
            round(_EDGE + place * step, 1),
            round(_EDGE + _HIGH - (_HIGH * (number - low) / spread if spread else _HIGH / 2), 1),
        )
        for place, number in enumerate(numbers)
    ]
