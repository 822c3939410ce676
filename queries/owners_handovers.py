"""Hand-overs: where one officer's work waits for another's, and who stands in between.

A link in use is a hand-over from each officer of its predecessor to each officer of its successor
who does not hold the predecessor too, as long as both ends are open. A parent stands for the open
items below it, which have its officers unless they name their own. Groups hand over nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from queries.owners_holding import Holdings
    from simulations.passes import Passes

__all__ = ["HandOver", "count_links_out", "find_hand_overs"]


@dataclass(frozen=True, slots=True)
class HandOver:
    """Everything that one officer hands over to another.

    ``links`` holds the two items of each link, in the order of the plan. ``least_room_days`` is
    what the tightest of them leaves, in calendar days with gaps as spare; None where no date tells.
    """

    from_: str
    to: str
    links: tuple[tuple[str, str], ...]
    least_room_days: float | None


def find_hand_overs(passes: Passes, holdings: Holdings) -> tuple[HandOver, ...]:
    """Return who hands over to whom, the most links first, then the first in the plan."""
    pairs: dict[tuple[str, str], list[int]] = defaultdict(list)
    sides: dict[str, tuple[str, ...]] = {}
    links = passes.compiled.links
    for number, link in enumerate(links):
        ends = []
        for item in (link.from_, link.to):
            if item not in sides:
                sides[item] = _officers(holdings, item)
            ends.append(sides[item])
        for giver in ends[0]:
            for taker in ends[1]:
                if taker not in ends[0]:
                    pairs[giver, taker].append(number)
    rooms = _rooms(passes, {number for numbers in pairs.values() for number in numbers})
    found = [
        HandOver(
            from_=giver,
            to=taker,
            links=tuple((links[one].from_, links[one].to) for one in numbers),
            least_room_days=min((rooms[one] for one in numbers if one in rooms), default=None),
        )
        for (giver, taker), numbers in pairs.items()
    ]
    return tuple(sorted(found, key=lambda one: -len(one.links)))


def count_links_out(passes: Passes, holdings: Holdings) -> Counter[str]:
    """Return by officer how many links in use lead from their open items to open ones of others.

    Items that nobody holds are others' as well.
    """
    counts: Counter[str] = Counter()
    sides: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
    for link in passes.compiled.links:
        for item in (link.from_, link.to):
            if item not in sides:
                sides[item] = _any_and_all(holdings, item)
        is_open = any(one in holdings.holders for one in holdings.plan.index.leaves(link.to))
        if is_open:
            counts.update(sides[link.from_][0] - sides[link.to][1])
    return counts


def _any_and_all(holdings: Holdings, item: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return who holds some of the open items below an item, and who holds each of them."""
    below = holdings.plan.index.leaves(item)
    held = [frozenset(holdings.holders[one]) for one in below if one in holdings.holders]
    if not held:
        return frozenset(), frozenset()
    return held[0].union(*held), held[0].intersection(*held)


def _officers(holdings: Holdings, item: str) -> tuple[str, ...]:
    """Return whose open work an end of a link stands for."""
    leaves = (one for one in holdings.plan.index.leaves(item) if one in holdings.holders)
    return tuple(dict.fromkeys(one for leaf in leaves for one in holdings.carriers(leaf)))


def _rooms(passes: Passes, wanted: set[int]) -> dict[int, float]:
    """Return the room on links, by their number: of several leaves that one binds, the least."""
    compiled = passes.compiled
    rooms: dict[int, float] = {}
    for edge, number in enumerate(compiled.link):
        if number in wanted:
            room = passes.slip_room(edge)
            if room is not None:
                rooms[number] = min(room, rooms.get(number, room))
    return rooms
