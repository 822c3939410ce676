"""Plans too large to be held in memory: the items and links stay in the plan file.

A `StoredPlan` is a plan like any other, except that what its ``items`` and ``links`` hold is read
from the file when it is asked for (`graphmodel.storedentries`). What is wrong with them is told in
the same sentences as of a plan held in memory, when it is first met.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from pydantic import PrivateAttr, ValidationError, model_validator

from graphmodel.collector import collector_paused
from graphmodel.index import PlanIndex
from graphmodel.items import Item
from graphmodel.links import Link
from graphmodel.plan import Plan
from graphmodel.planfile import NO_SCHEMA, plan_error, read_plan, word_faults
from graphmodel.planscan import scan_plan
from graphmodel.pointers import calendar_pointers, item_pointers, other_pointers
from graphmodel.references import (
    Known,
    find_faults,
    other_faults,
    parent_fault,
    repeated_ids,
)
from graphmodel.storedentries import Chosen, E, Entries, HeldFile

if TYPE_CHECKING:
    from graphmodel.planscan import Places, PlanLayout

__all__ = ["MANY_ITEMS", "StoredPlan", "read_large_plan"]

#: Items above which a plan is not held in memory.
MANY_ITEMS: Final = 200_000
#: Bytes that an item takes at the least: id, kind and title.
_LEAST_BYTES: Final = 30

_KIND: Final = b'"kind"'
#: Bytes looked through at a time.
_PIECE: Final = 1 << 20

_ORDER: Final = {
    field.alias or name: number for number, (name, field) in enumerate(Plan.model_fields.items())
}


def read_large_plan(path: str | Path, *, many: int = MANY_ITEMS) -> Plan:
    """Read a plan file; where it holds more than ``many`` items, they and the links stay in it.

    Raises
    ------
    FileError
        The file cannot be read.
    PlanError
        It is not a plan. What is wrong with single items and links of a large one is found when
        they are read.
    """
    store = _find_store(Path(path), many)
    return read_plan(path) if store is None else store.open()


def _find_store(path: Path, many: int) -> _Store | None:
    """Return what is known of a plan file of more than ``many`` items; None for any other file."""
    try:
        if path.stat().st_size <= _LEAST_BYTES * many:
            return None
        with path.open("rb") as stream, collector_paused():
            file = HeldFile(path, stream)
            if _count_kinds(stream) <= many:
                return None
            stream.seek(0)
            layout = scan_plan(stream)
    except (OSError, ValueError, RecursionError):
        return None  # `read_plan` says what is wrong with it, or copes with it
    return _Store(file, layout) if len(layout.items.starts) > many else None


def _count_kinds(stream: BinaryIO) -> int:
    """Return how often a file holds the key that every item has: a quick bound on its items."""
    found, tail = 0, b""
    while piece := stream.read(_PIECE):
        text = tail + piece
        found += text.count(_KIND)
        tail = text[-len(_KIND) + 1 :]  # too short to hold one that is counted already
    return found


class StoredPlan(Plan):
    """A plan whose items and links stay in its file; made by `read_large_plan`."""

    _store: _Store = PrivateAttr()

    @model_validator(mode="after")
    def _check_references(self) -> StoredPlan:
        """Leave what is named by items and links to the time when they are read."""
        return self

    @property
    def accepted_links(self) -> Sequence[Link]:
        """The links whose state is ``accepted``, in the order of the file."""
        numbers = self._store.layout.accepted
        return self.links if len(numbers) == len(self.links) else Chosen(self.links, numbers)

    @contextmanager
    def telling(self, report: Callable[[int, int], None]) -> Iterator[None]:
        """Tell ``report``, inside, how many of the items and links have been read, and of how many.

        What is read a second time counts again from its place.
        """
        before, self._store.report = self._store.report, report
        try:
            yield
        finally:
            self._store.report = before

    @cached_property
    def index(self) -> PlanIndex:
        """Look-ups by id and the breakdown; an item is read when it is looked up."""
        store = self._store
        items = _ById(self.items, store.position)
        return PlanIndex(self, items, store.position, store.layout.parents, store.children)


def _tell_nobody(done: int, steps: int) -> None:
    """Take no notice of how much has been read."""


class _ById(Mapping[str, Item]):
    """Items by id, in the order of the file."""

    def __init__(self, items: Sequence[Item], position: dict[str, int]) -> None:
        self._items = items
        self._position = position

    def __getitem__(self, wanted: str) -> Item:
        return self._items[self._position[wanted]]

    def __contains__(self, wanted: object) -> bool:
        return wanted in self._position

    def __iter__(self) -> Iterator[str]:
        return iter(self._position)

    def __len__(self) -> int:
        return len(self._position)


class _Store:
    """What is known of a plan in its file, and what must hold of the items and links in it."""

    def __init__(self, file: HeldFile, layout: PlanLayout) -> None:
        self.file = file
        self.layout = layout
        self.position = {one: number for number, one in enumerate(layout.parents)}
        self.report: Callable[[int, int], None] = _tell_nobody
        self._checks = True

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """The parts of each item that has any."""
        below: dict[str, list[str]] = {}
        for one, parent in self.layout.parents.items():
            if parent is not None:
                below.setdefault(parent, []).append(one)
        return {parent: tuple(parts) for parent, parts in below.items()}

    def open(self) -> StoredPlan:
        """Return the plan; raises `PlanError` for what is wrong with all but items and links."""
        layout = self.layout
        try:
            plan = self._plan()
        except ValidationError:
            self._refuse()
            raise
        if (
            "schema_" not in plan.model_fields_set
            or len(layout.parents) < len(layout.items.starts)
            or layout.repeats_links
            or any(self._faults(plan))
        ):
            self._refuse()
        return plan

    def _plan(self) -> StoredPlan:
        header = StoredPlan.model_validate_json(json.dumps(self.layout.header))
        plan = header.model_copy(update={"items": self._items, "links": self._links})
        plan._store = self  # noqa: SLF001 - made here
        return plan

    @cached_property
    def _items(self) -> Entries[Item]:
        return self._entries("items", Item, self.layout.items, self._item_faults, 0)

    @cached_property
    def _links(self) -> Entries[Link]:
        after = len(self.layout.items.starts)
        return self._entries("links", Link, self.layout.links, self._link_faults, after)

    def _entries(
        self,
        group: str,
        model: type[E],
        places: Places,
        find_faults: Callable[[E], Iterator[str]],
        after: int,
    ) -> Entries[E]:
        steps = len(self.layout.items.starts) + len(self.layout.links.starts)
        return Entries(
            self.file,
            places,
            group,
            model,
            find_faults=find_faults,
            refuse=self._refuse,
            report=lambda done: self.report(after + done, steps),
        )

    @cached_property
    def _known(self) -> Known:
        return Known.of(self._plan(), self.layout.parents)

    def _faults(self, plan: StoredPlan) -> Iterator[str]:
        """Yield what is wrong with all but single items and links, in no order."""
        yield from repeated_ids(plan, (), ())
        yield from self._known.missing(calendar_pointers(plan))
        yield from self._known.missing(other_pointers(plan))
        circle = parent_fault(self.layout.parents)
        if circle is not None:
            yield circle
        else:
            yield from other_faults(plan, self._known)

    def _item_faults(self, item: Item) -> Iterator[str]:
        if self._checks:
            yield from self._known.missing(item_pointers(item))

    def _link_faults(self, link: Link) -> Iterator[str]:
        if not self._checks:
            return
        yield from self._known.link_faults((link,))
        yield from self._known.breakdown_faults((link,))

    def _refuse(self) -> None:
        """Raise the error that tells everything wrong with the plan, if there is anything."""
        faults = self._invalid() or self._broken()
        if faults:
            raise plan_error(self.file.path.name, faults) from None

    def _invalid(self) -> list[str]:
        """Return what pydantic finds wrong, in the order it finds it in a plan held in memory."""
        header = self.layout.header
        found: list[tuple[int, str]] = []
        try:
            StoredPlan.model_validate_json(json.dumps(header))
        except ValidationError as error:
            details = error.errors(include_url=False)
            if not all(one["loc"] for one in details):
                return word_faults(details, header)
            for one in details:
                found += [(_ORDER[str(one["loc"][0])], told) for told in word_faults([one], header)]
        for entries in (self._items, self._links):
            for one, raw in entries.errors():
                found += [(_ORDER[entries.group], told) for told in word_faults([one], raw)]
        found.sort(key=lambda fault: fault[0])
        return list(dict.fromkeys(told for _, told in found))

    def _broken(self) -> list[str]:
        """Return what does not hold together, and a missing schema."""
        plan = self._plan()
        self._checks = False
        try:
            faults = find_faults(plan)
        finally:
            self._checks = True
        if not faults and "schema_" not in plan.model_fields_set:
            return [NO_SCHEMA]
        return faults
