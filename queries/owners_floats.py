"""How much float officers' items have, which are critical, and which chains of those hang together.

Floats are those of `simulations.schedule` with gaps as spare time (DESIGN 5.5). An item is
*critical* by the plan's own criterion; it is *near-critical* where it is not critical and its total
float is no more than a stated number of days.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from simulations.codes import DONE, LOE
from simulations.paths import longest_items

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from queries.owners_holding import Holdings
    from simulations.passes import Passes

__all__ = ["FloatHeld", "Floats"]


@dataclass(frozen=True, slots=True)
class FloatHeld:
    """The float of an officer's open items.

    ``items`` counts those whose float is known; only these are in the other figures. ``total_days``
    adds up what is left and nothing else, ``short_days`` what is missing: both count the float that
    items of one chain share once for each of them. In working days where a calendar applies.
    """

    items: int
    critical: int
    near_critical: int
    least_days: float | None
    median_days: float | None
    total_days: float
    short_days: float


class Floats:
    """The floats of a plan's items, and what is critical of them.

    Parameters
    ----------
    near_days
        The total float up to which an item that is not critical is near-critical.
    """

    def __init__(self, passes: Passes, near_days: float) -> None:
        self._passes = passes
        self._near = near_days
        compiled = passes.compiled
        by_float = compiled.plan.options.critical != "longest_path"
        self._longest = frozenset() if by_float else longest_items(passes)
        how = compiled.net.how
        told = passes.total_floats(range(len(how)))
        self._days = [None if how[at] in {DONE, LOE} else days for at, days in enumerate(told)]
        self._critical = frozenset(
            at
            for at, days in enumerate(self._days)
            if (days is not None and days <= 0 if by_float else at in self._longest)
        )

    def held(self, items: Sequence[str]) -> FloatHeld:
        """Return the float of some items together."""
        at = self._passes.compiled.at
        places = [at[item] for item in items]
        days = [one for one in map(self._days.__getitem__, places) if one is not None]
        critical = sum(one in self._critical for one in places)
        return FloatHeld(
            items=len(days),
            critical=critical,
            near_critical=sum(map(self._is_near, places)),
            least_days=min(days, default=None),
            median_days=median(days) if days else None,
            total_days=sum(one for one in days if one > 0),
            short_days=-sum(one for one in days if one < 0),
        )

    def _is_near(self, place: int) -> bool:
        days = self._days[place]
        return days is not None and days <= self._near and place not in self._critical

    def chains(self, holdings: Holdings) -> Iterator[tuple[str, ...]]:
        """Yield the open items of each critical chain: two or more that drive one another.

        A chain is what driving links between critical items hold together; a critical parent that
        drives stands for its own critical items.
        """
        compiled = self._passes.compiled
        joined = _Joined()
        for target in self._critical:
            for edge in self._passes.driving(target):
                source = compiled.net.source[edge]
                if source in self._critical:
                    joined.join(target, source)
                    for item in holdings.plan.index.leaves(compiled.ids[source]):
                        if compiled.at[item] in self._critical:
                            joined.join(source, compiled.at[item])
        found: dict[int, list[str]] = {}
        for item in holdings.open_items:
            place = compiled.at[item]
            if place in joined:
                found.setdefault(joined.first(place), []).append(item)
        yield from (tuple(items) for items in found.values() if len(items) > 1)


class _Joined:
    """Numbers that hang together (union-find; Galler and Fischer 1964)."""

    def __init__(self) -> None:
        self._above: dict[int, int] = {}

    def __contains__(self, one: int) -> bool:
        return one in self._above

    def first(self, one: int) -> int:
        """Return what stands for everything that hangs together with a number."""
        above = self._above.setdefault(one, one)
        while above != self._above[above]:
            self._above[one] = above = self._above[above]
        return above

    def join(self, one: int, other: int) -> None:
        """Let two numbers hang together."""
        self._above[self.first(one)] = self.first(other)
