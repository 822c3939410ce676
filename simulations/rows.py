"""A schedule's rows: what the passes say of each item, made when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, overload

from simulations.codes import DONE, LINK_NAMES, LOE
from simulations.holds import held_by
from simulations.results import DrivingLink, ScheduledItem

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from graphmodel.items import Item
    from simulations.compiled import Compiled
    from simulations.passes import Passes

__all__ = ["Rows"]

#: Rows made at a time.
_BATCH: Final = 4_096


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
        items = iter(self._passes.compiled.plan.items)
        for first in range(0, len(self), _BATCH):
            yield from self._rows(items, self._positions[first : first + _BATCH])

    @overload
    def __getitem__(self, index: int) -> ScheduledItem: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[ScheduledItem, ...]: ...
    def __getitem__(self, index: int | slice) -> ScheduledItem | tuple[ScheduledItem, ...]:
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(len(self))))
        item = self._passes.compiled.plan.items[index]
        return next(self._rows([item], [self._positions[index]]))

    def critical(self) -> Iterator[int]:
        """Yield the places in the file of the items that are critical."""
        floats = self._passes.total_floats(self._positions)
        for number, (position, days) in enumerate(zip(self._positions, floats, strict=True)):
            if self._is_critical(position, days):
                yield number

    def _is_critical(self, position: int, days: float | None) -> bool:
        if self._passes.compiled.net.how[position] in {DONE, LOE}:
            return False
        if self._threshold is None:
            return position in self._on_longest
        return days is not None and days <= self._threshold

    def _rows(self, items: Iterable[Item], positions: Sequence[int]) -> Iterator[ScheduledItem]:
        """Yield the rows at these positions: column by column, which costs half of one by one."""
        passes = self._passes
        showing, (late_starts, late_finishes) = passes.showing, passes.late
        columns = zip(
            positions,  # before the items, of which more may come
            items,
            showing.starts(positions),
            showing.finishes(positions),
            showing.late_starts(positions, late_starts, late_finishes),
            showing.late_finishes(positions, late_finishes),
            passes.total_floats(positions),
            strict=False,
        )
        for position, item, start, finish, late_start, late_finish, days in columns:
            free = passes.free_float(position)
            driving = passes.driving(position)
            yield ScheduledItem(
                item.id,
                item.kind,
                item.title,
                start,
                finish,
                late_start,
                late_finish,
                days,
                free,
                None if free is None or days is None else days - free,
                self._is_critical(position, days),
                _driven_by(passes.compiled, driving),
                held_by(passes, position),
                passes.is_derived(position),
                position in self._on_longest,
                _driving_links(passes.compiled, driving),
            )


def _driven_by(compiled: Compiled, driving: list[int]) -> tuple[str, ...]:
    if len(driving) == 1:
        return (compiled.ids[compiled.net.source[driving[0]]],)
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
