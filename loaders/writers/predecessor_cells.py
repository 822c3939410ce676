"""Cells that name predecessors, in the words that `loaders.predecessors` reads: ``A FS+5d; B``.

An id that a cell of several cannot hold (it has a semicolon, a comma, an "and" in it, or blanks or
full stops that the reader takes away) can be named only alone in its cell, finish to start without
lag. What cannot be said so that the reader understands it is not said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from loaders.predecessors import parse_predecessors

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from graphmodel.links import Link

__all__ = ["is_simple", "write_predecessors"]

#: Ids that stand in any cell: words joined by single signs that part nothing.
_SIMPLE: Final = re.compile(r"[A-Za-z0-9]+(?:[._~:/-][A-Za-z0-9]+)*")


def is_simple(name: str) -> bool:
    """Return whether an id can stand in any cell of predecessors."""
    return _SIMPLE.fullmatch(name) is not None


def write_predecessors(links: Iterable[Link], known: Container[str]) -> dict[str, str]:
    """Return for each item that waits for others the cell that names them.

    Parameters
    ----------
    links
        The links to be told: accepted ones, because the reader takes each for one.
    known
        The ids of all items, which the reader will know.
    """
    by_item: dict[str, list[Link]] = {}
    for link in links:
        by_item.setdefault(link.to, []).append(link)
    cells: dict[str, str] = {}
    for item, waits in by_item.items():
        cell = _write_cell(waits, known)
        if cell:
            cells[item] = cell
    return cells


def _write_cell(links: list[Link], known: Container[str]) -> str:
    if len(links) == 1:
        return _write_reference(links[0], known, alone=True) or ""
    pieces = (_write_reference(link, known, alone=False) for link in links)
    cell = "; ".join(piece for piece in pieces if piece is not None)
    return "" if cell in known else cell  # an id that looks like several others


def _write_reference(link: Link, known: Container[str], *, alone: bool) -> str | None:
    """Return the words for one predecessor; None where the reader would make something else of it.

    ``alone`` is whether nothing else stands in the cell.
    """
    name, is_plain = link.from_, link.type == "FS" and not link.lag
    lag = str(link.lag) if link.lag else ""
    sign = "" if not lag or lag.startswith("-") else "+"
    words = name if is_plain else f"{name} {link.type}{sign}{lag}"
    if is_simple(name) and (is_plain or words not in known):
        return words
    found, wrong = parse_predecessors(words if alone else f"{words};", known)
    read = [(one.id, one.type, one.lag) for one in found]
    return words if not wrong and read == [(name, link.type, link.lag)] else None
