"""Held links: what follows waits for them no longer than in the plan without uncertainty."""

from __future__ import annotations

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
        _key(plain.compiled, edge): (number, edge_bound(plain.compiled.net, plain.passes.dates, edge))
        for edge, number in enumerate(plain.compiled.link)
        if number in caps
    }
    for edge in range(len(variant.compiled.link)):
        number, bound = bounds.get(_key(variant.compiled, edge), (-1, NEVER))
        if bound != NEVER:
            caps[number].append((edge, bound))
    return caps


def _key(compiled: Compiled, edge: int) -> tuple[str, str, str, str]:
    """Return what tells an edge in every net of a plan: its link, and the item it leads to."""
    link = compiled.links[compiled.link[edge]]
    return link.from_, link.to, link.type, compiled.ids[compiled.net.target[edge]]
