"""What can move the finish of an item: everything it hangs on, through links and parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulations.compiled import Compiled

__all__ = ["upstream"]


def upstream(compiled: Compiled, position: int) -> set[int]:
    """Return the positions that the dates of one can hang on, its own among them.

    The forward pass is carried on along links and from parts to parents and in no other way
    (`simulations.kernels.trials`), so nothing else can move it. What is as late as possible hangs
    on what follows it: then all positions are returned.
    """
    if compiled.has_alap:
        return set(range(len(compiled.ids)))
    net, waiting, found = compiled.net, [position], {position}
    while waiting:
        one = waiting.pop()
        before = [net.source[edge] for edge in compiled.into(one)]
        new = {*before, *compiled.parts(one)} - found
        found |= new
        waiting.extend(new)
    return found
