"""Items that bring a late target back if they, and nothing else, are kept to the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulations.risk.curelevers import LOOK
from simulations.risk.model import Without

if TYPE_CHECKING:
    from simulations.risk.aims import Aim

__all__ = ["find_kept"]


def find_kept(aim: Aim) -> tuple[str, ...]:
    """Return such items, none of them needless; none where no items do.

    Some iterations choose, and all decide: where they ask for more, they choose.
    """
    kept = _find_in(aim, aim.few)
    if aim.few < aim.all and kept and not aim.is_kept(kept, aim.all):
        kept = _find_in(aim, aim.all)
    return tuple(kept)


def _find_in(aim: Aim, count: int) -> list[str]:
    """Return such items in some iterations.

    Those most often critical come first. With them kept other chains are critical: then what is
    critical there follows, as many as are kept already.
    """
    items = aim.runs.model.cell_items
    if not aim.is_kept(items, count):
        return []
    known, kept = set(items), list[str]()
    while not aim.is_kept(kept, count):
        without = Without(held=frozenset(kept))
        critical = aim.runs.critical((), min(LOOK, count), without)
        new = [one for one in critical if one in known and one not in kept]
        if not new:
            return []
        kept += sorted(new, key=lambda one: -critical[one])[: max(1, len(kept))]
    for one in kept[::-1]:
        if aim.is_kept(rest := [other for other in kept if other != one], count):
            kept = rest
    return kept
