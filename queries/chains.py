"""Chains of dependencies that run through three directorates: where nobody sees the whole."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphmodel.mapquestions import group_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from graphmodel.links import LinkState
    from graphmodel.plan import Plan

__all__ = ["Chain", "find_chains"]

_ACCEPTED: tuple[LinkState, ...] = ("accepted",)


@dataclass(frozen=True, slots=True)
class Chain:
    """From one directorate into a second, on inside it, and out into a third.

    ``first`` is the item before the first border, ``enter`` and ``leave`` are those next to the
    borders inside (they may be one), ``last`` is the item after the second border.
    """

    directorates: tuple[str, str, str]
    first: str
    enter: str
    leave: str
    last: str


def find_chains(plan: Plan, states: Collection[LinkState] = _ACCEPTED) -> tuple[Chain, ...]:
    """Return every chain through three directorates over links in these states, in plan order.

    An item without a directorate (`graphmodel.mapquestions.group_of`) is on no chain.
    """
    after: dict[str, dict[str, None]] = defaultdict(dict)
    for link in plan.links:
        if link.state in states:
            after[link.from_][link.to] = None
    of = {item.id: group_of(plan, item.id, "directorate") for item in plan.items}
    return tuple(
        Chain((start, middle, end), item.id, enter, leave, last)
        for item in plan.items
        if (start := of[item.id]) is not None
        for enter in after.get(item.id, ())
        if (middle := of[enter]) not in {None, start} and middle is not None
        for leave in _inside(after, of, enter)
        for last in after.get(leave, ())
        if (end := of[last]) not in {None, start, middle} and end is not None
    )


def _inside(
    after: Mapping[str, Mapping[str, None]], of: Mapping[str, str | None], enter: str
) -> Iterator[str]:
    """Yield an item and what waits for it without leaving its directorate."""
    seen = {enter}
    queue = [enter]
    for item in queue:  # grows while it is read
        yield item
        for other in after.get(item, ()):
            if other not in seen and of[other] == of[enter]:
                seen.add(other)
                queue.append(other)
