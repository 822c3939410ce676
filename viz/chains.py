"""The knock-on as a tree: what each moved item waits for, back to the change, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from viz.words import LINK_BECAUSE, show_lag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from simulations.results import MovedItem

__all__ = ["ChainStep", "lay_out_chain"]


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One moved item, ``depth`` links away from the change; ``because`` says what moves it."""

    item: MovedItem
    depth: int
    because: str
    reason: str


def lay_out_chain(
    plan: Plan, items: Sequence[MovedItem], links: Sequence[Link]
) -> tuple[ChainStep, ...]:
    """Return every item below what moves it, depth first, in the given order at each depth.

    Each item's path (`MovedItem.path`) ends at the item; the one before it is what moves it.
    """
    moved = {one.id: one for one in items}
    below: dict[str | None, list[MovedItem]] = {}
    for one in items:
        before = next((key for key in reversed(one.path[:-1]) if key in moved), None)
        below.setdefault(before, []).append(one)
    between = _links_by_ends(links)
    steps: list[ChainStep] = []
    stack: list[tuple[MovedItem, int, str | None]] = [
        (one, 0, None) for one in reversed(below.get(None, []))
    ]
    placed: set[str] = set()
    while stack:
        one, depth, before = stack.pop()
        if one.id in placed:
            continue
        placed.add(one.id)
        link = None if before is None else between.get((before, one.id))
        because = "" if before is None else _because(plan, before, one.id, link)
        steps.append(ChainStep(one, depth, because, (link.reason or "") if link else ""))
        stack += [(next_, depth + 1, one.id) for next_ in reversed(below.get(one.id, []))]
    return tuple(steps)


def _links_by_ends(links: Sequence[Link]) -> Mapping[tuple[str, str], Link]:
    """Return one link for each pair of items, an accepted one where there are several."""
    found: dict[tuple[str, str], Link] = {}
    for link in sorted(links, key=lambda one: one.state != "accepted"):
        if link.state != "rejected":
            found.setdefault((link.from_, link.to), link)
    return found


def _because(plan: Plan, before: str, item: str, link: Link | None) -> str:
    if link is not None:
        lag = show_lag(link.lag)
        proposed = " (a proposed link)" if link.state == "proposed" else ""
        return f"{LINK_BECAUSE[link.type].format(before)}{lag}{proposed}"
    if item in plan.index.ancestors(before):
        return f"is not finished before its part {before}"
    if before in plan.index.ancestors(item):
        return f"is part of {before}"
    return f"follows {before}"
