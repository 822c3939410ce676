"""Single points of failure: what would stop if one officer did.

An officer is *alone on* a theme, an objective or an action where every open item below it is held
by that officer and by nobody else, no group either. It is told at the highest level at which it
holds: who is alone on a theme is not told to be alone on each of its actions. An officer is alone
on a *critical chain* (`queries.owners_floats`) where the same holds for each item of the chain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.items import Kind
    from queries.owners_holding import Holdings

__all__ = ["Alone", "find_alone", "find_alone_on_chains"]


@dataclass(frozen=True, slots=True)
class Alone:
    """What an officer is alone on, and how many open items are in it."""

    item: str
    kind: Kind
    title: str
    open_items: int


def find_alone(holdings: Holdings) -> dict[str, tuple[Alone, ...]]:
    """Return by officer what they are alone on, in the order of the plan."""
    index = holdings.plan.index
    below: dict[str, int] = {}
    alone: dict[str, str | None] = {}  # None: several officers, or somebody nobody names
    for item in holdings.open_items:
        officer = _only(holdings, item)
        for above in index.ancestors(item):
            below[above] = below.get(above, 0) + 1
            alone[above] = officer if alone.get(above, officer) == officer else None
    found: dict[str, list[Alone]] = {}
    for one in holdings.plan.items:
        officer = alone.get(one.id)
        is_told = one.parent is not None and alone.get(one.parent) is not None
        if officer is not None and not is_told:
            found.setdefault(officer, []).append(Alone(one.id, one.kind, one.title, below[one.id]))
    return {officer: tuple(ones) for officer, ones in found.items()}


def find_alone_on_chains(
    holdings: Holdings, chains: Iterable[tuple[str, ...]]
) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return by officer the chains that are theirs alone."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for chain in chains:
        officers = {_only(holdings, item) for item in chain}
        officer = officers.pop()
        if officer is not None and not officers:
            found.setdefault(officer, []).append(chain)
    return {officer: tuple(ones) for officer, ones in found.items()}


def _only(holdings: Holdings, item: str) -> str | None:
    """Return who alone holds an open item, None where that is nobody, several, or a group."""
    holders = holdings.holders[item]
    if len(holders) != 1 or holders[0] in holdings.groups:
        return None
    return holders[0]
