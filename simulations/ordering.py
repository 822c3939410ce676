"""Topological order of what has to be scheduled first, and the circle where there is none."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from graphmodel.errors import CycleError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from simulations.compile import Edge

__all__ = ["put_in_order"]


def put_in_order(plan: Plan, edges: Sequence[Edge], links: Sequence[Link]) -> list[str]:
    """Return all item ids, predecessors before successors and parts before parents.

    Kahn's algorithm; ties keep the order of the file.

    Raises
    ------
    CycleError
        There is no such order; one circle is named, every item and link on it.
    """
    after: dict[str, list[tuple[str, int]]] = {item.id: [] for item in plan.items}
    waits = dict.fromkeys(after, 0)
    for edge in edges:
        after[edge.source].append((edge.target, edge.link))
        waits[edge.target] += 1
    for item in plan.items:
        if item.parent is not None:
            after[item.id].append((item.parent, -1))
            waits[item.parent] += 1
    ready = deque(one for one, count in waits.items() if not count)
    order: list[str] = []
    while ready:
        one = ready.popleft()
        order.append(one)
        for next_one, _ in after[one]:
            waits[next_one] -= 1
            if not waits[next_one]:
                ready.append(next_one)
    if len(order) < len(after):
        raise _circle(after, {one for one, count in waits.items() if count}, links)
    return order


def _circle(
    after: dict[str, list[tuple[str, int]]], stuck: set[str], links: Sequence[Link]
) -> CycleError:
    """Walk backwards among what could not be ordered until an item comes round again."""
    before: dict[str, tuple[str, int]] = {}
    for one, steps_on in after.items():
        for next_one, link in steps_on:
            if one in stuck and next_one in stuck:
                before.setdefault(next_one, (one, link))
    trail: list[str] = [next(one for one in after if one in stuck)]
    seen = set(trail)
    while (previous := before[trail[-1]][0]) not in seen:
        trail.append(previous)
        seen.add(previous)
    on_it = trail[trail.index(previous) :][::-1]
    steps = []
    for one, earlier in zip(on_it, [on_it[-1], *on_it[:-1]], strict=True):
        link = before[one][1]
        steps.append(f"{earlier} is part of {one}" if link < 0 else links[link].name)
    return CycleError(on_it, steps)
