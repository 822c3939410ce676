"""Groups: what is left out, or held, together."""

from __future__ import annotations

from dataclasses import dataclass

from simulations.kernels.cells import HELD, OWN

__all__ = ["Group"]


@dataclass(frozen=True, slots=True)
class Group:
    """What is left out together: cells, of each its own uncertainty or one risk (-1: none).

    ``held``: the cells are held instead, and ``links`` too (`Without`).
    """

    id: str
    cells: tuple[int, ...]
    own: bool
    risk: int = -1
    held: bool = False
    links: tuple[int, ...] = ()

    @property
    def code(self) -> int:
        """What of their own is left out of its cells."""
        return HELD if self.held else OWN if self.own else 0
