"""A schedule's rows: what the passes say of each item, made when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, overload

from simulations.codes import DERIVED, DONE, LINK_NAMES, LOE, NEVER, PARENT
from simulations.holds import held_by
from simulations.results import DrivingLink, ScheduledItem

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import date

    from graphmodel.items import Item
    from simulations.compiled import Compiled
    from simulations.passes import Passes

__all__ = ["Rows"]


class Rows(Sequence[ScheduledItem]):
    """One row for each item, in the order of the file.

    Parameters
    ----------
    threshold
        Total float in days at or below which an item is critical; None where what is critical is
        the longest path.
    on_longest
        Positions of the items on the longest path.
    """

    def __init__(self, passes: Passes, threshold: float | None, on_longest: Container[int]) -> None:
        self._passes = passes
        self._threshold = threshold
        self._on_longest = on_longest
        order = passes.compiled.order_in_file
        self._positions = sorted(range(len(order)), key=order.__getitem__)

    def __len__(self) -> int:
        return len(self._positions)

    def __iter__(self) -> Iterator[ScheduledItem]:
        items = self._passes.compiled.plan.items
        for item, position in zip(items, self._positions, strict=True):
            yield self._row(item, position)

    @overload
    def __getitem__(self, index: int) -> ScheduledItem: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[ScheduledItem, ...]: ...
    def __getitem__(self, index: int | slice) -> ScheduledItem | tuple[ScheduledItem, ...]:
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(len(self))))
        return self._row(self._passes.compiled.plan.items[index], self._positions[index])

    def critical(self) -> Iterator[int]:
        """Yield the places in the file of the items that are critical."""
        for number, position in enumerate(self._positions):
            if self._is_critical(position):
                yield number

    def _is_critical(self, position: int) -> bool:
        if self._passes.compiled.net.how[position] in {DONE, LOE}:
            return False
        if self._threshold is None:
            return position in self._on_longest
        days = self._passes.total_float(position)
        return days is not None and days <= self._threshold

    def _row(self, item: Item, position: int) -> ScheduledItem:
        passes, compiled = self._passes, self._passes.compiled
        late_start, late_finish = (late[position] for late in passes.late)
        days, free = passes.total_float(position), passes.free_float(position)
        driving = passes.driving(position)
        return ScheduledItem(
            id=item.id,
            kind=item.kind,
            title=item.title,
            start=passes.start(position),
            finish=passes.finish(position),
            late_start=_late_start(passes, position, late_start, late_finish),
            late_finish=_late_finish(passes, position, late_finish),
            total_float_days=days,
            free_float_days=free,
            interfering_float_days=None if free is None or days is None else days - free,
            critical=self._is_critical(position),
            driven_by=_driven_by(compiled, driving),
            held_by=held_by(passes, position),
            derived=compiled.net.how[position] == DERIVED or _is_derived_parent(compiled, position),
            on_longest_path=position in self._on_longest,
            driving_links=_driving_links(compiled, driving),
        )


def _is_derived_parent(compiled: Compiled, position: int) -> bool:
    return compiled.net.how[position] == PARENT and compiled.own_date[position] == NEVER


def _late_start(passes: Passes, position: int, start: int, finish: int) -> date | None:
    if start == finish:
        return _late_finish(passes, position, finish)
    return passes.show_start(position, start)


def _late_finish(passes: Passes, position: int, finish: int) -> date | None:
    if passes.dates.start[position] == passes.dates.finish[position]:
        return passes.show_late(position, finish)
    return passes.show_finish(position, finish)


def _driven_by(compiled: Compiled, driving: list[int]) -> tuple[str, ...]:
    drivers = sorted(
        {compiled.net.source[edge] for edge in driving}, key=compiled.order_in_file.__getitem__
    )
    return tuple(compiled.ids[driver] for driver in drivers)


def _driving_links(compiled: Compiled, driving: list[int]) -> tuple[DrivingLink, ...]:
    """Return the links that drive an item, in the order of the file."""
    edges = sorted(driving, key=compiled.link.__getitem__)
    return tuple(_driving_link(compiled, edge) for edge in edges)


def _driving_link(compiled: Compiled, edge: int) -> DrivingLink:
    number, net = compiled.link[edge], compiled.net
    if number in compiled.fanned:
        link = compiled.links[number]
        return DrivingLink(link.from_, link.to, link.type)
    ends = compiled.ids[net.source[edge]], compiled.ids[net.target[edge]]
    return DrivingLink(*ends, LINK_NAMES[net.code[edge]])
