"""Pieces for somebody else's page, such as a notebook: a page of ours in a frame, and an answer.

A page of ours brings its own policy and scripts. In a sandboxed frame of unknown origin they work
as they do in a file, and can touch nothing of the page around them. An answer is plain HTML without
scripts: sentences first, then a table.
"""

from __future__ import annotations

from dataclasses import dataclass

from viz.page import make_environment

__all__ = ["Cell", "draw_cell", "embed_page"]


@dataclass(frozen=True, slots=True)
class Cell:
    """An answer: sentences, the first of which says it all, a table, and a note below it."""

    sentences: tuple[str, ...]
    caption: str = ""
    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    note: str = ""


def draw_cell(cell: Cell) -> str:
    """Return an answer as a piece of HTML; in each row of the table the first cell names it."""
    return make_environment().get_template("cell.html.j2").render(cell=cell)


def embed_page(page: str, *, title: str, height: int) -> str:
    """Return a frame that holds a whole page of ours.

    Parameters
    ----------
    page
        The page as it would stand in a file.
    title
        What the frame is, for those who do not see it.
    height
        In CSS pixels.
    """
    from markupsafe import escape  # noqa: PLC0415 - heavy

    # Its scripts may run and offer files to save; nothing else, and above all not as this page.
    return (
        f'<iframe title="{escape(title)}" sandbox="allow-scripts allow-downloads" '
        f'style="width: 100%; height: {height}px; border: 1px solid #6f777b" '
        f'srcdoc="{escape(page)}"></iframe>'
    )
