"""Tables and labelled fields that list the facts of bodies: chair, members, how often, to whom.

A table is one of bodies where its first row names the body's column and one more column that is
known (`loaders.governance_labels`). A second row for a name is a second body, told
as a problem: nobody but the council knows which of the two is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from loaders.governance_labels import read_board_field
from loaders.governance_mentions import Mention
from loaders.governance_rules import Cadence, Fact
from loaders.governance_times import find_cadence
from loaders.office_titles import split_offices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.blocks import Row
    from loaders.draft import Draft
    from loaders.governance_labels import BoardField
    from loaders.governance_names import Named, Names

__all__ = ["BoardRow", "Listed", "declare_bodies", "read_field", "read_row"]

_NOTHING: Final = frozenset({"", "-", "n/a", "none", "tbc", "tbd", "tba", "vacant"})
_SEPARATOR: Final = re.compile(r"\s*(?:[;,/]|\band\b|&)\s*")


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One row of a table of bodies: the body, and its other cells by what they say."""

    body: Named
    cells: tuple[tuple[BoardField, str], ...]
    further: tuple[tuple[str, str], ...]
    line: int
    quote: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What a cell or labelled line says; ``open`` is whether it names nobody."""

    facts: tuple[Fact, ...] = ()
    cadences: tuple[Cadence, ...] = ()
    purpose: str | None = None
    open: bool = False


def declare_bodies(
    draft: Draft, names: Names, tables: Sequence[Sequence[Row]], used: set[int]
) -> list[BoardRow]:
    """Return the rows of all tables of bodies; ``used`` takes the lines they stand on.

    The heads of the tables are lines of ``used`` that no row stands on.
    """
    found: list[BoardRow] = []
    for rows in tables:
        fields = [read_board_field(cell) for cell in rows[0].cells]
        if "name" not in fields or len({*fields} - {None, "name"}) == 0:
            continue
        used.update(row.line for row in rows)
        found += [one for row in rows[1:] if (one := _declare(draft, names, row, rows[0].cells))]
    return found


def _declare(draft: Draft, names: Names, row: Row, head: Sequence[str]) -> BoardRow | None:
    quote = " ".join(cell for cell in row.cells if cell)
    place = [read_board_field(label) for label in head].index("name")
    title = row.cells[place] if place < len(row.cells) else ""
    if not title:
        draft.report_loose(row.line, quote, "is a row that names no body")
        return None
    body, first = names.declare(title, row.line, quote)
    if first is not None:
        message = (
            f'The body "{title}" is listed twice (first on line {first}): the second is kept '
            f"as {body.id}."
        )
        draft.report("board-twice", "error", message, row.line)
    filled = [(label, cell) for label, cell in zip(head, row.cells, strict=False) if cell]
    known = [(read_board_field(label), cell) for label, cell in filled]
    cells = tuple((field, cell) for field, cell in known if field is not None and field != "name")
    further = tuple((label, cell) for label, cell in filled if read_board_field(label) is None)
    return BoardRow(body, cells, further, row.line, quote)


def read_row(names: Names, row: BoardRow) -> list[tuple[BoardField, Listed]]:
    """Return what the cells of a row say of its body."""
    return [(name, read_field(names, row.body, name, cell, row)) for name, cell in row.cells]


def read_field(names: Names, body: Named, name: BoardField, words: str, row: BoardRow) -> Listed:
    """Return what the words of one field say of a body."""
    if words.casefold().rstrip(".") in _NOTHING:
        return Listed(open=True)
    about = Mention(body, 0, 0)
    if name == "cadence":
        cadence = find_cadence(words)
        return Listed(cadences=(Cadence((about,), cadence),)) if cadence else Listed(purpose=words)
    if name == "purpose":
        return Listed(purpose=words)
    if name == "reports_to":
        found = [_body(names, part, row) for part in _split_bodies(names, words)]
        others = tuple(Mention(one, 0, 0) for one in found if one is not body)
        return Listed(facts=(Fact("reports_to", (about,), others, ""),)) if others else Listed()
    offices = [names.declare_office(part, row.line, row.quote) for part in _split_people(words)]
    people = tuple(Mention(one, 0, 0) for one in offices if one is not body)
    if not people:
        return Listed()
    relation = "chairs" if name == "chair" else "member_of"
    return Listed(facts=(Fact(relation, people, (about,), ""),))


def _split_people(words: str) -> list[str]:
    """Return the offices of a cell; what has no rank is one office for each comma."""
    titles = [title.words for title in split_offices(words)]
    parts = [part for title in titles for part in re.split(r"\s*[;,]\s*", title)]
    return [part.strip(" .") for part in parts if part.strip(" .")]


def _split_bodies(names: Names, words: str) -> list[str]:
    """Return the bodies of a cell: one, where it is known as a whole, else its parts."""
    bare = words.removeprefix("the ").removeprefix("The ")
    if names.get("body", bare) is not None:
        return [bare]
    parts = [part.removeprefix("the ") for part in _SEPARATOR.split(bare) if part]
    known = all(names.get("body", part) is not None for part in parts)
    return parts if known else [bare]


def _body(names: Names, words: str, row: BoardRow) -> Named:
    known = names.get("body", words)
    return known if known is not None else names.declare(words, row.line, row.quote)[0]
