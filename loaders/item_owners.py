"""Who does what in sheets of items: from cells that name owners to officers and assignments.

A cell may name several, parted by semicolons or line ends, in exports of planning tools by commas
too; what else parts offices, and which spellings are one office, is told in
`loaders.office_titles`. Equal cells are read once, so that a sheet of 100,000 rows costs no more
than its offices do.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from graphmodel.people import Assignment
from loaders.draft import Draft
from loaders.item_columns import ROLE_FIELDS
from loaders.offices import RoleCell, name_officers
from loaders.stamping import Stamp
from loaders.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphmodel.items import Source
    from graphmodel.people import Officer, Role
    from graphmodel.problems import Place, Problem
    from loaders.exports import Export
    from loaders.item_names import Node

__all__ = ["Owners", "assign_owners"]

_UNITS: Final = re.compile(r"\s*\[[\d.]+\s*%?\]$")
_NOBODY: Final = frozenset(
    {*("", "-", "n/a", "na", "none", "tbc", "tba", "tbd", "vacant", "vacancy", "unassigned")}
)


@dataclass(frozen=True, slots=True)
class Owners:
    """Officers, what they do, and what was merged or is doubtful."""

    officers: tuple[Officer, ...]
    assignments: tuple[Assignment, ...]
    problems: tuple[Problem, ...]


class _Named(NamedTuple):
    """One name in a cell."""

    node: Node
    role: Role
    column: int
    words: str


def assign_owners(
    nodes: Sequence[Node],
    exports: Mapping[int, Export],
    sources: Mapping[int, Source],
    file: str,
) -> Owners:
    """Return the officers that rows name, and who is assigned to what.

    Parameters
    ----------
    exports
        The tool that each table comes from, by the table's ``id()``.
    sources
        Where each node stands, by the node's ``id()``.
    """
    named = [one for node in nodes for one in _find_names(node, exports)]
    times = Counter((one.words, one.role) for one in named)
    first: dict[tuple[str, Role], _Named] = {}
    for one in named:
        first.setdefault((one.words, one.role), one)
    # The spelling that is written most comes first, and becomes the title of its office.
    order = sorted(first.values(), key=lambda one: -times[one.words, one.role])
    cells = [RoleCell(one.node.id, one.role, n, one.words) for n, one in enumerate(order, start=1)]
    draft = Draft(file)
    officers, holders = name_officers(draft, cells, {}, (node.id for node in nodes))
    held: dict[tuple[str, Role], list[str]] = {}
    for cell, officer in holders:
        held.setdefault((cell.cell, cell.role), []).append(officer.id)
    places = [_place(one) for one in order]
    return Owners(
        tuple(_with_source(officer, order, sources) for officer in officers),
        tuple(_make_assignments(named, held, sources)),
        tuple(
            replace(problem, source=places[(problem.source.line or 1) - 1])
            for problem in draft.problems
            if problem.source is not None
        ),
    )


def _find_names(node: Node, exports: Mapping[int, Export]) -> Iterable[_Named]:
    row = node.row
    if row is None:
        return
    values = row.values
    for role in ROLE_FIELDS:
        if role in values:
            commas = exports[id(row.table)].commas
            for column, text in values[role]:
                for words in _split(text, commas=commas):
                    yield _Named(node, role, column, words)


@lru_cache(maxsize=4096)  # the same names stand in a sheet many times over
def _split(text: str, *, commas: bool) -> tuple[str, ...]:
    if ";" not in text and "\n" not in text and "[" not in text and not (commas and "," in text):
        words = text if text.isascii() else clean(text)
        return () if words.casefold() in _NOBODY else (words,)
    parts = re.split(r"[;,\n\r]" if commas else r"[;\n\r]", text)
    names = (_UNITS.sub("", clean(part)) for part in parts)
    return tuple(name for name in dict.fromkeys(names) if name.casefold() not in _NOBODY)


def _place(named: _Named) -> Place:
    row = named.node.row
    if row is None:
        return named.node.place
    return row.table.sheet.place(row.row.number, named.column)


def _with_source(
    officer: Officer, order: Sequence[_Named], sources: Mapping[int, Source]
) -> Officer:
    """Return an officer with the cell that names it first as its source."""
    if officer.source is not None and officer.source.line is not None:
        named = order[officer.source.line - 1]
        source = sources[id(named.node)].model_copy(update={"quote": officer.source.quote})
        officer = officer.model_copy(update={"source": source})
    return officer


def _make_assignments(
    named: Sequence[_Named],
    held: Mapping[tuple[str, Role], Sequence[str]],
    sources: Mapping[int, Source],
) -> Iterable[Assignment]:
    if not named:
        return
    pattern = Stamp(Assignment(officer="-", item="-"))
    made: set[tuple[str, str, Role]] = set()
    for one in named:
        for officer in held.get((one.words, one.role), ()):
            key = (officer, one.node.id, one.role)
            if key not in made:
                made.add(key)
                yield pattern.make(
                    {
                        "officer": officer,
                        "item": one.node.id,
                        "role": one.role,
                        "source": sources[id(one.node)],
                    },
                )
