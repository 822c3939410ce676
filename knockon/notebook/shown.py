"""Answers that show themselves: in a notebook as sentences and a table, or as a page in a frame.

Jupyter asks an object for ``_repr_html_``. Without a notebook, ``print`` gives the sentences.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from graphmodel.words import count, join_words
from knockon.notebook.frames import find_tables, list_tables, to_frame
from knockon.notebook.wording import BRIEF, say_in_words

if TYPE_CHECKING:
    from pathlib import Path

    from pandas import DataFrame

    from viz.cell import Cell

__all__ = ["Page", "Shown"]

Result = TypeVar("Result")

#: Rows of a table in a notebook; `Shown.to_frame` has them all.
ROWS: Final = 20


@dataclass(frozen=True, slots=True)
class Page:
    """A page of knockon's that shows itself in a frame; ``html`` is all of it.

    ``height`` is that of the frame, in pixels.
    """

    html: str
    title: str
    height: int = 720

    def _repr_html_(self) -> str:
        from viz.cell import embed_page  # noqa: PLC0415 - heavy

        return embed_page(self.html, title=self.title, height=self.height)

    def __repr__(self) -> str:
        size = len(self.html.encode()) / 1000
        return f"<{self.title}: a page of {size:,.0f} kB; save it with .save('page.html')>"

    def save(self, path: str | Path) -> None:
        """Write the page to a file that opens in any browser, without the internet.

        Raises
        ------
        KnockonError
            The file cannot be written.
        """
        from graphmodel.files import write_text  # noqa: PLC0415 - heavy

        write_text(path, self.html)


@dataclass(frozen=True, slots=True, repr=False)
class Shown(Generic[Result]):
    """What a question answered: ``result`` is the record itself, with everything in it."""

    result: Result

    @property
    def sentences(self) -> tuple[str, ...]:
        """The answer in words, the most important first."""
        return say_in_words(self.result)

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that `to_frame` can make of it, the main one first."""
        return list_tables(self.result)

    def to_frame(self, table: str | None = None) -> DataFrame:
        """Return a table as a pandas DataFrame; see `knockon.to_frame`.

        Raises
        ------
        KnockonError
            There is no such table.
        """
        return to_frame(self.result, table)

    def __repr__(self) -> str:
        return "\n".join(self.sentences)

    def _repr_html_(self) -> str:
        from viz.cell import draw_cell  # noqa: PLC0415 - heavy

        return draw_cell(_lay_out(self.result))


def _lay_out(result: Any) -> Cell:
    """Return an answer as it stands in a notebook: what is said, and the first rows of a table."""
    from viz.cell import Cell  # noqa: PLC0415 - heavy

    name = type(result).__name__
    brief = BRIEF[name]
    tables = find_tables(result)
    table = brief.table or next(iter(tables))
    rows = list(tables[table].rows(result))
    if brief.keep is not None:
        rows = [row for row in rows if brief.keep(row)]
    shown = [tuple(show(row) for show in brief.columns.values()) for row in rows[:ROWS]]
    # A column with nothing in it says nothing.
    kept = [n for n in range(len(brief.columns)) if any(row[n] for row in shown)]
    more = len(rows) - ROWS
    told = f'.to_frame("{table}")' if brief.table else ".to_frame()"
    others = [f'"{one}"' for one in tables if one != table]
    also = f" Other tables: {join_words(others)}." if others else ""
    cut = f"{count(more, 'more row')} not shown. " if more > 0 else ""
    return Cell(
        sentences=say_in_words(result),
        caption=brief.caption,
        headings=tuple(list(brief.columns)[n] for n in kept),
        rows=tuple(tuple(row[n] for n in kept) for row in shown),
        note=f"{cut}All of it as a DataFrame: {told}.{also}",
    )
