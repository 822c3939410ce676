"""Held links: what follows waits for them no longer than in the plan without uncertainty."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from simulations.codes import NEVER
from simulations.kernels.bounds import edge_bound

if TYPE_CHECKING:
    from collections.abc import Collection

    from simulations.compiled import Compiled
    from simulations.risk.model import RiskModel
    from simulations.risk.variants import Variant

    #: By number of a link in the plan as it is, its edges in a net, each with its latest instant.
    Caps = dict[int, list[tuple[int, int]]]

__all__ = ["find_caps"]


def find_caps(model: RiskModel, variant: Variant, links: Collection[int]) -> Caps:
    """Return the edges that links are in a net, and what they hold to without uncertainty.

    Parameters
    ----------
    links
        Numbers of links in the plan as it is; one that a risk takes away has no edges there.
    """
    caps: Caps = {one: [] for one in links}
    if not links:
        return caps
    plain = model.variants.plain
    bounds = {
        key: (number, edge_bound(plain.compiled.net, plain.passes.dates, edge))
        for (edge, number), key in zip(
            enumerate(plain.compiled.link), _keys(plain.compiled), strict=True
        )
        if number in caps
    }
    for edge, key in enumerate(_keys(variant.compiled)):
        number, bound = bounds.get(key, (-1, NEVER))
        if bound != NEVER:
            caps[number].append((edge, bound))
    return caps


def _keys(compiled: Compiled) -> list[tuple[object, ...]]:
    """Return by edge what tells it in every net of a plan.

    That is its link with its lag, the item it leads to, and which of several alike it is: two items
    may be joined more than once.
    """
    seen: Counter[tuple[object, ...]] = Counter()
    found: list[tuple[object, ...]] = []
    for edge, number in enumerate(compiled.link):
        link, target = compiled.links[number], compiled.ids[compiled.net.target[edge]]
        key = (link.from_, link.to, link.type, link.lag, target)
        found.append((*key, seen[key]))
        seen[key] += 1
    return found
