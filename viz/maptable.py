"""What stands in the tables of a page with a map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from viz.mapjson import LARGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viz.itemrows import ItemRow
    from viz.network import NetworkView

__all__ = ["LISTED", "by_lane", "count_links", "is_large", "list_items"]

#: Of very many items without a date, or that hold others, no more than so many are listed.
LISTED: Final = 500


def is_large(view: NetworkView) -> bool:
    """Whether the script makes the rows of the table, a page at a time, from texts in columns."""
    return view.chart is not None and len(view.items) > LARGE


def list_items(view: NetworkView) -> Sequence[tuple[int, ItemRow]]:
    """Return the items that stand in the table without scripts: of very many, the outermost."""
    numbered = list(enumerate(view.items))
    if not is_large(view):
        return numbered
    index = view.plan.index
    return [(n, one) for n, one in numbered if not index.is_leaf(one.id)][:LISTED]


def by_lane(items: Sequence[tuple[int, ItemRow]]) -> list[list[tuple[int, ItemRow]]]:
    """Return the numbered items of each theme, in the order in which themes come."""
    lanes: dict[str, list[tuple[int, ItemRow]]] = {}
    for number, one in items:
        lanes.setdefault(one.lane, []).append((number, one))
    return list(lanes.values())


def count_links(view: NetworkView) -> list[tuple[int, int]]:
    """Return for each item how many links it waits by, and how many others wait for it by."""
    waits, holds = [0] * len(view.items), [0] * len(view.items)
    number_of = {one.id: number for number, one in enumerate(view.items)}
    for one in view.links:
        waits[number_of[one.link.to]] += 1
        holds[number_of[one.link.from_]] += 1
    return list(zip(waits, holds, strict=True))
