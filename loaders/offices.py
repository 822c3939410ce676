"""Who has which role: from the cells of a paper to officers and their assignments."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from graphmodel.people import Assignment, Officer
from loaders.ids import free_id, make_slug
from loaders.markup import read_words
from loaders.office_titles import (
    COMMON,
    Title,
    are_alike,
    office_key,
    split_offices,
    split_portfolios,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphmodel.people import Role
    from loaders.draft import Draft

__all__ = ["People", "RoleCell", "assign_roles", "name_officers"]

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleCell:
    """A cell that says who has a role on an item."""

    item: str
    role: Role
    line: int
    cell: str


@dataclass(frozen=True, slots=True)
class People:
    """The officers of a paper, in order of their first mention, and what they do."""

    officers: tuple[Officer, ...]
    assignments: tuple[Assignment, ...]


@dataclass(slots=True)
class _Office:
    """One office: where it stands first, and every spelling with how it came about."""

    kind: str
    line: int
    quote: str
    titles: list[Title] = field(default_factory=list)

    @property
    def spellings(self) -> list[str]:
        """Every spelling once: the one the paper prints most, then the others in its order.

        Words that had to be taken apart are not printed.
        """
        times = Counter(title.words for title in self.titles if title.printed)
        words = dict.fromkeys(title.words for title in self.titles)
        first = max(words, key=lambda one: times[one])
        return [first, *(one for one in words if one != first)]


def assign_roles(
    draft: Draft,
    cells: Sequence[RoleCell],
    abbreviations: Mapping[str, str],
    taken: Iterable[str],
) -> People:
    """Return the officers that the cells name and their assignments; report what was merged.

    The rules are those of `loaders.office_titles`; what the paper spells out itself in
    ``abbreviations`` goes before what councils commonly mean. ``taken`` are ids of other things.
    """
    officers, named = name_officers(draft, cells, abbreviations, taken)
    return People(officers, tuple(_make_assignments(draft, named)))


def name_officers(
    draft: Draft,
    cells: Sequence[RoleCell],
    abbreviations: Mapping[str, str],
    taken: Iterable[str],
) -> tuple[tuple[Officer, ...], list[tuple[RoleCell, Officer]]]:
    """Return the officers that cells name, and each cell with each officer it names.

    The parameters are those of `assign_roles`.
    """
    spelled = {**COMMON, **abbreviations}
    alone = {office_key(read_words(cell.cell), {}) for cell in cells if cell.role == "portfolio"}
    offices: dict[tuple[str, _Key], _Office] = {}
    named: list[tuple[RoleCell, tuple[str, _Key]]] = []
    for cell in cells:
        portfolio = cell.role == "portfolio"
        titles = split_portfolios(cell.cell, alone) if portfolio else split_offices(cell.cell)
        _report_cell(draft, cell, titles)
        for title in titles:
            key = ("member" if portfolio else "office", office_key(title.words, spelled))
            office = offices.setdefault(key, _Office(title.kind, cell.line, read_words(cell.cell)))
            office.titles.append(title)
            named.append((cell, key))
    officers = _make_officers(draft, offices, taken)
    _report_merged(draft, offices, officers)
    _report_alike(draft, officers)
    return tuple(officers.values()), [(cell, officers[key]) for cell, key in named]


def _make_officers(
    draft: Draft, offices: Mapping[tuple[str, _Key], _Office], taken: Iterable[str]
) -> dict[tuple[str, _Key], Officer]:
    officers: dict[tuple[str, _Key], Officer] = {}
    given = set(taken)
    for key, office in offices.items():
        title, *also = office.spellings
        wanted = make_slug(title) or "officer"
        name = free_id(wanted, given)
        given.add(name)
        officers[key] = Officer.model_validate(
            {
                "id": name,
                "title": title,
                "also": also,
                "kind": office.kind,
                "source": draft.source(office.line, office.quote),
            }
        )
    return officers


def _make_assignments(draft: Draft, named: Sequence[tuple[RoleCell, Officer]]) -> list[Assignment]:
    """Return one assignment for each officer, item and role, where it is first said."""
    made: dict[tuple[str, str, str], Assignment] = {}
    for cell, holder in named:
        officer = holder.id
        source = draft.source(cell.line, read_words(cell.cell))
        made.setdefault(
            (officer, cell.item, cell.role),
            Assignment(officer=officer, item=cell.item, role=cell.role, source=source),
        )
    return list(made.values())


def _report_cell(draft: Draft, cell: RoleCell, titles: Sequence[Title]) -> None:
    words = read_words(cell.cell)
    if not titles:
        message = f'{cell.item}: "{words}" names nobody as {cell.role.replace("_", " ")}.'
        draft.report("role-open", "warning", message, cell.line, (cell.item,))
    if not all(title.printed for title in titles):
        names = " and ".join(f'"{title.words}"' for title in titles)
        message = f'{cell.item}: "{words}" is read as {names}.'
        draft.report("role-split", "info", message, cell.line, (cell.item,))
    for title in titles:
        if title.kind == "group":
            message = f'{cell.item}: "{title.words}" is a group of officers, not one of them.'
            draft.report("role-group", "info", message, cell.line, (cell.item,))


def _report_merged(
    draft: Draft,
    offices: Mapping[tuple[str, _Key], _Office],
    officers: Mapping[tuple[str, _Key], Officer],
) -> None:
    for key, officer in officers.items():
        if officer.also:
            times = Counter(title.words for title in offices[key].titles)
            shown = ", ".join(
                f'"{words}" ({times[words]})' for words in (officer.title, *officer.also)
            )
            message = f"These spellings are one office, {officer.id}: {shown}."
            draft.report("offices-merged", "info", message, offices[key].line)


def _report_alike(draft: Draft, officers: Mapping[tuple[str, _Key], Officer]) -> None:
    ranks: dict[_Key, list[tuple[_Key, Officer]]] = {}  # only offices of one rank are alike
    for (kind, key), officer in officers.items():
        if kind == "office":
            ranks.setdefault(key[:2], []).append((key, officer))
    pairs = (pair for same in ranks.values() for pair in combinations(same, 2))
    for (one, first), (other, second) in pairs:
        if are_alike(one, other):
            line = max(part.source.line or 0 for part in (first, second) if part.source)
            draft.report(
                "offices-alike",
                "info",
                f'"{first.title}" and "{second.title}" may be one office: they are kept apart.',
                line,
            )
