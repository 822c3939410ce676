"""The breakdown: which item is part of which."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["ancestors_of", "find_parent_circle"]


def ancestors_of(item: str, parents: Mapping[str, str | None]) -> list[str]:
    """Return what an item is part of, nearest first; ``parents`` must not run in a circle."""
    found: list[str] = []
    above = parents.get(item)
    while above is not None:
        found.append(above)
        above = parents.get(above)
    return found


def find_parent_circle(parents: Mapping[str, str | None]) -> list[str]:
    """Return the items of one circle in the parents, in order, or an empty list."""
    settled: set[str] = set()
    for first in parents:
        trail: dict[str, None] = {}
        item: str | None = first
        while item is not None and item not in settled:
            if item in trail:
                on_it = list(trail)
                return on_it[on_it.index(item) :]
            trail[item] = None
            item = parents.get(item)
        settled.update(trail)
    return []
