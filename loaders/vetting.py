"""What may be wrong with one row of a register, held against the plan and the rows before it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from graphmodel.problems import Problem
from graphmodel.references import link_fault

if TYPE_CHECKING:
    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from loaders.item_finder import ItemFinder
    from loaders.registers import Entry

__all__ = ["LinkKey", "Vetting", "entry_key", "link_key"]

#: What makes two links the same: both ends and the type.
LinkKey: TypeAlias = tuple[str, str, str]


def link_key(link: Link) -> LinkKey:
    """Return what a link is known by."""
    return link.from_, link.to, link.type


def entry_key(entry: Entry) -> LinkKey:
    """Return what the link of a row is known by."""
    return entry.tail, entry.head, entry.type


@dataclass(slots=True)
class Vetting:
    """Checks rows in order; circles are looked for later, when all the rows are known."""

    plan: Plan
    finder: ItemFinder
    _rows: dict[LinkKey, Entry] = field(default_factory=dict)
    _ids: dict[str, LinkKey] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the ids of the plan's links."""
        self._ids |= {link.id: link_key(link) for link in self.plan.links if link.id is not None}

    def check(self, entry: Entry) -> Problem | None:
        """Return why a row cannot be used, or None and remember it."""
        fault = (
            self._check_end(entry, entry.tail, entry.tail_title)
            or self._check_end(entry, entry.head, entry.head_title)
            or self._check_breakdown(entry)
            or self._check_repeat(entry)
            or self._check_id(entry)
        )
        if fault is None:
            self._rows[entry_key(entry)] = entry
            if entry.id is not None:
                self._ids[entry.id] = entry_key(entry)
        return fault

    def _check_end(self, entry: Entry, end: str, title: str | None) -> Problem | None:
        fault = self.finder.find_fault(end, title)
        return None if fault is None else _unused(entry, fault.code, fault.message, *fault.items)

    def _check_breakdown(self, entry: Entry) -> Problem | None:
        fault = link_fault(entry.tail, entry.head, self.plan.index.parents)
        if fault is None:
            return None
        code = "self-link" if entry.tail == entry.head else "ancestor-link"
        message = fault.removesuffix(": remove it.")
        return _unused(entry, code, message, *dict.fromkeys((entry.tail, entry.head)))

    def _check_repeat(self, entry: Entry) -> Problem | None:
        first = self._rows.get(entry_key(entry))
        if first is None:
            return None
        same = replace(entry, place=first.place) == first
        link = f"{entry.tail} → {entry.head} ({entry.type})"
        how = "is listed already" if same else "is listed already, and otherwise"
        problem = _unused(entry, "duplicate-link", f"The link {link} {how} ({first.place})")
        return replace(
            problem, severity="warning" if same else "error", items=(entry.tail, entry.head)
        )

    def _check_id(self, entry: Entry) -> Problem | None:
        owner = entry_key(entry) if entry.id is None else self._ids.get(entry.id, entry_key(entry))
        if owner == entry_key(entry):
            return None
        message = f'The id "{entry.id}" belongs to the link {owner[0]} → {owner[1]} ({owner[2]})'
        return _unused(entry, "duplicate-id", message, entry.tail, entry.head)


def _unused(entry: Entry, code: str, message: str, *items: str) -> Problem:
    return Problem(code, "error", f"{message}; the row is not used.", items, entry.place)
